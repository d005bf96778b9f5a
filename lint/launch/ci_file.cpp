#include "lint/launch/ci_file.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lint/launch/kept_text.h"

namespace trainlint {

namespace {

constexpr auto script_keys =
    std::to_array<std::string_view>({"run", "script", "before_script", "after_script", "bash",
                                     "inlineScript", "command", "cmd", "args"});

// A line of YAML in block style: "    - key: value".
struct Line {
  size_t begin = 0, end = 0;  // bytes of the text; without the line's end
  size_t dash = 0;            // of the last "-" before the key, else `column`
  size_t column = 0;          // of the first byte behind blanks and dashes
  std::string_view key;       // "" where there is none
  size_t value = 0;           // byte of the text where the value begins
  bool item = false;          // it begins with a dash
  bool blank = false;         // or a comment
};

bool is_key_letter(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Line read_line(std::string_view text, size_t begin, size_t end) {
  if (end > begin && text[end - 1] == '\r') --end;
  Line line{.begin = begin, .end = end};
  size_t at = begin;
  auto skip_blanks = [&] {
    while (at < end && text[at] == ' ') ++at;
  };
  skip_blanks();
  line.dash = at - begin;
  while (at + 1 < end && text[at] == '-' && text[at + 1] == ' ') {
    line.item = true;
    line.dash = at++ - begin;
    skip_blanks();
  }
  line.column = at - begin;
  line.blank = at == end || text[at] == '#';
  line.value = at;
  size_t colon = at;
  while (colon < end && is_key_letter(text[colon])) ++colon;
  if (colon == at || colon == end || text[colon] != ':') return line;
  if (colon + 1 < end && text[colon + 1] != ' ') return line;
  line.key = text.substr(at, colon - at);
  at = colon + 1;
  skip_blanks();
  line.value = at;
  return line;
}

bool ends_plain(std::string_view text, size_t at) {
  return text[at] == '#' && at > 0 && text[at - 1] == ' ';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), kept_(text) {
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      lines_.push_back(read_line(text, at, end));
      at = end + 1;
    }
  }

  std::string read() {
    for (size_t i = 0; i < lines_.size();) {
      const Line& line = lines_[i];
      const bool script =
          std::find(script_keys.begin(), script_keys.end(), line.key) != script_keys.end();
      if (!script || line.blank)
        ++i;
      else if (line.key == "args" && is_gcloud_step(i))
        i = read_words(i);
      else
        i = read_script(i);
    }
    return kept_.take();
  }

 private:
  // Each of these returns the first line behind what it has read.
  size_t read_script(size_t i);
  size_t read_value(size_t i, size_t column);
  size_t read_block(size_t i, size_t column, bool folded);
  size_t read_words(size_t i);

  void keep_quoted(size_t begin, size_t end);
  bool keep_flow_words(size_t& i);
  bool keep_item_word(const Line& line);
  bool is_gcloud_step(size_t i) const;
  std::string_view plain_value(const Line& line) const;
  bool is_below(const Line& line, size_t column) const {
    return line.blank || line.begin + line.column == line.end || line.dash > column;
  }

