#include <doctest/doctest.h>

#include <random>

#include "lint/python/dump.h"
#include "lint/python/literal.h"
#include "tests/support/golden.h"

using namespace trainlint;

static Module lowered(std::string text) {
  Module module;
  module.syntax = Syntax::parse(std::make_shared<const std::string>(std::move(text)));
  lower(module);
  return module;
}

static std::string dump(std::string text) {
  return dump_module(lowered(std::move(text)));
}

// steps.txt holds "== what is shown", a source, "--", its dump, over and over.
TEST_CASE("each kind of syntax becomes the steps that CPython would carry out") {
  std::istringstream file(file_text(TRAINLINT_SOURCE_DIR "/tests/lowering/steps.txt"));
  std::string actual;
  std::string source;
  bool in_source = false;
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("== ")) {
      actual += (cases++ ? "\n" : "") + line + "\n";
      source.clear();
      in_source = true;
    } else if (line == "--" && in_source) {
      actual += source + "--\n" + dump(source);
      in_source = false;
    } else if (in_source) {
      source += line + "\n";
    }
  }
  CHECK(cases > 25);
  check_current("tests/lowering/steps.txt", actual);
}

static std::string value_of(const std::string& literal) {
  Module module = lowered("f(" + literal + ")\n");
  REQUIRE(module.arguments.size() == 1);
  return string_value(module.syntax, module.arguments[0].value).value_or("unknown");
}

TEST_CASE("string_value knows the value of string literals") {
  CHECK(value_of("'a'") == "a");
  CHECK(value_of("\"\"") == "");
  CHECK(value_of("u'a' \"b\"  # c\n '''d\ne'''") == "abd\ne");
  CHECK(value_of("(('a' 'b'))") == "ab");
  CHECK(value_of(R"('\n\t\\\'\"\x41\101\u00e9\U0001F600\q')") ==
        "\n\t\\'\"AA\xC3\xA9\xF0\x9F\x98\x80\\q");
  CHECK(value_of(R"(r'\n' R"\\")") == R"(\n\\)");
  CHECK(value_of("'a\\\nb'") == "ab");
  CHECK(value_of("'''a\r\nb'''") == "a\nb");
  CHECK(value_of("'''it's'''") == "it's");
  for (const char* unknown : {"f'a'", "'a' f'b'", "b'a'", "rb'a'", "'\\N{DASH}'", "'\\ud800'", "a",
                              "'a' + 'b'", "1", "('a',)"})
    CHECK(value_of(unknown) == "unknown");
}

TEST_CASE("the docstring is the module's first statement") {
  CHECK(lowered("# c\n\"\"\"A \\d.\n\"\"\"\nx = 1\n").docstring == "A \\d.\n");
  CHECK(lowered("'a' 'b'\n").docstring == "a");
  CHECK(lowered("b'a'\n").docstring == "");
  CHECK(lowered("x = 'a'\n").docstring == "");
  CHECK(lowered("'a', 'b'\n").docstring == "");
  CHECK(lowered("").docstring == "");
}

TEST_CASE("arguments of a call are found by their keyword") {
  Module module = lowered("sys.path.insert(0, f(g), h=i, *j, **k)  # c\n");
  REQUIRE(module.calls.size() == 2);
  const Call& call = module.calls[1];
  CHECK(call.callee == "sys.path.insert");
  std::string shown;
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const Argument& argument = module.arguments[call.first_argument + i];
    shown +=
        std::string(argument.keyword) + ":" + std::string(module.syntax.text(argument.value)) + " ";
  }
  CHECK(shown == ":0 :f(g) h:i *:j **:k ");
}

TEST_CASE("what the main guard holds is marked only where the module is run") {
  CHECK(lowered("if __name__ == '__main__': f()\n").has_main_guard);
  CHECK(lowered("if \"__main__\" == __name__ and x: f()\n").has_main_guard);
  CHECK_FALSE(lowered("if __name__ != '__main__': f()\n").has_main_guard);
  CHECK_FALSE(lowered("if __name__ == 'main': f()\n").has_main_guard);
  CHECK_FALSE(lowered("def f():\n  if __name__ == '__main__': g()\n").has_main_guard);
}

static std::string repeated(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

static bool has_opaque(const Module& module) {
  for (const Block& block : module.blocks)
    for (const Step& step : block)
      if (step.kind == StepKind::opaque) return true;
  return false;
}

TEST_CASE("deep nesting ends in unknown names and not in an overflow") {
  const int many = 20000;
  std::string elif = "if a: b\n" + repeated("elif c: d\n", many);
  std::string ladder;
  for (int i = 0; i < 1500; ++i) ladder += std::string(static_cast<size_t>(i), ' ') + "if a:\n";
  ladder += std::string(1500, ' ') + "b\n";
  for (const std::string& text :
       {elif, ladder, "a" + repeated("()", many) + "\n", "a" + repeated(".b().c", many) + "\n",
        repeated("f(", many) + "a" + repeated(")", many) + "\n", repeated("lambda: ", many) + "a\n",
        repeated("a if b else ", many) + "c\n",
        repeated("[a for b in ", many) + "c" + repeated("]", many) + "\n",
        repeated("(a and ", many) + "b" + repeated(")", many) + "\n",
        repeated("(a := ", many) + "b" + repeated(")", many) + "\n",
        repeated("(", many) + "a" + repeated(",)", many) + " = b\n",
        "del " + repeated("(", many) + "a" + repeated(")", many) + "\n",
        "match a:\n" + repeated(" case b.c: d\n", many), repeated("a += ", many) + "b\n",
        "x: " + repeated("list[int].a | ", many) + "b\n"}) {
    CAPTURE(text.substr(0, 30));
    CHECK(has_opaque(lowered(text)));
  }
}

TEST_CASE("long flat code is no nesting") {
  const int many = 20000;
  for (const std::string& text :
       {"x = a" + repeated(" + b", many) + "\n", "x = a" + repeated(" and b", many) + "\n",
        "x = a" + repeated(".b", many) + "\n", "a" + repeated(" = a", many) + "\n",
        "x = " + repeated("not ", 500) + "a\n", "x = [" + repeated("a, ", many) + "]\n",
        "x = '' " + repeated("'a' ", many) + "\n"}) {
    CAPTURE(text.substr(0, 30));
    Module module = lowered(text);
    CHECK_FALSE(module.syntax.has_error());
    CHECK_FALSE(has_opaque(module));
  }
}

TEST_CASE("any part of a file can be lowered") {
  std::string text = file_text(TRAINLINT_SOURCE_DIR "/tests/lowering/steps.txt");
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    size_t begin = random() % text.size();
    size_t length = random() % 400;
    Module module = lowered(text.substr(begin, length));
    CHECK(module.tests.size() >= 1);
    CHECK(dump_module(module).size() < 100000);
  }
}
