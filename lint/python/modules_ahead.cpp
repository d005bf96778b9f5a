#include "lint/python/modules_ahead.h"

#include <system_error>
#include <utility>

namespace trainlint {

static constexpr size_t fewest_files = 4, most_files = 64;
static constexpr uint64_t most_bytes = uint64_t{8} << 20;

ModulesAhead::ModulesAhead(const SourceTree& tree) : tree_(tree) {
  uint64_t total = 0;
  for (const SourceFile& file : tree.files()) {
    if (!file.path.ends_with(".py") || file.kind == FileKind::folder) continue;
    if (file.size <= largest_source) files_.try_emplace(file.path);
    total += file.size;
    if (files_.size() > most_files || total > most_bytes) break;
  }
  if (files_.size() < fewest_files || files_.size() > most_files || total > most_bytes) {
    files_.clear();
    return;
  }
  try {
    thread_ = std::thread(&ModulesAhead::load_all, this);
  } catch (const std::system_error&) {
    files_.clear();  // the system gives no more threads
  }
}

ModulesAhead::~ModulesAhead() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void ModulesAhead::load(const std::string& path, File& file) {
  State expected = State::waiting;
  if (!file.state.compare_exchange_strong(expected, State::loading)) return;
  if (Result<Bytes> bytes = tree_.read(path)) {
    file.bytes = *bytes;
    file.module = load_module(path, file.bytes, PythonVersion{});
  }
  file.state = State::loaded;
  file.state.notify_all();
}

void ModulesAhead::load_all() {
  // Scripts beside the package often have no part in the job, and then need not be loaded.
  for (bool in_folder : {true, false})
    for (auto& [path, file] : files_) {
      if (stop_) return;
      if ((path.find('/') != std::string::npos) == in_folder) load(path, file);
    }
}

std::optional<Module> ModulesAhead::take(const std::string& path, PythonVersion target) {
  auto found = files_.find(path);
  if (found == files_.end()) return std::nullopt;
  File& file = found->second;
  State state = State::waiting;
  if (file.state.compare_exchange_strong(state, State::taken)) return std::nullopt;
  file.state.wait(State::loading);
  state = State::loaded;
  if (!file.state.compare_exchange_strong(state, State::taken) || !file.bytes) return std::nullopt;
  if (target != PythonVersion{} && file.module.problem.empty())
    file.module.faults = check_syntax(file.module.syntax, *file.bytes, target);
  return std::move(file.module);
}

}  // namespace trainlint
