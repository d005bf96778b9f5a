#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lint/python/module.h"
#include "lint/python/reparse.h"

namespace trainlint {

// The modules of a package between one run over it and the next, for who lints it again after every
// keystroke: a file that still holds the same bytes is not parsed again, and of one that has
// changed a second time only the part around the change is. Any thread may take and load.
class KnownModules {
 public:
  // The modules of the last run, which nothing else needs any more.
  void give_back(std::vector<Module> modules);
  // Modules made for another Python are forgotten. `lenient`: the caller changes what load() gives.
  void begin(PythonVersion target, bool lenient);
  size_t size() const { return modules_.size(); }

  // The module of a file, if it was made from these very bytes.
  std::optional<Module> take(const std::string& path,
                             const std::shared_ptr<const std::string>& bytes);
  // load_module(), which is remembered under `path`.
  Module load(const std::string& path, const std::shared_ptr<const std::string>& bytes);

 private:
  std::mutex mutex_;
  PythonVersion target_;
  bool lenient_ = false;
  std::map<std::string, Module> modules_;
  std::map<std::string, std::shared_ptr<const std::string>> bytes_;
  std::map<std::string, std::shared_ptr<Reparser>> reparsers_;  // of files that have changed
};

}  // namespace trainlint
