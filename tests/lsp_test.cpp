#include <doctest/doctest.h>

#include <fmt/format.h>

#include <random>
#include <string>
#include <vector>

#include "lint/lsp/document.h"
#include "lint/lsp/framing.h"
#include "lint/lsp/message.h"
#include "lint/lsp/server.h"
#include "lint/lsp/settings.h"
#include "lint/lsp/uri.h"
#include "lint/python/reparse.h"
#include "tests/support/temporary_folder.h"

using namespace trainlint;

// The messages in a stream that comes in pieces of one size.
static std::string messages_of(std::string_view stream, size_t piece) {
  MessageReader reader;
  std::string all;
  for (size_t at = 0; at < stream.size(); at += piece) {
    reader.feed(stream.substr(at, piece));
    while (std::optional<std::string> message = reader.next()) all += "[" + *message + "]";
  }
  return all;
}

TEST_CASE("framing: messages come in any pieces") {
  const std::string stream = framed("{\"a\":1}") + framed("") + framed("h\xC3\xA9\r\n\r\n") +
                             "content-length:2\nContent-Type: x; charset=utf-8\n\n{}";
  for (size_t piece : {1, 2, 3, 7, 20, 1000})
    CHECK(messages_of(stream, piece) == "[{\"a\":1}][][h\xC3\xA9\r\n\r\n][{}]");
}

TEST_CASE("framing: what is wrong or cut off does no harm") {
  CHECK(messages_of("Content-Length: 10\r\n\r\n{}", 4) == "");
  CHECK(messages_of("Content-Length: 2", 4) == "");
  CHECK(messages_of("Content-Length: two\r\n\r\nContent-Length: 2\r\n\r\n{}", 5) == "[{}]");
  CHECK(messages_of("Content-Length: -1\r\n\r\nContent-Length: 2\r\n\r\n{}", 5) == "[{}]");
  CHECK(messages_of("Content-Length: 99999999999999999999\r\n\r\n" + framed("{}"), 5) == "[{}]");
  CHECK(messages_of("no header\r\n\r\n" + framed("{}"), 64) == "[{}]");
  CHECK(messages_of(std::string(200000, 'x'), 4096) == "");
}

