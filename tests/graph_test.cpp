#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "lint/graph/graph.h"
#include "lint/source/tree.h"
#include "lint/text/line_map.h"

using namespace trainlint;

static std::string_view word(FailureKind kind) {
  switch (kind) {
    case FailureKind::sibling_as_absolute:
      return "sibling";
    case FailureKind::not_in_distribution:
      return "left-out";
    case FailureKind::missing_submodule:
      return "no-module";
    case FailureKind::missing_name:
      return "no-name";
    case FailureKind::beyond_top:
      return "beyond-top";
    case FailureKind::circular:
      return "circular";
    case FailureKind::case_differs:
      return "case";
    case FailureKind::does_not_compile:
      return "syntax";
    case FailureKind::unreadable:
      return "unreadable";
    case FailureKind::not_in_library:
      return "not-in-library";
    case FailureKind::undefined_name:
      return "undefined";
    case FailureKind::unbound_local:
      return "unbound";
  }
  return "";
}

// Everything below trainer/ is installed, unless it is named in `left_out`; trainer.task is the
// entry. A failure is a line "path:line kind name", with "?" when it is not certain and the word of
// its occasion when that is not import time.
static std::string failures(std::string_view text, std::vector<std::string> left_out = {}) {
  std::unique_ptr<SourceTree> tree = memory_tree(parse_txtar(text));
  std::vector<Module> modules;
  Distribution distribution;
  for (const SourceFile& file : tree->files()) {
    if (!file.path.ends_with(".py")) continue;
    modules.push_back(load_module(file.path, *tree->read(file.path), {}));
    const bool out = std::find(left_out.begin(), left_out.end(), file.path) != left_out.end();
    if (file.path.starts_with("trainer/") && !out)
      distribution.installed.push_back({file.path, file.path});
  }
  Launch launch;
  launch.package = launch.package_folder = "trainer";
  launch.module = "trainer.task";
  ImportGraph graph = build_graph(*tree, modules, Project{}, distribution, launch);
  std::string result;
  for (const Failure& failure : graph.failures) {
    const Module& module = modules[failure.module];
    result += fmt::format("{}:{} {} {}{}{}\n", module.path,
                          LineMap(module.text()).line_of(failure.span.begin), word(failure.kind),
                          failure.name, failure.certain ? "" : " ?",
                          failure.when == When::import_time  ? ""
                          : failure.when == When::main_guard ? " main"
                                                             : " function");
  }
  return result;
}

TEST_CASE("a sibling module is not found by its bare name") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
import os
import model
)") == "trainer/task.py:2 sibling model\n");
}

TEST_CASE("relative and absolute imports of siblings work") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build(): pass
from . import util
-- trainer/util.py --
-- trainer/task.py --
from . import model
from .model import build
import trainer.util as u
from trainer import model as m
m.build()
trainer_util = u
)") == "");
}

TEST_CASE("missing modules and names are named where CPython names them") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build(): pass
-- trainer/task.py --
import trainer.utilz
from trainer.model import (
    build,
    biuld)
from . import gone
from ... import x
import trainer
trainer.model.nope
)") == "trainer/task.py:1 no-module trainer.utilz\n"
       "trainer/task.py:2 no-name trainer.model.biuld\n"
       "trainer/task.py:5 no-name trainer.gone\n"
       "trainer/task.py:6 beyond-top ...\n"
       "trainer/task.py:8 no-name trainer.model.nope\n");
}

TEST_CASE("what is only in the folder fails on the worker") {
  CHECK(failures(R"(
-- helpers.py --
-- trainer/__init__.py --
-- trainer/sub/deep.py --
-- trainer/task.py --
import helpers
import trainer.sub.deep
from trainer import sub
)",
                 {"trainer/sub/deep.py"}) ==
        "trainer/task.py:1 left-out helpers\n"
        "trainer/task.py:2 left-out trainer.sub\n"
        "trainer/task.py:3 left-out trainer.sub\n");
}

TEST_CASE("a caught ImportError is no failure, and its handler is run") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
try:
    import model
except ImportError:
    from trainer import model
    from trainer import gone
