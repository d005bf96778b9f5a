#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "lint/python/syntax.h"
#include "lint/text/line_map.h"

using namespace trainlint;

static Syntax parse(std::string text) {
  return Syntax::parse(std::make_shared<const std::string>(std::move(text)));
}

TEST_CASE("nodes stand in source order with their fields") {
  Syntax syntax = parse("from a.b import c as d\nx = f(1)\n");
  REQUIRE(syntax.kind(0) == sym_module);
  Syntax::Node import = syntax.first(0);
  CHECK(syntax.kind(import) == sym_import_from_statement);
  CHECK(syntax.text(syntax.field(import, field_module_name)) == "a.b");
  Syntax::Node name = syntax.field(import, field_name);
  CHECK(syntax.kind(name) == sym_aliased_import);
  CHECK(syntax.text(syntax.field(name, field_alias)) == "d");
  Syntax::Node second = syntax.sibling(import, 0);
  CHECK(syntax.text(second) == "x = f(1)");
  CHECK(syntax.sibling(second, 0) == Syntax::none);
  CHECK_FALSE(syntax.has_error());
}

TEST_CASE("an empty text has a module without children") {
  Syntax syntax = parse("");
  REQUIRE(syntax.nodes().size() == 1);
  CHECK(syntax.first(0) == Syntax::none);
}

TEST_CASE("lines end at LF, CRLF and CR; columns count code points or UTF-16 units") {
  std::string text = "a\r\nb\rc\n\xC3\xA9\xF0\x9F\x98\x80x";
  LineMap map(text);
  CHECK(map.line_count() == 4);
  CHECK(map.line_text(2) == "b");
  auto offset = static_cast<uint32_t>(text.size() - 1);
  CHECK(map.position(offset) == Position{4, 3});
  CHECK(map.utf16_column(offset) == 3);
}
