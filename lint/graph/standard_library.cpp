#include "lint/graph/standard_library.h"

#include <algorithm>
#include <array>

namespace trainlint {

// Top-level modules that Python 3.5 to 3.14 all have, sorted (sys.stdlib_module_names of 3.10 to
// 3.13, joined; private ones too).
// clang-format off
static constexpr auto always = std::to_array<std::string_view>({
    "__future__", "_abc", "_aix_support", "_android_support", "_ast", "_asyncio", "_bisect",
    "_blake2", "_bootsubprocess", "_bz2", "_codecs", "_codecs_cn", "_codecs_hk",
    "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw", "_collections",
    "_collections_abc", "_compat_pickle", "_compression", "_contextvars", "_crypt", "_csv",
    "_ctypes", "_curses", "_curses_panel", "_datetime", "_dbm", "_decimal", "_elementtree",
    "_frozen_importlib", "_frozen_importlib_external", "_functools", "_gdbm", "_hashlib",
    "_heapq", "_imp", "_interpchannels", "_interpqueues", "_interpreters", "_io", "_ios_support",
    "_json", "_locale", "_lsprof", "_lzma", "_markupbase", "_md5", "_msi", "_multibytecodec",
    "_multiprocessing", "_opcode", "_opcode_metadata", "_operator", "_osx_support", "_overlapped",
    "_pickle", "_posixshmem", "_posixsubprocess", "_py_abc", "_pydatetime", "_pydecimal", "_pyio",
    "_pylong", "_queue", "_random", "_scproxy", "_sha1", "_sha2", "_sha256", "_sha3", "_sha512",
    "_signal", "_sitebuiltins", "_socket", "_sqlite3", "_sre", "_ssl", "_stat", "_statistics",
    "_string", "_strptime", "_struct", "_suggestions", "_symtable", "_sysconfig", "_thread",
    "_threading_local", "_tkinter", "_tokenize", "_tracemalloc", "_typing", "_uuid", "_warnings",
    "_weakref", "_weakrefset", "_winapi", "_wmi", "_zoneinfo", "abc", "antigravity", "argparse",
    "array", "ast", "asyncio", "atexit", "base64", "bdb", "binascii", "bisect", "builtins", "bz2",
    "cProfile", "calendar", "cmath", "cmd", "code", "codecs", "codeop", "collections", "colorsys",
    "compileall", "concurrent", "configparser", "contextlib", "copy", "copyreg", "csv", "ctypes",
    "curses", "datetime", "dbm", "decimal", "difflib", "dis", "doctest", "email", "encodings",
    "ensurepip", "enum", "errno", "faulthandler", "fcntl", "filecmp", "fileinput", "fnmatch",
    "fractions", "ftplib", "functools", "gc", "genericpath", "getopt", "getpass", "gettext",
    "glob", "grp", "gzip", "hashlib", "heapq", "hmac", "html", "http", "idlelib", "imaplib",
    "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword", "linecache",
    "locale", "logging", "lzma", "mailbox", "marshal", "math", "mimetypes", "mmap",
    "modulefinder", "msvcrt", "multiprocessing", "netrc", "nt", "ntpath", "nturl2path", "numbers",
    "opcode", "operator", "optparse", "os", "pathlib", "pdb", "pickle", "pickletools", "pkgutil",
    "platform", "plistlib", "poplib", "posix", "posixpath", "pprint", "profile", "pstats", "pty",
    "pwd", "py_compile", "pyclbr", "pydoc", "pydoc_data", "pyexpat", "queue", "quopri", "random",
    "re", "readline", "reprlib", "resource", "rlcompleter", "runpy", "sched", "select",
    "selectors", "shelve", "shlex", "shutil", "signal", "site", "smtplib", "socket",
    "socketserver", "sqlite3", "sre_compile", "sre_constants", "sre_parse", "ssl", "stat",
    "statistics", "string", "stringprep", "struct", "subprocess", "symtable", "sys", "sysconfig",
    "syslog", "tabnanny", "tarfile", "tempfile", "termios", "textwrap", "this", "threading",
    "time", "timeit", "tkinter", "token", "tokenize", "trace", "traceback", "tracemalloc", "tty",
    "turtle", "turtledemo", "types", "typing", "unicodedata", "unittest", "urllib", "uuid",
    "venv", "warnings", "wave", "weakref", "webbrowser", "winreg", "winsound", "wsgiref", "xml",
    "xmlrpc", "zipapp", "zipfile", "zipimport", "zlib",
});
// clang-format on

struct Lifetime {
  std::string_view name;
  int first;  // minor versions of Python 3 that have it, both included
  int last;
};

// Those that came or went ("What's New in Python 3.x", sections "New Modules" and "Removed").
// clang-format off
static constexpr auto limited = std::to_array<Lifetime>({
    {"_colorize", 13, 99}, {"_dummy_threading", 0, 8}, {"_pyrepl", 13, 99}, {"aifc", 0, 12},
    {"annotationlib", 14, 99}, {"asynchat", 0, 11}, {"asyncore", 0, 11}, {"audioop", 0, 12},
    {"binhex", 0, 10}, {"cgi", 0, 12}, {"cgitb", 0, 12}, {"chunk", 0, 12},
    {"compression", 14, 99}, {"contextvars", 7, 99}, {"crypt", 0, 12}, {"dataclasses", 7, 99},
    {"distutils", 0, 11}, {"dummy_threading", 0, 8}, {"formatter", 0, 9}, {"graphlib", 9, 99},
    {"imghdr", 0, 12}, {"imp", 0, 11}, {"lib2to3", 0, 12}, {"macpath", 0, 7}, {"mailcap", 0, 12},
    {"msilib", 0, 12}, {"nis", 0, 12}, {"nntplib", 0, 12}, {"ossaudiodev", 0, 12},
    {"parser", 0, 9}, {"pipes", 0, 12}, {"secrets", 6, 99}, {"smtpd", 0, 11}, {"sndhdr", 0, 12},
    {"spwd", 0, 12}, {"sunau", 0, 12}, {"symbol", 0, 9}, {"telnetlib", 0, 12},
    {"tomllib", 11, 99}, {"uu", 0, 12}, {"xdrlib", 0, 12}, {"zoneinfo", 9, 99},
});
// clang-format on

bool is_standard_library(std::string_view name, PythonVersion version) {
  if (std::binary_search(always.begin(), always.end(), name)) return true;
  return std::any_of(limited.begin(), limited.end(), [&](const Lifetime& module) {
    return module.name == name && version.major == 3 && version.minor >= module.first &&
           version.minor <= module.last;
  });
}

}  // namespace trainlint
