// Prints how long each stage takes on all Python files of the given folders or archives, on one
// thread, and what they take together as a multiple of bare tree-sitter parsing of the same bytes.
// Every number is processor time, and the best of some rounds: what else the machine does only
// adds.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "lint/python/source_text.h"
#include "lint/rule/rule.h"

extern "C" const TSLanguage* tree_sitter_python(void);

using namespace trainlint;

namespace {

constexpr int rounds = 3;
constexpr const char* entry_name = "trainlint_benchmark_entry";

// Of this process, in seconds: while one thread works, that thread's.
double processor_time() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double best_of(const std::function<double()>& measure) {
  double best = measure();
  for (int i = 1; i < rounds; ++i) best = std::min(best, measure());
  return best;
}

double best_seconds(const std::function<void()>& work) {
  return best_of([&] {
    double begin = processor_time();
    work();
    return processor_time() - begin;
  });
}

// A corpus with a module that imports every top-level module of it, so that the graph has an entry
// that reaches all: a failing import is caught, as one would otherwise end the way.
struct Corpus {
  std::unique_ptr<SourceTree> given;
  std::unique_ptr<SourceTree> tree;
  std::vector<std::string> paths;
  std::vector<Bytes> contents;
  size_t bytes = 0;
};

std::string importing_all(const SourceTree& tree) {
  std::string text;
  for (const SourceFile& file : tree.files()) {
    std::string_view name = file.path;
    if (name.ends_with("/__init__.py"))
      name.remove_suffix(12);
    else if (name.ends_with(".py"))
      name.remove_suffix(3);
    else
      continue;
    if (name.find_first_of("/.-") == name.npos)
      text += fmt::format("try:\n    import {}\nexcept Exception:\n    pass\n", name);
  }
  return text;
}

std::optional<Corpus> open_corpus(const std::string& path) {
  Result<OpenTree> opened = open_path(path);
  if (!opened) {
    fmt::print(stderr, "benchmark: {}\n", opened.error());
    return std::nullopt;
  }
  Corpus corpus;
  corpus.given = std::move(opened->tree);
  auto entry = std::make_shared<const std::string>(importing_all(*corpus.given));
  corpus.tree = overlay(*corpus.given, {{std::string(entry_name) + ".py", entry}});
  for (const SourceFile& file : corpus.tree->files()) {
    bool installed_later = file.path.starts_with("site-packages/");
    if (file.kind == FileKind::file && file.path.ends_with(".py") && !installed_later)
      corpus.paths.push_back(file.path);
  }
  return corpus;
}

double time_reading(Corpus& corpus) {
  return best_seconds([&] {
    corpus.contents.clear();
    corpus.bytes = 0;
    for (const std::string& path : corpus.paths) {
      Result<Bytes> content = corpus.tree->read(path);
      corpus.contents.push_back(content ? *content : std::make_shared<const std::string>());
      corpus.bytes += corpus.contents.back()->size();
    }
  });
}

// ts_parser_parse_string and nothing else; not even freeing the trees is counted.
double time_bare_parsing(const Corpus& corpus) {
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_python());
  double best = best_of([&] {
    double taken = 0;
    for (const Bytes& content : corpus.contents) {
      double begin = processor_time();
      TSTree* tree = ts_parser_parse_string(parser, nullptr, content->data(),
                                            static_cast<uint32_t>(content->size()));
      taken += processor_time() - begin;
      ts_tree_delete(tree);
    }
    return taken;
  });
  ts_parser_delete(parser);
  return best;
}

class Stages {
 public:
  explicit Stages(Corpus& corpus) : corpus_(corpus) {}

  void measure() {
    add("reading", time_reading(corpus_));
    bare_ = time_bare_parsing(corpus_);
    measure_modules();
    measure_package();
  }

