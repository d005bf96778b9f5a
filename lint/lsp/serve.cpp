#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#else
#include <cerrno>

#include <unistd.h>
#endif

#include "lint/cli/commands.h"
#include "lint/cli/sources.h"
#include "lint/cli/terminal.h"
#include "lint/lsp/framing.h"
#include "lint/lsp/server.h"

namespace trainlint {

namespace {

// Messages from stdin, read by a thread of their own so that they can overtake work that waits.
class Input {
 public:
  Input() : thread_([this] { read(); }) {}

  // All that have come. With `wait`, at least one, unless the stream has ended.
  std::deque<std::string> take(bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) arrived_.wait(lock, [this] { return !messages_.empty() || ended_; });
    return std::exchange(messages_, {});
  }
  bool ended() {
    std::lock_guard lock(mutex_);
    return ended_ && messages_.empty();
  }

 private:
  void read();

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::string> messages_;
  bool ended_ = false;
  std::thread thread_;  // last: it uses the others
};

// Whatever has come, at most `size` bytes; 0 at the end.
size_t read_some(char* buffer, size_t size) {
#ifdef _WIN32
  int got = _read(_fileno(stdin), buffer, static_cast<unsigned>(size));
#else
  ssize_t got;
  do got = ::read(STDIN_FILENO, buffer, size);
  while (got < 0 && errno == EINTR);
#endif
  return got > 0 ? static_cast<size_t>(got) : 0;
}

void Input::read() {
  MessageReader reader;
  char buffer[65536];
  for (size_t got; (got = read_some(buffer, sizeof buffer)) > 0;) {
    reader.feed({buffer, got});
    std::lock_guard lock(mutex_);
    while (std::optional<std::string> message = reader.next())
      messages_.push_back(std::move(*message));
    if (!messages_.empty()) arrived_.notify_one();
  }
  std::lock_guard lock(mutex_);
  ended_ = true;
  arrived_.notify_one();
}

// A client that has gone reads nothing more; its end of stdin says so as well.
void write_message(const Json& message) {
  const std::string text = framed(message.dump(-1, ' ', false, Json::error_handler_t::replace));
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

int language_server(const Options& options) {
#ifdef _WIN32
  _setmode(_fileno(stdin), _O_BINARY);
  _setmode(_fileno(stdout), _O_BINARY);
#endif
  Result<Sources> sources = read_sources(options);
  if (!sources) {
    complain(sources.error());
    return 2;
  }
  Server server(std::move(*sources), write_message);
  Input input;
  bool busy = false;
  while (!server.exit_status()) {
    for (const std::string& message : input.take(!busy)) server.receive(message);
    busy = server.work();
    if (!busy && input.ended()) break;
  }
  // Whoever leaves without a word is treated as one who said "exit".
  const int status = server.exit_status().value_or(server.was_shut_down() ? 0 : 1);
  std::fflush(stdout);
  // The thread may be waiting for bytes that never come: nothing ends that but the program's end.
  std::_Exit(status);
}

}  // namespace trainlint
