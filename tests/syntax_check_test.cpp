#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "lint/python/module.h"
#include "lint/text/line_map.h"

using namespace trainlint;

// "3: message" for the first fault, or "fine".
static std::string verdict(std::string text, PythonVersion target = {}) {
  Module module = load_module("m.py", std::make_shared<const std::string>(std::move(text)), target);
  if (module.faults.empty()) return "fine";
  const SyntaxFault& fault = module.faults.front();
  uint32_t line = LineMap(module.text()).line_of(fault.span.begin);
  return std::to_string(line) + ": " + fault.message;
}

TEST_CASE("text that is Python has no fault") {
  CHECK(verdict("") == "fine");
  CHECK(verdict("x = 1") == "fine");
  CHECK(verdict("if x:\n\ty\n") == "fine");
  CHECK(verdict("match = 1\nmatch[x]: int\nprint(match)\n") == "fine");
  CHECK(verdict("match x:\n  case [1, *_, {'a': A.b(c=1)}] | None if z: pass\n") == "fine");
  CHECK(verdict("with (open(a) as b, open(c) as d,): pass\nwith (a, b): pass\n") == "fine");
  CHECK(verdict("f'{a!r:>{w}} {{}} {x[\"k\"]=}'\n") == "fine");
}