  void print() const {
    fmt::print("{} files, {:.1f} MB, one thread, best of {}\n\n", corpus_.paths.size(),
               static_cast<double>(corpus_.bytes) / 1e6, rounds);
    double sum = 0;
    for (const auto& [name, seconds] : rows_) {
      print_row(name, seconds);
      sum += seconds;
    }
    print_row("together", sum);
    print_row("bare tree-sitter", bare_);
    fmt::print("\ncompile checks take {:.1f} % of parsing\n",
               100 * seconds_of("compile checks") / seconds_of("parsing"));
    const std::vector<bool>& reached = package_.graph.reached;
    fmt::print("\nthe entry of the graph reaches {} modules; {} files do not compile\n",
               std::count(reached.begin(), reached.end(), true),
               std::count_if(package_.modules.begin(), package_.modules.end(),
                             [](const Module& module) { return !module.faults.empty(); }));
  }

 private:
  void add(const char* name, double seconds) { rows_.emplace_back(name, seconds); }

  double seconds_of(std::string_view name) const {
    for (const auto& [row, seconds] : rows_)
      if (row == name) return seconds;
    return 0;
  }

  void print_row(const char* name, double seconds) const {
    fmt::print("{:<18} {:>9.1f} ms {:>9.1f} MB/s {:>8.3f} x bare parsing\n", name, seconds * 1e3,
               static_cast<double>(corpus_.bytes) / 1e6 / seconds, seconds / bare_);
  }

  void measure_modules() {
    size_t count = corpus_.paths.size();
    std::vector<Module>& modules = package_.modules;
    std::vector<SourceText> texts(count);
    modules.resize(count);
    add("decoding", best_seconds([&] {
          for (size_t i = 0; i < count; ++i) texts[i] = decode_source(corpus_.contents[i]);
        }));
    add("parsing", best_seconds([&] {
          for (size_t i = 0; i < count; ++i) modules[i].syntax = Syntax::parse(texts[i].text);
        }));
    add("lowering", best_seconds([&] {
          for (size_t i = 0; i < count; ++i) {
            Module fresh;
            fresh.path = corpus_.paths[i];
            fresh.syntax = std::move(modules[i].syntax);
            modules[i] = std::move(fresh);
            lower(modules[i]);
          }
        }));
    add("compile checks", best_seconds([&] {
          for (size_t i = 0; i < count; ++i)
            modules[i].faults =
                check_syntax(modules[i].syntax, *corpus_.contents[i], package_.launch.python);
        }));
  }

  void measure_package() {
    package_.tree = corpus_.tree.get();
    package_.launch.package = entry_name;
    package_.launch.module = entry_name;
    for (const std::string& path : corpus_.paths)
      package_.distribution.installed.push_back({path, path});
    add("graph", best_seconds([&] {
          package_.graph = build_graph(*package_.tree, package_.modules, package_.project,
                                       package_.distribution, package_.launch);
        }));
    add("rules", best_seconds([&] { run_rules(package_, all_rules()); }));
  }

  Corpus& corpus_;
  Package package_;
  std::vector<std::pair<const char*, double>> rows_;
  double bare_ = 0;
};

// Everything that is done to one file, on all cores: time on the wall.
void print_all_cores(const Corpus& corpus) {
  size_t count = std::max(1U, std::thread::hardware_concurrency());
  double seconds = best_of([&] {
    auto begin = std::chrono::steady_clock::now();
    std::atomic<size_t> next{0};
    auto work = [&] {
      for (size_t i; (i = next++) < corpus.paths.size();)
        load_module(corpus.paths[i], corpus.contents[i], PythonVersion{});
    };
    std::vector<std::thread> threads;
    for (size_t i = 0; i < count; ++i) threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  });
  fmt::print("from bytes to modules on {} cores: {:.1f} ms\n", count, seconds * 1e3);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print(stderr, "usage: benchmark PATH...\n");
    return 2;
  }
  for (int i = 1; i < count; ++i) {
    std::optional<Corpus> corpus = open_corpus(arguments[i]);
    if (!corpus) return 2;
    fmt::print("{}: ", arguments[i]);
    std::fflush(stdout);
    Stages stages(*corpus);
    stages.measure();
    stages.print();
    print_all_cores(*corpus);
  }
  return 0;
}
