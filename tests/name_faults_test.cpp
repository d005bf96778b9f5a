#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "lint/graph/name_faults.h"
#include "lint/text/line_map.h"
#include "tests/support/oracle.h"
#include "tests/support/temporary_folder.h"

using namespace trainlint;

static std::string kind_of(NameFault::Kind kind) {
  switch (kind) {
    case NameFault::undefined:
      return "undefined";
    case NameFault::read_too_early:
      return "too early";
    case NameFault::python2_method:
      return "method";
    case NameFault::python2_item:
      return "item";
    case NameFault::python2_print:
      return "print";
  }
  return "";
}

// "3 undefined np" for each fault, joined by ", "; "" for none.
static std::string faults_in(std::string text, PythonVersion python = {}) {
  Module module = load_module("m.py", std::make_shared<const std::string>(std::move(text)), python);
  CHECK(module.faults.empty());
  LineMap lines(module.text());
  std::string result;
  for (const NameFault& fault : name_faults(module, python)) {
    if (!result.empty()) result += ", ";
    result += std::to_string(lines.line_of(fault.span.begin)) + " " + kind_of(fault.kind) + " " +
              std::string(fault.name);
  }
  return result;
}

TEST_CASE("a name that no scope binds is found") {
  CHECK(faults_in("x = np.zeros(1)\n") == "1 undefined np");
  CHECK(faults_in("def f():\n  return np.zeros(y)\n") == "2 undefined np, 2 undefined y");
  CHECK(faults_in("def f(a=b): pass\n") == "1 undefined b");
  CHECK(faults_in("class A:\n  x = 1\n  def f(self): return x\n") == "3 undefined x");
  CHECK(faults_in("x = [z for y in [1]]\n") == "1 undefined z");
  CHECK(faults_in("def f():\n  x = 1\ndef g():\n  return x\n") == "4 undefined x");
  CHECK(faults_in("[y for y in [1]]\nprint(y)\n") == "2 undefined y");
}

TEST_CASE("names of all scopes around, builtins and those of the module are there") {
  CHECK(faults_in("def f(): return g(len(__name__))\ndef g(x): return x\n") == "");
  CHECK(faults_in("def f(a):\n  def g(): return a, b\n  b = 1\n  return g\n") == "");
  CHECK(faults_in("class A:\n  x = 1\n  y = x, __qualname__\n  def f(self): return __class__\n") ==
        "");
  CHECK(faults_in("def f():\n  global x\n  x = 1\ndef g(): return x\n") == "");
  CHECK(faults_in("if (n := 1): pass\nx = [m := 1 for _ in [1]]\nprint(n, m)\n") == "");
  CHECK(faults_in("try: pass\nexcept ValueError as e: print(e)\n") == "");
  CHECK(faults_in("def f[T](x: T) -> T: return x\n", {3, 12}) == "");
  CHECK(faults_in("match [1]:\n  case [a, *b]: print(a, b)\n") == "");
  CHECK(faults_in("import a.b\nfrom c import d as e\nprint(a, e)\n") == "");
}

TEST_CASE("builtins are those of the version") {
  CHECK(faults_in("x = aiter\n", {3, 9}) == "1 undefined aiter");
  CHECK(faults_in("x = aiter\n", {3, 10}) == "");
  CHECK(faults_in("x = ExceptionGroup\n", {3, 10}) == "1 undefined ExceptionGroup");
}

TEST_CASE("where any name may be bound, or NameError is caught, nothing is said") {
  CHECK(faults_in("from a import *\nprint(x)\n") == "");
  CHECK(faults_in("exec('x = 1')\nprint(x)\n") == "");
  CHECK(faults_in("globals()['x'] = 1\nprint(x)\n") == "");
  CHECK(faults_in("try:\n  unicode\nexcept NameError:\n  unicode = str\n") == "");
  CHECK(faults_in("import sys\nif sys.version_info[0] < 3:\n  x = unicode\n") == "");
}

TEST_CASE("a local that is read before anything binds it is found") {
  CHECK(faults_in("import a\ndef f():\n  a = [a.b()]\n") == "3 too early a");
  CHECK(faults_in("def f():\n  print(x)\n  x = 1\n") == "2 too early x");
  CHECK(faults_in("import a\ndef f():\n  if a.b: a = 1\n") == "3 too early a");
  CHECK(faults_in("def f(x):\n  x = x + 1\n") == "");
  CHECK(faults_in("x = 1\ndef f():\n  global x\n  x = x + 1\n") == "");
  CHECK(faults_in("def f(y):\n  for i in y:\n    if i: print(x)\n    x = i\n") == "");
  CHECK(faults_in("def f():\n  g = lambda: x\n  x = 1\n  return g\n") == "");
  CHECK(faults_in("def f():\n  try: x\n  except UnboundLocalError: x = 1\n") == "");
  CHECK(faults_in("def f():\n  if g(): x = 1\n  return x\ndef g(): pass\n") == "");
}

