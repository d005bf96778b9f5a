#include "lint/cli/progress.h"

#include <fmt/format.h>

#include <system_error>

#include "lint/cli/terminal.h"
#include "lint/report/printable.h"

namespace trainlint {

static constexpr std::chrono::milliseconds patience{500}, pause{100};

Progress::Progress(std::string_view verb) : verb_(verb) {
  if (!stderr_is_terminal()) return;
  try {
    shower_ = std::thread([this] { show_until_done(); });
  } catch (const std::system_error&) {
    // The system gives no more threads: then nothing is shown.
  }
}

Progress::~Progress() {
  if (!shower_.joinable()) return;
  {
    const std::lock_guard lock(guard_);
    done_ = true;
  }
  ended_.notify_one();
  shower_.join();
}

void Progress::begin(size_t number, size_t count, std::string_view name) {
  if (!shower_.joinable()) return;
  std::string line = count > 1 ? fmt::format("{} {} of {}: {}", verb_, number, count, name)
                               : fmt::format("{} {}", verb_, name);
  const std::lock_guard lock(guard_);
  line_ = printable(line);
}

void Progress::show_until_done() {
  std::unique_lock lock(guard_);
  std::string shown;
  auto next = patience;
  while (!ended_.wait_for(lock, next, [this] { return done_; })) {
    next = pause;
    if (line_ != shown) show_transient_line(line_);
    shown = line_;
  }
  if (!shown.empty()) show_transient_line("");
}

}  // namespace trainlint
