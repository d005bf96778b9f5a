// What strangers write, thrown at each door that it comes in by. libFuzzer (LLVM, "libFuzzer - a
// library for coverage-guided fuzz testing") makes the inputs; tests/fuzz/fuzz.py runs it.
//
// usage: fuzz --door=NAME [libFuzzer's options] [folder of inputs]...

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

#include "lint/lsp/framing.h"
#include "lint/lsp/server.h"
#include "lint/pipeline.h"
#include "lint/project/pep440.h"
#include "lint/project/requirement.h"
#include "lint/report/report.h"
#include "lint/source/tree.h"

using namespace trainlint;

namespace {

[[noreturn]] void fail(const char* what, const std::string& where) {
  std::fprintf(stderr, "fuzz: %s: %s\n", what, where.c_str());
  std::abort();
}

// The package around the one file that is fuzzed. It leads to each file that is read only where
// another one names it.
constexpr std::string_view around = R"(
-- setup.py --
from setuptools import find_packages, setup

with open("requirements.txt") as lines:
    setup(name="trainer", version="0.1", packages=find_packages(), install_requires=lines.read().split("\n"))
-- requirements.txt --
numpy>=1.16
-- trainer/__init__.py --
-- trainer/model.py --
import numpy as np
RATE = 0.1
def train(args):
    return np.ones(3)
-- trainer/task.py --
import argparse
from trainer import model
if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=model.RATE)
    parser.add_argument("--job-dir")
    model.train(parser.parse_args())
-- submit.sh --
gcloud ai-platform jobs submit training j1 --package-path=trainer --module-name=trainer.task \
  --config=job.yaml --region=us-central1 -- --rate=1
)";

void check_span(const Run& run, const Place& place) {
  if (!place.span) return;
  std::string_view text;
  Result<Bytes> bytes = run.tree->read(place.path);
  if (const Module* module = run.package.module_at(place.path))
    text = module->text();
  else if (bytes)
    text = **bytes;
  else
    return;
  if (place.span->begin > place.span->end || place.span->end > text.size())
    fail("a finding that is not in its file", place.path);
}

void lint(const SourceTree& tree, TreeKind kind) {
  const std::vector<Run> runs = lint_tree(tree, kind, "given", {}, all_rules());
  for (const Run& run : runs)
    for (const Finding& finding : run.findings) check_span(run, finding.place);
  (void)text_report(runs, {});
  (void)report(runs, ReportFormat::sarif, {});
}

// One file of a package on its own path.
void lint_file(const char* path, std::string text) {
  static const std::map<std::string, std::string> files = parse_txtar(around);
  std::map<std::string, std::string> with = files;
  with[path] = std::move(text);
  lint(*memory_tree(std::move(with)), TreeKind::folder);
}

void lint_archive(const char* name, std::string content) {
  Result<OpenTree> opened = open_archive(name, std::make_shared<std::string>(std::move(content)));
  if (opened) lint(*opened->tree, opened->kind);
}

std::string_view take_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

void read_requirements(const char*, std::string text) {
  const Environment worker = {{"python_version", "3.10"}, {"sys_platform", "linux"}};
  for (std::string_view rest = text; !rest.empty();) {
    Result<ParsedRequirement> parsed = parse_requirement(take_line(rest));
    if (parsed && parsed->marker) (void)evaluate(*parsed->marker, worker);
  }
  lint_file("requirements.txt", std::move(text));
}

// A version a line, and the specifiers that take it behind a blank.
void read_versions(const char*, std::string text) {
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = take_line(rest);
    std::string_view first = line.substr(0, line.find(' '));
    std::optional<SpecifierSet> set = parse_specifier_set(line.substr(first.size()));
    (void)safe_version(first);
    std::optional<Version> version = parse_version(first);
    if (!version) continue;
    std::optional<Version> again = parse_version(version->text());
    if (!again || !(*again == *version)) fail("not its own normal form", std::string(first));
    if (set) (void)contains(*set, *version);
  }
}

