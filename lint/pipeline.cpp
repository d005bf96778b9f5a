#include "lint/pipeline.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace trainlint {

static constexpr size_t files_a_thread = 8;  // fewer are parsed sooner than a thread starts

static std::vector<Module> load_modules(const SourceTree& tree, PythonVersion target) {
  std::vector<std::string> paths;
  for (const SourceFile& file : tree.files())
    if (file.path.ends_with(".py") && file.kind != FileKind::folder) paths.push_back(file.path);
  std::vector<Module> modules(paths.size());
  std::atomic<size_t> next{0};
  auto work = [&] {
    for (size_t i; (i = next++) < paths.size();) {
      Result<Bytes> bytes = tree.read(paths[i]);
      if (bytes) {
        modules[i] = load_module(paths[i], *bytes, target);
      } else {
        modules[i].path = paths[i];
        modules[i].problem = bytes.error();
      }
    }
  };
  size_t threads = std::min<size_t>(std::max(1U, std::thread::hardware_concurrency()),
                                    paths.size() / files_a_thread + 1);
  std::vector<std::thread> others;
  for (size_t i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  return modules;
}

Run lint_package(std::unique_ptr<SourceTree> tree, TreeKind kind, const PackageRoot& root,
                 const LaunchOptions& options, std::span<const RuleEntry> rules) {
  Run run;
  run.tree = std::move(tree);
  Package& package = run.package;
  package.tree = run.tree.get();
  package.kind = kind;
  package.root = root.root;
  package.launch = choose_launch(*run.tree, root, options);
  package.modules = load_modules(*run.tree, package.launch.python);
  package.project = read_project(*run.tree, package.launch.package);
  package.distribution = kind == TreeKind::wheel
                             ? read_wheel(*run.tree)
                             : predict_distribution(*run.tree, package.project, kind);
  package.graph = build_graph(*run.tree, package.modules, package.project, package.distribution,
                              package.launch);
  run.findings = run_rules(package, rules);
  return run;
}

std::vector<Run> lint_tree(const SourceTree& tree, TreeKind kind, const std::string& path,
                           const LaunchOptions& options, std::span<const RuleEntry> rules) {
  std::vector<Run> runs;
  for (const PackageRoot& root : find_packages_in(tree)) {
    Run run = lint_package(subtree(tree, root.root), kind, root, options, rules);
    run.package.root = root.root.empty() ? path : path + "/" + root.root;
    run.opened = path;
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace trainlint