TEST_CASE("what only Python 2 can run is found") {
  CHECK(faults_in("def f(d): return d.iteritems(), d.has_key(1)\n") ==
        "1 method iteritems, 1 method has_key");
  CHECK(faults_in("import six\ndef f(d): return six.iteritems(d)\n") == "");
  CHECK(faults_in("def f(d):\n  try: return d.iteritems()\n  except AttributeError: pass\n") == "");
  CHECK(faults_in("def f(a): return zip(a, a)[0], a.keys()[-1], a['k'][0]\n") ==
        "1 item zip, 1 item keys");
  CHECK(faults_in("from a import zip\nx = zip([], [])[0]\n") == "");
  CHECK(faults_in("import pandas\ndef f(d): return d.keys()[0], d.iteritems()\n") == "");
  CHECK(faults_in("class Q:\n  def keys(self): return [1]\nx = Q().keys()[0]\n") == "");
  CHECK(faults_in("from trainer import q\nx = q.make().keys()[0]\n") == "");
  CHECK(faults_in("import sys\nprint >> sys.stderr, 'x'\n") == "2 print print");
}

// The variants of pyflakes_oracle.py: the names that pyflakes misses there, by file.
static std::map<int, std::set<std::string>> read_oracle(const std::string& output) {
  std::map<int, std::set<std::string>> names;
  std::istringstream lines(output);
  int number = 0, line = 0;
  for (std::string name; lines >> number >> line >> name;) {
    names[number];
    if (line > 0) names[number].insert(name);
  }
  return names;
}

TEST_CASE("undefined names are those of pyflakes") {
  const char* wanted = std::getenv("TRAINLINT_PYFLAKES_COUNT");
  const std::string count = wanted ? wanted : "150";
  TemporaryFolder folder;
  std::map<int, std::set<std::string>> theirs = read_oracle(
      output_of("$(sed -n '1s/^#!//p' \"$(command -v pyflakes3)\") -B " TRAINLINT_SOURCE_DIR
                "/tests/names/pyflakes_oracle.py " +
                folder.text() + " " + count));
  CHECK(theirs.size() > 50);
  std::string ours_only;
  size_t both = 0, theirs_only = 0;
  for (const auto& [number, names] : theirs) {
    const std::string path = folder.text() + "/" + std::to_string(number) + ".py";
    Module module = lowered_file(path);
    std::set<std::string> found;
    for (const NameFault& fault : name_faults(module, {}))
      if (fault.kind == NameFault::undefined) found.emplace(fault.name);
    for (const std::string& name : found)
      if (!names.contains(name)) ours_only += std::to_string(number) + " " + name + "\n";
    for (const std::string& name : names) found.contains(name) ? ++both : ++theirs_only;
  }
  MESSAGE(theirs.size(), " files, ", both, " names by both, ", theirs_only, " by pyflakes alone");
  CHECK(ours_only == "");
  CHECK(both > 2 * theirs_only);
}

TEST_CASE("code that is not reached, or whose errors are swallowed, is left out") {
  CHECK(faults_in("from contextlib import suppress\nwith suppress(NameError):\n  x\n") == "");
  CHECK(faults_in("from contextlib import suppress\nwith suppress(KeyError):\n  x\n") ==
        "3 undefined x");
  CHECK(faults_in("import manager\nwith manager():\n  x\n") == "");
  CHECK(faults_in("with open('f'):\n  x\n") == "2 undefined x");
  CHECK(faults_in("exit(0)\nx\n") == "");
  CHECK(faults_in("def f():\n  return 1\n  x\n") == "");
  CHECK(faults_in("def f(a):\n  if a:\n    return 1\n  x\n") == "4 undefined x");
  CHECK(faults_in("import sys\ndef f():\n  if sys.version_info >= (3,):\n    return 1\n  x\n") ==
        "");
  CHECK(faults_in("while False:\n  x\nif 0:\n  y\n") == "");
  CHECK(faults_in("class A:\n  x = 1\n  y = [x for _ in [1]]\n") == "3 undefined x");
  CHECK(faults_in("class A:\n  x = [1]\n  y = [z for z in x]\n") == "");
  CHECK(faults_in("from math import *\nsin, sinus\n") == "2 undefined sinus");
  CHECK(faults_in("from tkinter import *\nsin\n") == "");
}