// A client may name any file of the machine: here all are below the current folder.
void bring_home(Json& json) {
  if (json.is_structured()) {
    for (Json& part : json) bring_home(part);
    return;
  }
  if (!json.is_string()) return;
  std::string text = json.get<std::string>();
  const bool is_uri = text.starts_with("file:");
  if (!is_uri && !text.starts_with("/")) return;
  std::string_view path = is_uri ? std::string_view(text).substr(5) : std::string_view(text);
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  static const std::string home = std::filesystem::current_path().generic_string();
  const bool leads_out = path.find("..") != path.npos || path.find('%') != path.npos;
  json = (is_uri ? "file://" : "") + home + "/" + (leads_out ? "" : std::string(path));
}

void serve(const char*, std::string text) {
  Server server({}, [](const Json& message) {
    (void)framed(message.dump(-1, ' ', false, Json::error_handler_t::replace));
  });
  MessageReader reader;
  const size_t half = text.size() / 2;
  for (std::string_view piece :
       {std::string_view(text).substr(0, half), std::string_view(text).substr(half)}) {
    reader.feed(piece);
    while (std::optional<std::string> content = reader.next()) {
      if (std::optional<Json> message = parse_message(*content)) {
        bring_home(*message);
        *content = message->dump(-1, ' ', false, Json::error_handler_t::replace);
      }
      server.receive(*content);
    }
    for (int steps = 0; steps < 200 && !server.exit_status() && server.work(); ++steps) {
    }
  }
}

struct Door {
  std::string_view name;
  const char* path;  // of the file or archive that an input becomes
  void (*enter)(const char* path, std::string content);
};

constexpr Door doors[] = {
    {"tar", "trainer-0.1.tar.gz", lint_archive},
    {"zip", "trainer-0.1.zip", lint_archive},
    {"wheel", "trainer-0.1-py3-none-any.whl", lint_archive},
    {"python", "trainer/model.py", lint_file},
    {"task", "trainer/task.py", lint_file},
    {"setup_py", "setup.py", lint_file},
    {"setup_cfg", "setup.cfg", lint_file},
    {"toml", "pyproject.toml", lint_file},
    {"manifest", "MANIFEST.in", lint_file},
    {"yaml", "job.yaml", lint_file},
    {"shell", "submit.sh", lint_file},
    {"dockerfile", "Dockerfile", lint_file},
    {"notebook", "submit.ipynb", lint_file},
    {"configuration", "trainlint.toml", lint_file},
    {"requirement", "", read_requirements},
    {"version", "", read_versions},
    {"lsp", "", serve},
};

const Door* chosen = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  constexpr std::string_view option = "--door=";
  for (int i = 1; i < *count; ++i) {
    std::string_view argument = (*arguments)[i];
    if (!argument.starts_with(option)) continue;
    for (const Door& door : doors)
      if (door.name == argument.substr(option.size())) chosen = &door;
  }
  if (chosen) return 0;
  std::fputs("usage: fuzz --door=NAME; the doors are", stderr);
  for (const Door& door : doors) std::fprintf(stderr, " %s", door.name.data());
  std::fputs("\n", stderr);
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  chosen->enter(chosen->path, std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

// The checksum of a tar header counts its own eight bytes as blanks (POSIX, pax interchange
// format). Without this, hardly a mutated header would get past it.
static void mend_checksum(uint8_t* header) {
  constexpr size_t field = 148, width = 8, block = 512;
  std::memset(header + field, ' ', width);
  unsigned sum = 0;
  for (size_t i = 0; i < block; ++i) sum += header[i];
  char digits[width];
  std::snprintf(digits, sizeof digits, "%06o", sum & 0777777);
  std::memcpy(header + field, digits, width - 1);
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  constexpr size_t block = 512, magic = 257;
  size = LLVMFuzzerMutate(data, size, most);
  if (chosen->name != "tar" || seed % 8 == 0) return size;
  for (size_t at = 0; at + block <= size; at += block)
    if (std::memcmp(data + at + magic, "ustar", 5) == 0) mend_checksum(data + at);
  return size;
}