  std::string_view text_;
  KeptText kept_;
  std::vector<Line> lines_;
  size_t closed_ = std::string_view::npos;  // the quote behind the last word of a list
};

// The value of a key, or the items of the list below it.
size_t Reader::read_script(size_t i) {
  const size_t column = lines_[i].column;
  if (lines_[i].value < lines_[i].end && text_[lines_[i].value] != '#')
    return read_value(i, column);
  for (++i; i < lines_.size();) {
    const Line& line = lines_[i];
    if (line.blank) {
      ++i;
      continue;
    }
    // A list may stand right below its key, or further in.
    if (!line.item || line.dash < column || !line.key.empty()) break;
    i = read_value(i, line.dash);
  }
  return i;
}

// A scalar of a mapping's key, or of a list's item, that begins in `column`.
size_t Reader::read_value(size_t i, size_t column) {
  const Line& line = lines_[i];
  const char first = text_[line.value];
  if (first == '|' || first == '>') return read_block(i + 1, column, first == '>');
  if (first == '"' || first == '\'' || first == '[') {
    keep_quoted(line.value, line.end);
    return i + 1;
  }
  if (std::string_view("{&*!").find(first) != std::string_view::npos) return i + 1;
  // Plain, and what goes on below it belongs to the same line of the shell.
  for (size_t at = line.value; at < line.end && !ends_plain(text_, at); ++at)
    kept_.keep(at, at + 1);
  for (++i; i < lines_.size() && !lines_[i].blank && lines_[i].dash > column; ++i) {
    kept_.put(lines_[i].begin - 1, ' ');
    kept_.keep(lines_[i].begin, lines_[i].end);
  }
  return i;
}

size_t Reader::read_block(size_t i, size_t column, bool folded) {
  const size_t first = i;
  auto is_empty = [&](const Line& line) {
    return text_.substr(line.begin, line.end - line.begin).find_first_not_of(' ') == text_.npos;
  };
  for (; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    if (is_empty(line)) continue;
    const size_t indent = text_.find_first_not_of(' ', line.begin) - line.begin;
    if (indent <= column) break;
    if (folded && i > first && !is_empty(lines_[i - 1])) kept_.put(line.begin - 1, ' ');
    kept_.keep(line.begin, line.end);
  }
  return i;
}

// The quoted texts of a line, each as a line of the shell; not those with escapes.
void Reader::keep_quoted(size_t begin, size_t end) {
  for (size_t at = begin; at < end; ++at) {
    const char quote = text_[at];
    if (quote == ',') kept_.put(at, '\n');
    if (quote != '"' && quote != '\'') continue;
    const size_t close = text_.find(quote, at + 1);
    if (close >= end) return;
    const std::string_view inner = text_.substr(at + 1, close - at - 1);
    if (inner.find('\\') != inner.npos || text_.substr(close + 1, 1) == std::string_view(&quote, 1))
      return;
    kept_.keep(at + 1, close);
    at = close;
  }
}

std::string_view Reader::plain_value(const Line& line) const {
  std::string_view value = text_.substr(line.value, line.end - line.value);
  value = value.substr(0, value.find(" #"));
  const size_t first = value.find_first_not_of(" '\"");
  if (first == value.npos) return {};
  return value.substr(first, value.find_last_not_of(" '\"") + 1 - first);
}

// A step of Cloud Build whose arguments are gcloud's: by its entrypoint, or by its builder.
bool Reader::is_gcloud_step(size_t i) const {
  const size_t column = lines_[i].column;
  bool gcloud = false, other = false;
  auto look_at = [&](const Line& line) {
    if (line.column != column) return;
    const std::string_view value = plain_value(line);
    if (line.key == "entrypoint") (value == "gcloud" ? gcloud : other) = true;
    if (line.key == "name" && value.substr(0, value.find(':')).ends_with("cloud-builders/gcloud"))
      gcloud = true;
  };
  for (size_t above = i; !lines_[above].item && above > 0;) {
    if (lines_[--above].blank) continue;
    if (lines_[above].column < column && !lines_[above].item) break;
    look_at(lines_[above]);
    if (lines_[above].item && lines_[above].dash < column) break;
  }
  for (size_t below = i + 1; below < lines_.size(); ++below) {
    if (lines_[below].blank) continue;
    if (lines_[below].dash < column) break;
    look_at(lines_[below]);
  }
  return gcloud && !other;
}

// A word of a list in block style; as the shell would have it, in double quotes.
bool Reader::keep_item_word(const Line& line) {
  size_t begin = line.value, end = line.end;
  if (!line.key.empty() || begin == end) return false;
  const char quote = text_[begin];
  if (quote == '"' || quote == '\'') {
    end = text_.find(quote, begin + 1);
    ++begin;
    if (end >= line.end) return false;
  } else {
    for (size_t at = begin; at < end; ++at)
      if (ends_plain(text_, at)) end = at;
    while (end > begin && text_[end - 1] == ' ') --end;
  }
  const std::string_view word = text_.substr(begin, end - begin);
  if (word.find_first_of("\"\\`|>") != word.npos || end >= text_.size()) return false;
  kept_.keep(begin, end);
  kept_.put(begin - 1, '"');
  kept_.put(closed_ = end, '"');
  return true;
}

// The words of a list in flow style, from the line of its "[" to that of its "]".
bool Reader::keep_flow_words(size_t& i) {
  for (size_t at = lines_[i].value + 1; at < text_.size(); ++at) {
    const char c = text_[at];
    if (c == '\n') {
      ++i;
      kept_.put(at, ' ');
    } else if (c == '"' || c == '\'') {
      const size_t close = text_.find(c, at + 1);
      if (close == text_.npos) return false;
      const std::string_view word = text_.substr(at + 1, close - at - 1);
      if (word.find_first_of("\"\\`\n") != word.npos) return false;
      kept_.keep(at, close);
      kept_.put(at, '"');
      kept_.put(close, '"');
      at = close;
    } else if (c == ']') {
      return true;
    } else if (c != ',') {
      if (std::string_view("#[{}&*|>;`\\()<").find(c) != std::string_view::npos) return false;
      kept_.keep(at, at + 1);
    }
  }
  return false;
}

// "gcloud" takes the place of " args:".
size_t Reader::read_words(size_t i) {
  const Line& head = lines_[i];
  const size_t word = head.begin + head.column - 1;
  const size_t first = i;
  bool whole = head.column > 0;
  if (head.value < head.end) {
    whole = whole && text_[head.value] == '[' && keep_flow_words(i);
    ++i;
  } else {
    for (++i; i < lines_.size() && (lines_[i].blank || lines_[i].item); ++i) {
      if (!lines_[i].blank && lines_[i].dash < head.column) break;
      if (closed_ != lines_[i].begin - 1) kept_.put(lines_[i].begin - 1, ' ');
      if (!lines_[i].blank) whole = whole && keep_item_word(lines_[i]);
    }
    if (i < lines_.size()) kept_.put(lines_[i].begin, '\n');
  }
  if (whole) {
    kept_.put(word, "gcloud");
  } else {
    // A word is missing: then the others say nothing sure.
    const size_t end = i < lines_.size() ? lines_[i].begin : text_.size();
    for (size_t at = lines_[first].begin; at < end; ++at)
      kept_.put(at, text_[at] == '\n' ? '\n' : ' ');
  }
  return i;
}

// What GitHub or Cloud Build puts in, they do in single quotes as well.
std::string with_shell_variables(std::string text) {
  for (size_t at = text.find("${{"); at != text.npos; at = text.find("${{", at)) {
    const size_t end = text.find("}}", at);
    if (end == text.npos || text.substr(at, end - at).find('\n') != text.npos) {
      at += 3;
      continue;
    }
    std::fill(text.begin() + at + 1, text.begin() + end + 2, '_');
  }
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\'') continue;
    const size_t close = text.find_first_of("'\n", at + 1);
    if (close == text.npos) break;
    const std::string_view inner = std::string_view(text).substr(at, close - at);
    if (text[close] == '\'' && inner.find('$') != inner.npos) text[at] = text[close] = '"';
    at = close;
  }
  return text;
}

}  // namespace

std::string shell_of_ci_file(std::string_view yaml) {
  return with_shell_variables(Reader(yaml).read());
}

}  // namespace trainlint
