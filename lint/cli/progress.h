#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace trainlint {

// What long work is about, in one line on stderr that is gone when it is done. Only on a terminal,
// and only once the work has taken half a second.
class Progress {
 public:
  explicit Progress(std::string_view verb);  // "linting"
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // The `number`-th (from 1) of `count` is begun.
  void begin(size_t number, size_t count, std::string_view name);

 private:
  void show_until_done();

  std::string verb_;
  std::mutex guard_;  // of what follows
  std::string line_;
  bool done_ = false;
  std::condition_variable ended_;
  std::thread shower_;  // none where there is no terminal
};

}  // namespace trainlint
