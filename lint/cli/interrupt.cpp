#include <csignal>
#include <cstdio>
#include <cstdlib>

#ifndef _WIN32
#include <sys/ioctl.h>
#include <unistd.h>
#endif

#include "lint/cli/terminal.h"

namespace trainlint {

static constexpr std::string_view empty_line = "\r\033[2K";

#ifdef _WIN32

void show_transient_line(std::string_view) {}
void clean_terminal_when_interrupted() {}

#else

// All that a handler of signals may look at.
static volatile std::sig_atomic_t line_is_shown = 0;

static void write_to(int stream, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(stream, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<size_t>(written));
  }
}

// At most `width` code points.
static std::string_view cut(std::string_view text, size_t width) {
  size_t end = 0;
  for (size_t points = 0; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    if (begins && points++ == width) break;
  }
  return text.substr(0, end);
}

void show_transient_line(std::string_view text) {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  std::string line(empty_line);
  line += cut(text, known ? size.ws_col - 1U : 79U);
  if (!text.empty()) line_is_shown = 1;
  write_to(STDERR_FILENO, line);
  if (text.empty()) line_is_shown = 0;
}

static void clean_and_end(int signal) {
  if (line_is_shown != 0) write_to(STDERR_FILENO, empty_line);
  if (isatty(STDOUT_FILENO)) write_to(STDOUT_FILENO, "\033[0m");
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void clean_terminal_when_interrupted() {
  if (!isatty(STDOUT_FILENO) && !isatty(STDERR_FILENO)) return;
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    // What is ignored ("nohup trainlint") stays so.
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_DFL)
      std::signal(signal, clean_and_end);
  }
}

#endif

}  // namespace trainlint
