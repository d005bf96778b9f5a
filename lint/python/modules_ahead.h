#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "lint/python/module.h"
#include "lint/source/tree.h"

namespace trainlint {

// Bytes: a second or two of parsing. Nobody writes a source file of this size; one that a generator
// wrote is passed over rather than waited for.
inline constexpr uint64_t largest_source = uint64_t{16} << 20;

// The modules of a tree that is most likely one package, loaded by a thread of their own while its
// launch is still looked for: that is a third of the time that one package takes.
class ModulesAhead {
 public:
  // Of a tree of many files, none: nobody knows which of them belong to a package.
  explicit ModulesAhead(const SourceTree& tree);
  // Waits for the file at hand.
  ~ModulesAhead();
  ModulesAhead(const ModulesAhead&) = delete;
  ModulesAhead& operator=(const ModulesAhead&) = delete;

  bool has_thread() const { return thread_.joinable(); }

  // The module of a file of the tree, judged for `target`; waits where it is being loaded. nullopt
  // for one that was not begun, which is then left to the caller. Once for each file, by any
  // thread.
  std::optional<Module> take(const std::string& path, PythonVersion target);
  // Begins no more files: the package has what it wants of them.
  void stop() { stop_ = true; }

 private:
  enum class State { waiting, loading, loaded, taken };
  struct File {
    std::atomic<State> state = State::waiting;
    std::shared_ptr<const std::string> bytes;  // null where it cannot be read
    Module module;
  };
  void load(const std::string& path, File& file);
  void load_all();

  const SourceTree& tree_;
  std::map<std::string, File> files_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace trainlint
