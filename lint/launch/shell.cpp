#include "lint/launch/shell.h"

#include "lint/python/parse_memory.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

extern "C" const TSLanguage* tree_sitter_bash(void);

namespace trainlint {

namespace {

constexpr uint32_t deepest = 200;  // scripts nest a handful of levels
// Bytes of variables in a word. Forty lines that each double a variable are no more than this.
constexpr size_t longest_word = 64 * 1024;

std::string_view kind_of(TSNode node) {
  return ts_node_type(node);
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<TSNode> children_in(TSNode node, std::initializer_list<std::string_view> fields) {
  std::vector<TSNode> children;
  for (uint32_t i = 0; i < ts_node_child_count(node); ++i)
    if (const char* field = ts_node_field_name_for_child(node, i);
        field && is_one_of(field, fields))
      children.push_back(ts_node_child(node, i));
  return children;
}

// A command that may give any variable another value.
bool may_set_any(std::span<const std::string_view> words) {
  if (words.size() > 1 && is_one_of(words[0], {"builtin", "command"})) words = words.subspan(1);
  if (words[0] == "printf") return words.size() > 1 && words[1] == "-v";
  return is_one_of(
      words[0], {"source", ".", "eval", "read", "mapfile", "readarray", "getopts", "let", "unset"});
}

// A command that says something about another one, and does not run it.
bool only_mentions(std::span<const std::string_view> words) {
  if (words.size() > 1 && words[0] == "command") return is_one_of(words[1], {"-v", "-V"});
  return is_one_of(words[0], {"echo", "printf", "which", "type", "whereis", "man", "alias"});
}

class Script {
 public:
  Script(std::string_view text, std::string_view program) : text_(text), program_(program) {}

  std::vector<std::vector<CommandWord>> read(TSNode root) {
    visit(root, 0, true);
    return std::move(found_);
  }

 private:
  std::string_view slice(TSNode node) const {
    return text_.substr(ts_node_start_byte(node),
                        ts_node_end_byte(node) - ts_node_start_byte(node));
  }
  void visit(TSNode node, uint32_t depth, bool certain);
  void visit_children(TSNode node, uint32_t depth, bool certain);
  void visit_substitutions(TSNode node, uint32_t depth);
  bool declares_any(TSNode declaration) const;
  void read_command(TSNode node, TSNode redirected);
  void assign(TSNode node, bool certain);
  bool continues_word(std::vector<CommandWord>& words, TSNode node) const;
  void add_escaped_blank(std::vector<CommandWord>& words, uint32_t at) const;
  CommandWord word_of(TSNode node) const;
  void add(CommandWord& word, TSNode node, bool quoted) const;
  void add_string(CommandWord& word, TSNode node) const;
  void add_plain(CommandWord& word, std::string_view raw) const;
  void add_variable(CommandWord& word, TSNode node, bool quoted) const;

  std::string_view text_;
  std::string_view program_;
  std::map<std::string, std::optional<std::string>, std::less<>> variables_;  // null: not known
  std::vector<std::vector<CommandWord>> found_;
};

void add_unknown(CommandWord& word, std::string_view written, bool quoted) {
  if (word.known()) word.unknown_from = word.text.size();
  word.text += written;
  word.splits = word.splits || !quoted;
}

// Not `certain`: in a loop, a function or a branch, so that it may not have happened.
void Script::assign(TSNode node, bool certain) {
  TSNode name = ts_node_child_by_field_name(node, "name", 4);
  TSNode value = ts_node_child_by_field_name(node, "value", 5);
  if (ts_node_is_null(name)) return;
  std::optional<std::string> known;
  if (ts_node_is_null(value)) {
    known = "";
  } else if (CommandWord word = word_of(value); word.known()) {
    known = word.text;
  }
  if (!certain || slice(node).find("+=") != std::string_view::npos) known.reset();
  auto [entry, fresh] = variables_.try_emplace(std::string(slice(name)), known);
  if (!fresh && entry->second != known) entry->second.reset();
}

void Script::visit_children(TSNode node, uint32_t depth, bool certain) {
  for (uint32_t i = 0; i < ts_node_named_child_count(node); ++i)
    visit(ts_node_named_child(node, i), depth + 1, certain);
}

// JOB=$(gcloud ...), echo `gcloud ...`
void Script::visit_substitutions(TSNode node, uint32_t depth) {
  if (depth > deepest) return;
  if (kind_of(node) == "command_substitution") return visit_children(node, depth, false);
  for (uint32_t i = 0; i < ts_node_named_child_count(node); ++i)
    visit_substitutions(ts_node_named_child(node, i), depth + 1);
}

void Script::visit(TSNode node, uint32_t depth, bool certain) {
  if (depth > deepest) return;
  std::string_view kind = kind_of(node);
  if (kind == "variable_assignment") {
    visit_substitutions(node, depth);
    return assign(node, certain);
  }
  if (kind == "command") {
    visit_substitutions(node, depth);
    return read_command(node, {});
  }
  if (kind == "redirected_statement") {
    TSNode body = ts_node_child_by_field_name(node, "body", 4);
    if (!ts_node_is_null(body) && kind_of(body) == "command") {
      visit_substitutions(node, depth);
      return read_command(body, node);
    }
  }
  if (kind == "for_statement") {  // and `select`
    TSNode variable = ts_node_child_by_field_name(node, "variable", 8);
    if (!ts_node_is_null(variable)) variables_[std::string(slice(variable))].reset();
  }
  if (kind == "unset_command" || (kind == "declaration_command" && declares_any(node)))
    variables_.clear();
  certain = certain &&
            (kind == "program" || kind == "declaration_command" || kind == "variable_assignments");
  visit_children(node, depth, certain);
}

// export "$@", declare -n name=other: more than the assignments that can be seen.
bool Script::declares_any(TSNode declaration) const {
  for (uint32_t i = 0; i < ts_node_child_count(declaration); ++i) {
    TSNode child = ts_node_child(declaration, i);
    const std::string_view written = slice(child);
    if (kind_of(child) == "variable_assignment" || kind_of(child) == "variable_name") continue;
    if (written.find_first_of("$`\"'=") != written.npos) return true;
    if (written.starts_with('-') && written.find('n') != written.npos) return true;
  }
  return false;
}

// `redirected`: the statement around it, or a null node. Words behind a redirection are the
// command's as well, and the grammar puts them there.
void Script::read_command(TSNode node, TSNode redirected) {
  TSNode name = ts_node_child_by_field_name(node, "name", 4);
  if (ts_node_is_null(name)) return;
  std::vector<TSNode> parts = children_in(node, {"name", "argument"});
  if (!ts_node_is_null(redirected)) {
    for (TSNode redirect : children_in(redirected, {"redirect"})) {
      std::vector<TSNode> more = children_in(redirect, {"destination", "argument"});
      const bool to_file = kind_of(redirect) == "file_redirect" && !more.empty();
      parts.insert(parts.end(), more.begin() + (to_file ? 1 : 0), more.end());
    }
  }
  std::vector<std::string_view> written;
  for (TSNode part : parts) written.push_back(slice(part));
  if (may_set_any(written)) variables_.clear();
  if (only_mentions(written)) return;
  std::vector<CommandWord> words;  // from the program on: "time gcloud ..." runs it as well
  for (TSNode child : parts) {
    if (continues_word(words, child)) continue;
    CommandWord word = word_of(child);
    std::string_view last = std::string_view(word.text).substr(word.text.rfind('/') + 1);
    if (words.empty() && last != program_) continue;
    words.push_back(std::move(word));
    add_escaped_blank(words, ts_node_end_byte(child));
  }
  if (!words.empty()) found_.push_back(std::move(words));
}

// The grammar ends a word such as "a=$A,b=$B,c" at its second "=$": what follows without a blank is
// the same word.
bool Script::continues_word(std::vector<CommandWord>& words, TSNode node) const {
  const uint32_t begin = ts_node_start_byte(node);
  if (words.empty() || begin < words.back().span.end || begin > words.back().span.end + 1 ||
      is_blank(text_[begin - 1]) || text_[begin - 1] == '\\')
    return false;
  CommandWord& word = words.back();
  add_unknown(word, text_.substr(word.span.end, ts_node_end_byte(node) - word.span.end), true);
  word.span.end = ts_node_end_byte(node);
  return true;
}

// A backslash with a blank behind it is a word of one blank, also where a line was meant to go on.
// The grammar passes over it.
void Script::add_escaped_blank(std::vector<CommandWord>& words, uint32_t at) const {
  while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
  if (at + 1 >= text_.size() || text_[at] != '\\') return;
  if (text_[at + 1] != ' ' && text_[at + 1] != '\t') return;
  words.push_back({.text = std::string(1, text_[at + 1]), .span = {at, at + 2}});
}

CommandWord Script::word_of(TSNode node) const {
  CommandWord word;
  word.span = {ts_node_start_byte(node), ts_node_end_byte(node)};
  add(word, node, false);
  return word;
}

void Script::add(CommandWord& word, TSNode node, bool quoted) const {
  std::string_view kind = kind_of(node), written = slice(node);
  if (kind == "string") {
    add_string(word, node);
  } else if (kind == "raw_string" && written.size() >= 2) {
    word.text += written.substr(1, written.size() - 2);
  } else if (kind == "ansi_c_string" && written.find('\\') == written.npos) {
    word.text += written.substr(2, written.size() - 3);
  } else if (kind == "simple_expansion" || kind == "expansion") {
    add_variable(word, node, quoted);
  } else if (kind == "concatenation" || kind == "command_name") {
    for (uint32_t i = 0; i < ts_node_child_count(node); ++i)
      add(word, ts_node_child(node, i), quoted);
  } else if (kind == "word" || kind == "number" || kind == "string_content" ||
             ts_node_child_count(node) == 0) {
    add_plain(word, written);
  } else {
    add_unknown(word, written, quoted);  // $(...), <(...), {1..3}
  }
}

// Outside of quotes: a backslash takes the next character as it is, or joins two lines.
void Script::add_plain(CommandWord& word, std::string_view raw) const {
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && i + 1 < raw.size()) {
      if (raw[++i] == '\r' && i + 1 < raw.size()) ++i;
      if (raw[i] != '\n') word.text += raw[i];
      continue;
    }
    bool home = raw[i] == '~' && word.text.empty();
    if (home || std::string_view("*?[{").find(raw[i]) != std::string_view::npos)
      return add_unknown(word, raw.substr(i), false);
    word.text += raw[i];
  }
}

// Between double quotes; what stands between the nodes belongs to the text as well.
void Script::add_string(CommandWord& word, TSNode node) const {
  uint32_t at = ts_node_start_byte(node) + 1;
  auto add_raw = [&](std::string_view raw) {
    for (size_t i = 0; i < raw.size(); ++i) {
      bool escape = raw[i] == '\\' && i + 1 < raw.size() &&
                    std::string_view("$`\"\\\n").find(raw[i + 1]) != std::string_view::npos;
      if (escape && raw[++i] == '\n') continue;
      word.text += raw[i];
    }
  };
  for (uint32_t i = 0; i < ts_node_named_child_count(node); ++i) {
    TSNode part = ts_node_named_child(node, i);
    if (kind_of(part) == "string_content") continue;
    add_raw(text_.substr(at, ts_node_start_byte(part) - at));
    add(word, part, true);
    at = ts_node_end_byte(part);
  }
  uint32_t end = ts_node_end_byte(node);
  if (end > at && text_[end - 1] == '"') --end;
  add_raw(text_.substr(at, end - at));
}

void Script::add_variable(CommandWord& word, TSNode node, bool quoted) const {
  std::string_view written = slice(node);
  std::string_view name = written.substr(1);
  quoted = quoted && name.find('@') == name.npos;  // "$@", "${flags[@]}": a word for each
  if (name.starts_with('{') && name.ends_with('}')) name = name.substr(1, name.size() - 2);
  auto found = variables_.find(name);
  if (found == variables_.end() || !found->second) return add_unknown(word, written, quoted);
  const std::string& value = *found->second;
  bool splits = !quoted && (value.empty() || std::any_of(value.begin(), value.end(), is_blank));
  const bool too_long = word.text.size() + value.size() > longest_word;
  if (splits || too_long) return add_unknown(word, written, quoted);
  word.text += value;
}

}  // namespace

std::vector<std::vector<CommandWord>> shell_commands(std::string_view text,
                                                     std::string_view program) {
  if (text.find(program) == std::string_view::npos) return {};
  ParseMemory memory;
  std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(), ts_parser_delete);
  if (!ts_parser_set_language(parser.get(), tree_sitter_bash())) return {};
  std::unique_ptr<TSTree, decltype(&ts_tree_delete)> tree(
      parse_within_limits(parser.get(), nullptr, text), ts_tree_delete);
  if (!tree) return {};
  return Script(text, program).read(ts_tree_root_node(tree.get()));
}

}  // namespace trainlint
