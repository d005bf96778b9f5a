#include "lint/python/known_modules.h"

#include <utility>

namespace trainlint {

using Bytes = std::shared_ptr<const std::string>;

void KnownModules::give_back(std::vector<Module> modules) {
  for (Module& module : modules) {
    std::string path = module.path;
    if (!module.syntax.nodes().empty())  // neither unread nor unparsed
      modules_.insert_or_assign(std::move(path), std::move(module));
  }
}

void KnownModules::begin(PythonVersion target, bool lenient) {
  if (target == target_ && lenient == lenient_) return;
  target_ = target;
  lenient_ = lenient;
  modules_.clear();
}

std::optional<Module> KnownModules::take(const std::string& path, const Bytes& bytes) {
  std::lock_guard lock(mutex_);
  auto found = modules_.find(path);
  if (found == modules_.end()) return std::nullopt;
  std::optional<Module> same;
  if (bytes_[path] == bytes) same = std::move(found->second);
  modules_.erase(found);
  return same;
}

Module KnownModules::load(const std::string& path, const Bytes& bytes) {
  std::shared_ptr<Reparser> reparser;
  {
    std::lock_guard lock(mutex_);
    Bytes& before = bytes_[path];
    if (before && before != bytes) {
      std::shared_ptr<Reparser>& kept = reparsers_[path];
      if (!kept) kept = std::make_shared<Reparser>();
      reparser = kept;
    }
    before = bytes;
  }
  return reparser ? load_module(path, bytes, target_, *reparser)
                  : load_module(path, bytes, target_);
}

}  // namespace trainlint
