#include "lint/project/effects.h"

#include <algorithm>
#include <array>

namespace trainlint {

// Modules whose functions write nothing into the tree, or nothing that is imported.
static constexpr auto harmless_modules = std::to_array<std::string_view>(
    {"argparse",     "ast",      "calendar",     "codecs",     "collections",
     "configparser", "copy",     "ConfigParser", "Cython",     "datetime",
     "distutils",    "errno",    "fnmatch",      "functools",  "getpass",
     "glob",         "google",   "hashlib",      "imp",        "importlib",
     "inspect",      "io",       "itertools",    "json",       "keras",
     "locale",       "logging",  "math",         "numpy",      "operator",
     "packaging",    "pandas",   "pathlib",      "pip",        "pkg_resources",
     "pkgutil",      "platform", "pprint",       "pybind11",   "random",
     "re",           "requests", "scipy",        "setuptools", "site",
     "six",          "sklearn",  "socket",       "string",     "sys",
     "sysconfig",    "tempfile", "tensorflow",   "textwrap",   "time",
     "toml",         "tomli",    "tomllib",      "torch",      "traceback",
     "types",        "typing",   "uuid",         "versioneer", "warnings",
     "yaml"});

// Of modules that do both, the functions that write.
static constexpr auto writing_functions = std::to_array<std::string_view>(
    {"distutils.dir_util.copy_tree", "distutils.file_util.copy_file",
     "distutils.file_util.move_file", "distutils.file_util.write_file", "os.link", "os.open",
     "os.rename", "os.renames", "os.replace", "os.symlink", "shutil.copy", "shutil.copy2",
     "shutil.copyfile", "shutil.copyfileobj", "shutil.copytree", "shutil.move",
     "shutil.unpack_archive", "urllib.request.urlretrieve", "urllib.urlretrieve"});

static constexpr auto programs_that_tell = std::to_array<std::string_view>(
    {"apt",  "apt-get",    "cat",        "date",  "echo",       "gcc",   "gcloud",
     "git",  "hg",         "hostname",   "id",    "ldconfig",   "ls",    "lsb_release",
     "nvcc", "nvidia-smi", "pip",        "pip3",  "pkg-config", "pwd",   "rm",
     "sudo", "svn",        "svnversion", "uname", "which",      "whoami"});

template <size_t count>
static bool is_one_of(const std::array<std::string_view, count>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

static bool starts_program(std::string_view function) {
  return function.starts_with("subprocess.") || function.starts_with("commands.") ||
         function.starts_with("os.spawn") || function.starts_with("os.exec") ||
         function == "os.system" || function == "os.popen" || function == "distutils.spawn.spawn";
}

// A shell's line, or the program and its arguments.
static bool program_writes(const std::vector<std::string>& words) {
  if (words.empty()) return true;
  for (const std::string& word : words)
    if (word.find_first_of(">;|&`") != std::string::npos) return true;
  auto is_module = [&](size_t at) {  // python -m pip install ...
    return words.size() > at + 1 && words[at] == "-m" && words[at + 1] == "pip";
  };
  if (is_module(0) || is_module(1)) return false;
  std::string_view program = words.front();
  program = program.substr(0, program.find(' '));
  program.remove_prefix(program.rfind('/') + 1);  // npos + 1 is 0
  return !is_one_of(programs_that_tell, program);
}

bool may_write_modules(std::string_view function, const std::vector<std::string>& words) {
  if (starts_program(function)) {
    for (std::string_view constant : {"PIPE", "DEVNULL", "STDOUT"})
      if (function.ends_with(constant)) return false;
    return program_writes(words);
  }
  if (is_one_of(writing_functions, function)) return true;
  const std::string_view module = function.substr(0, function.find('.'));
  if (module.size() == function.size() || module.empty()) return false;  // a builtin, a method
  if (module == "os" || module == "shutil" || module == "urllib") return false;
  return !is_one_of(harmless_modules, module);
}

bool method_writes_files(std::string_view name) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"write_text", "write_bytes", "touch", "extractall", "extract", "symlink_to", "hardlink_to"});
  return is_one_of(names, name);
}

bool is_writing_mode(std::string_view mode) {
  return mode.find_first_of("wax+") != std::string_view::npos;
}

}  // namespace trainlint
