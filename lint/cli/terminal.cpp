#include "lint/cli/terminal.h"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

#include "lint/report/printable.h"

namespace trainlint {

void ignore_broken_pipes() {
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);
#endif
}

int print(std::string_view text, int status) {
  errno = 0;
  bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  written = std::fflush(stdout) == 0 && written;
  if (written || errno == EPIPE) return status;
  complain(fmt::format("cannot write the report: {}", std::strerror(errno)));
  return 2;
}

void complain(std::string_view message) {
  std::string line = fmt::format("trainlint: {}\n", printable(message));
  std::fwrite(line.data(), 1, line.size(), stderr);
}

static bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value && *value;
}

static bool is_terminal(std::FILE* stream) {
#ifdef _WIN32
  return _isatty(_fileno(stream)) != 0;
#else
  const char* terminal = std::getenv("TERM");
  return isatty(fileno(stream)) && terminal && std::strcmp(terminal, "dumb") != 0;
#endif
}

bool stderr_is_terminal() {
  return is_terminal(stderr);
}

bool stdout_is_terminal() {
  return is_terminal(stdout);
}

bool use_color(ColorChoice choice) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  if (is_set("NO_COLOR")) return false;
  if (is_set("FORCE_COLOR")) return std::strcmp(std::getenv("FORCE_COLOR"), "0") != 0;
  return stdout_is_terminal();
}

}  // namespace trainlint
