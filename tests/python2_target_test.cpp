#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "lint/python/module.h"

using namespace trainlint;

static std::string refusal(const char* text) {
  const auto bytes = std::make_shared<const std::string>(std::string(text) + "\n");
  const Module module = load_module("m.py", bytes, {2, 7});
  if (module.faults.empty()) return "";
  const SyntaxFault& fault = module.faults.front();
  return fault.construct.empty() ? fault.message : fault.construct;
}

// What CPython 2.7.18 takes and refuses was recorded from it.
TEST_CASE("Python 2.7 refuses what only Python 3 has") {
  for (const char* text : {"x = f'a'",
                           "def f(a, *, b): pass",
                           "def f(*a, b): pass",
                           "def f(a: int): pass",
                           "def f(*a: int): pass",
                           "def f() -> int: pass",
                           "def f():\n x = 1\n def g():\n  nonlocal x",
                           "def f():\n yield from x",
                           "async def f(): pass",
                           "async def f():\n await x",
                           "(x := 1)",
                           "x: int = 1",
                           "x: int",
                           "raise A from B",
                           "a, *b = c",
                           "[*a, 1]",
                           "{**a}",
                           "f(**a, b=1)",
                           "f(*a, b)",
                           "f(*a, *b)",
                           "class A(B, metaclass=M): pass",
                           "print('a', end='')",
                           "x = 1_000",
                           "x = rb'a'",
                           "a @= b",
                           "match x:\n case 1: pass",
                           "def f[T](a): pass",
                           "try:\n pass\nexcept* A:\n pass",
                           "def f(a, /): pass",
                           "lambda *, a: a",
                           "# coding: utf-8\n\u00e9 = 1",
                           "x = '\u00e9'",
                           "# \u00e9"}) {
    CAPTURE(text);
    CHECK(refusal(text) != "");
  }
  CHECK(refusal("def f(a, *, b): pass") == "keyword-only parameters");
}

TEST_CASE("Python 2.7 takes what both have, and its own syntax is left alone") {
  for (const char* text : {"f(1, b=2)",
                           "f(*a, b=1)",
                           "f(*a, **b)",
                           "f(a, *b)",
                           "class A(B): pass",
                           "print('a')",
                           "from __future__ import print_function\nprint('a', end='')",
                           "print('a', 'b')",
                           "x = br'a'",
                           "x = u'a'",
                           "# coding: utf-8\nx = '\u00e9'",
                           "x[...]",
                           "lambda a: a",
                           "lambda *a: a",
                           "def f(*a, **b): pass",
                           "with a as b, c as d: pass",
                           "{1: 2 for x in y}",
                           "x = 0o17",
                           "x = b'a'",
                           "print >>f, x",
                           "@a\ndef f(): pass",
                           "# -*- coding: latin-1 -*-\nx = '\u00e9'",
                           "print 'a'",
                           "exec 'a'",
                           "x = 0777",
                           "`x`",
                           "def f((a, b)): pass",
                           "raise A, 'b'"}) {
    CAPTURE(text);
    CHECK(refusal(text) == "");
  }
}