TEST_CASE("messages: half of a surrogate pair and bytes that are no UTF-8") {
  auto text = [](const std::string& json) {
    std::optional<Json> message = parse_message(json);
    return message ? text_in(*message, "t") : "no JSON";
  };
  CHECK(text(R"({"t":"\ud83d\ude00"})") == "\xF0\x9F\x98\x80");
  CHECK(text(R"({"t":"a\ud83db"})") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(text(R"({"t":"a\ude00\\ud83d"})") == "a\xEF\xBF\xBD\\ud83d");
  CHECK(text("{\"t\":\"a\xFFz\"}") == "a\xEF\xBF\xBDz");
  CHECK(text("{\"t\":") == "no JSON");
}

static std::string after(std::string text, std::vector<Json> changes) {
  Result<std::string> changed = changed_text(std::move(text), Json(std::move(changes)));
  return changed ? *changed : "error: " + changed.error();
}

static Json change(uint32_t line, uint32_t begin, uint32_t end_line, uint32_t end,
                   const std::string& text) {
  return {{"range",
           {{"start", {{"line", line}, {"character", begin}}},
            {"end", {{"line", end_line}, {"character", end}}}}},
          {"text", text}};
}

TEST_CASE("documents: changes in UTF-16 positions") {
  CHECK(after("abc", {change(0, 1, 0, 2, "XY")}) == "aXYc");
  CHECK(after("a\xF0\x9F\x98\x80"
              "b",
              {change(0, 3, 0, 4, "c")}) ==
        "a\xF0\x9F\x98\x80"
        "c");
  CHECK(after("a\r\nb\rc\nd", {change(1, 0, 1, 1, "B"), change(3, 0, 3, 1, "D")}) ==
        "a\r\nB\rc\nD");
  CHECK(after("ab\r\ncd", {change(0, 9, 1, 0, "-")}) == "ab-cd");
  CHECK(after("ab", {change(5, 0, 7, 1, "\ncd")}) == "ab\ncd");
  CHECK(after("abcd", {change(0, 3, 0, 1, "")}) == "ad");
  CHECK(after("abcd", {Json{{"text", "new"}}, change(0, 0, 0, 1, "N")}) == "New");
  CHECK(after("abcd", {Json{{"range", 1}, {"text", ""}}}).starts_with("error"));
  CHECK(after("abcd", {Json{{"no", 1}}}).starts_with("error"));
}

TEST_CASE("uris") {
  auto path = [](std::string_view uri) { return path_of_uri(uri).value_or("none"); };
  CHECK(path("file:///home/a%20b/%C3%A9.py") == "/home/a b/\xC3\xA9.py");
  CHECK(path("file://localhost/a/b/") == "/a/b");
  CHECK(path("file:/a") == "/a");
  CHECK(path("untitled:Untitled-1") == "none");
  CHECK(path("file:///a%00b") == "none");
  CHECK(path("file:///a%2") == "/a%2");
  CHECK(path(file_uri("/a b/#?%.py")) == "/a b/#?%.py");
}

TEST_CASE("what the editor sets") {
  ClientSettings settings =
      read_client_settings(Json{{"select", {"imports", "entry"}},
                                {"severity", {{"circular-import", "off"}}},
                                {"per-file-ignores", {{"*_pb2.py", {"imports", "source"}}}},
                                {"require-reason", true},
                                {"path", "/usr/bin/trainlint"},
                                {"fail-on", "never"},
                                {"selct", "imports"}});
  std::string text;
  for (const Setting& setting : settings.layer) {
    text += fmt::format("{} = {}", setting.key->name, fmt::join(setting.words, "+"));
    for (const auto& [name, words] : setting.table)
      text += fmt::format("{}: {}", name, fmt::join(words, "+"));
    text += "\n";
  }
  CHECK(text ==
        "select = imports+entry\nseverity = circular-import: off\n"
        "per-file-ignores = *_pb2.py: imports+source\nrequire-reason = true\n");
  CHECK(settings.faults.size() == 2);
}

static std::string nodes_of(const Syntax& syntax) {
  std::string text;
  for (const FlatNode& node : syntax.nodes())
    text += fmt::format("{} {} {} {}-{} {}\n", node.kind, node.field, node.flags, node.begin,
                        node.end, node.next);
  return text;
}

TEST_CASE("a file that is parsed by way of its last tree is parsed as it would be alone") {
  const std::string_view lines[] = {"import os\n",
                                    R"(def f(a, b=1):
    for i in a:
        print(i + b, a[1:2], {"x": [i, b]})
    return a
)",
                                    "x = [1,\n 2]\n",
                                    "class C:\n  def m(self):\n    pass\n",
                                    "\n",
                                    "# comment\n",
                                    "print(f'{x!r:>{w}}')\n",
                                    "if x:\n\ty = 1\nelse:\n\ty = 2\n",
                                    "match x:\n    case 1: pass\n",
                                    "s = '''a\nb'''\n",
                                    "print 'x'\n",
                                    "e = '\U0001F600'\r\n",
                                    "with a as b, c: pass\n"};
  const std::string_view pieces[] = {"(", ")", "\n", " ", "    ", "x",  ":",         "'", "\"\"\"",
                                     "#", "1", "=",  ",", "def ", "\\", "lambda: 0", "\t"};
  std::mt19937 random(7);
  auto below = [&](size_t limit) { return random() % limit; };
  size_t right = 0;
  for (int file = 0; file < 40; ++file) {
    std::string text;
    for (size_t i = 0; i < 40; ++i) text += lines[below(std::size(lines))];
    Reparser reparser;
    for (int edit = 0; edit < 50; ++edit) {
      const std::string before = text;
      size_t at = below(text.size() + 1);
      if (below(2) == 0) {
        text.replace(at, below(4), pieces[below(std::size(pieces))]);
      } else {
        at = text.rfind('\n', at) + 1;  // npos + 1 is the begin
        text.insert(std::min(at, text.size()), lines[below(std::size(lines))]);
      }
      auto shared = std::make_shared<const std::string>(text);
      const Syntax alone = Syntax::parse(shared);
      const bool same = nodes_of(reparser.parse(shared)) == nodes_of(alone);
      CHECK_MESSAGE(same, "after this change:\n", text);
      // Most edits break a file: go on from what is right.
      if (alone.has_error())
        text = before;
      else
        ++right;
    }
  }
  CHECK(right > 500);
}