try:
    from . import nothing
except (ValueError, AttributeError):
    pass
try:
    import cupy
    from . import absent
except ImportError:
    pass
)") == "trainer/task.py:5 no-name trainer.gone\n"
       "trainer/task.py:7 no-name trainer.nothing\n");
}

TEST_CASE("a handler that raises again does not catch") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
try:
    import model
except ImportError:
    print("model is missing")
    raise
)") == "trainer/task.py:2 sibling model\n");
}

TEST_CASE("cycles fail only where a name is needed before it is bound") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/a.py --
from . import b
def f(): return b.g()
-- trainer/b.py --
from . import a
import trainer.a
def g(): return a.f()
-- trainer/task.py --
from .a import f
)") == "");
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/a.py --
from .b import g
def f(): pass
-- trainer/b.py --
from .a import f
def g(): pass
-- trainer/task.py --
from .a import f
)") == "trainer/b.py:1 circular trainer.a.f\n");
}

TEST_CASE("the entry module is __main__ and can be imported once more") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
from trainer.task import BATCH
-- trainer/task.py --
from trainer import model
BATCH = 3
)") == "");
}

TEST_CASE("conditions that are known are followed, others are tried both ways") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/task.py --
import sys
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from . import only_types
if sys.version_info < (3, 0):
    import old
    from . import old_two
elif sys.version_info >= (3, 6):
    from . import new
import os
if os.environ.get("X"):
    from . import perhaps
def train():
    from . import late
def run():
    from . import called
if __name__ == "__main__":
    from . import started
    run()
)") == "trainer/task.py:9 no-name trainer.new\n"
       "trainer/task.py:12 no-name trainer.perhaps ?\n"
       "trainer/task.py:18 no-name trainer.started main\n"
       "trainer/task.py:16 no-name trainer.called main\n"
       "trainer/task.py:14 no-name trainer.late ? function\n");
}

TEST_CASE("star imports carry names, __all__ is obeyed, unknown names keep silent") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/a.py --
__all__ = ["x", "_y"]
x = 1
_y = 2
z = 3
-- trainer/b.py --
from .a import *
-- trainer/c.py --
from numpy import *
-- trainer/d.py --
globals()["made"] = 1
-- trainer/e.py --
def __getattr__(name): return 1
-- trainer/task.py --
from .b import x, _y
from .b import z
from .c import anything
from .d import made
from .e import whatever
)") == "trainer/task.py:2 no-name trainer.b.z\n");
}

TEST_CASE("sys.path changes are followed or make everything unknown") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
import os, sys
sys.path.append(os.path.dirname(os.path.abspath(__file__)))
import model
)") == "");
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
import os, sys
sys.path.append("..")
import model
)") == "trainer/task.py:3 sibling model\n");
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
import sys
from elsewhere import find_it
sys.path.insert(0, find_it())
import model
)") == "");
}

TEST_CASE("names bound in every kind of statement are there") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/m.py --
import os.path as p, json
for i in range(3): j = i
with open(__file__) as handle: pass
if (n := 3) > 2: pass
while True:
    w = 1
    break
class K: inner = 1
try:
    t = 1
except Exception as e:
    h = 2
def f():
    global late
    late = 1
f()
gone = 1
del gone
match n:
    case 3: three = 1
-- trainer/task.py --
from .m import p, json, i, j, handle, n, w, K, t, h, f, late, three
from .m import gone
from .m import inner
)") == "trainer/task.py:2 no-name trainer.m.gone\n"
       "trainer/task.py:3 no-name trainer.m.inner\n");
}

TEST_CASE("files that do not compile fail at their own line") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
x = 1
def broken(:
-- trainer/task.py --
from . import model
)") == "trainer/model.py:2 syntax \n");
}

TEST_CASE("import_module with a literal is an import") {
  CHECK(failures(R"(
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
import importlib
importlib.import_module("trainer.model")
importlib.import_module(".model", package="trainer")
m = importlib.import_module("trainer.gone")
)") == "trainer/task.py:4 no-module trainer.gone\n");
}
