#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "lint/source/notebook_effects.h"
#include "lint/text/line_map.h"

// The magics of IPython's cells: https://ipython.readthedocs.io/en/stable/interactive/magics.html

namespace trainlint {

namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_name_letter(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string_view without_blanks(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

// The text from the first line that is not blank on.
std::string_view without_blank_lines(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n\f");
  if (first == text.npos) return {};
  const size_t line = text.substr(0, first).rfind('\n');
  return text.substr(line == text.npos ? 0 : line + 1);
}

// Between "!" and the shell, IPython replaces $name and {expression}: that becomes a variable of
// the shell of the same length, of which as little is known. Single quotes would hide it.
std::string with_shell_variables(std::string_view line) {
  std::string text(line);
  size_t quote = text.npos;
  bool replaced = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') {
      if (quote != text.npos && replaced) text[quote] = text[i] = '"';
      quote = quote == text.npos ? i : text.npos;
      replaced = false;
    }
    replaced = replaced || text[i] == '$' || text[i] == '{';
    const size_t end = text[i] == '{' ? text.find('}', i) : text.npos;
    if (end == text.npos || end == i + 1) continue;
    const bool is_shell = i > 0 && text[i - 1] == '$';  // ${name}
    if (!is_shell) {
      text[i] = '$';
      for (size_t at = i + 1; at <= end; ++at)
        if (!is_name_letter(text[at])) text[at] = '_';
      if (std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0) text[i + 1] = '_';
    }
    i = end;
  }
  return text;
}

// Where a line's shell command begins, after "!" or "name = !"; npos for a line of Python.
size_t command_begin(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  if (first == line.npos) return line.npos;
  size_t mark = first;
  if (line[first] != '!') {
    const size_t equals = line.find('=');
    if (equals == line.npos) return line.npos;
    for (char c : line.substr(first, equals - first))
      if (!is_name_letter(c) && c != ' ') return line.npos;
    mark = line.find_first_not_of(" \t", equals + 1);
    if (mark == line.npos || line[mark] != '!' || line.substr(mark).starts_with("!="))
      return line.npos;
  }
  return line.find_first_not_of('!', mark);
}

// The file that "%%writefile [-a] FILE" names; not a name where it names several.
std::string target_of(std::string_view arguments, bool& append) {
  std::string path;
  for (std::string_view rest = without_blanks(arguments); !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
    rest = without_blanks(rest.substr(word.size()));
    if (word == "-a" || word == "--append")
      append = true;
    else
      path += (path.empty() ? "" : "$") + std::string(word);
  }
  const bool quoted =
      path.size() > 1 && (path[0] == '"' || path[0] == '\'') && path.back() == path[0];
  return quoted ? path.substr(1, path.size() - 2) : path;
}

class CellReader {
 public:
  explicit CellReader(NotebookContent& content) : content_(content) {}

  void read(const CodeCell& cell);

 private:
  void assign(std::string_view line);
  std::string replaced(std::string_view text) const;
  void write_file(std::string_view arguments, std::string_view body);
  void keep_file(const std::string& path, std::string_view body, bool append);
  void read_script(std::string_view body);
  void read_python(std::string_view body);
  void read_line_magic(std::string_view line);
  NotebookText text_at(std::string_view body, std::string text) const;
  void keep_program(std::string_view body, std::string python);

  NotebookContent& content_;
  CurrentFolder folder_ = "";
  std::map<std::string, std::optional<std::string>> variables_;  // null: not known
  const CodeCell* cell_ = nullptr;
};

// `text` stands where `body` does, which is a part of the cell.
NotebookText CellReader::text_at(std::string_view body, std::string text) const {
  const auto begin = static_cast<uint32_t>(body.data() - cell_->text.data());
  const uint32_t first = LineMap(std::string_view(cell_->text).substr(0, begin)).line_count();
  NotebookText result{std::move(text), {}};
  const uint32_t count = LineMap(result.text).line_count();
  for (uint32_t i = 0; i < count; ++i) result.lines.push_back({cell_->number, first + i});
  return result;
}

// `NAME = "text"`, at the top level; any other assignment makes the name unknown.
void CellReader::assign(std::string_view line) {
  size_t end = 0;
  while (end < line.size() && is_name_letter(line[end])) ++end;
  const std::string name(line.substr(0, end));
  const std::string_view rest = without_blanks(line.substr(end));
  if (name.empty() || !rest.starts_with('=') || rest.starts_with("==")) return;
  std::string_view value = without_blanks(rest.substr(1));
  value = without_blanks(value.substr(0, value.find('#')));
  const bool literal = value.size() > 1 && (value[0] == '"' || value[0] == '\'') &&
                       value.find(value[0], 1) == value.size() - 1 &&
                       value.find('\\') == value.npos;
  variables_[name].reset();
  if (literal) variables_[name] = std::string(value.substr(1, value.size() - 2));
}

// With the values of variables for {NAME} and $NAME, as far as they are known.
std::string CellReader::replaced(std::string_view text) const {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool braces = text[i] == '{';
    size_t end = i + 1;
    while ((braces || text[i] == '$') && end < text.size() && is_name_letter(text[end])) ++end;
    auto found = variables_.find(std::string(text.substr(i + 1, end - i - 1)));
    const bool closed = !braces || (end < text.size() && text[end] == '}');
    if (found == variables_.end() || !found->second || !closed) {
      result += text[i];
      continue;
    }
    result += *found->second;
    i = braces ? end : end - 1;
  }
  return result;
}

void CellReader::write_file(std::string_view arguments, std::string_view body) {
  bool append = false;
  const std::string path = replaced(target_of(arguments, append));
  const std::optional<std::string> known = path_in(folder_, path);
  if (!known && !path.starts_with('/') && !path.starts_with("..")) {
    for (std::string_view ending : {".py", ".cfg", ".toml", ".txt"})
      content_.writes_elsewhere = content_.writes_elsewhere || path.ends_with(ending);
  }
  if (known && !known->empty() && !body.empty())
    keep_file(*known, body, append);
  else if (path.ends_with("__init__.py"))  // a cell without a body is refused
    content_.makes_init_files = true;
}

void CellReader::keep_file(const std::string& path, std::string_view body, bool append) {
  NotebookText text = text_at(body, std::string(body));
  if (text.text.back() != '\n') text.text += '\n';
  text.lines.push_back({cell_->number, text.lines.back().line + 1});
  text.lines.resize(LineMap(text.text).line_count());
  auto written = content_.written.find(path);
  if (append && written != content_.written.end()) {
    NotebookText& before = written->second;
    before.text += text.text;
    before.lines.back() = text.lines.front();
    before.lines.insert(before.lines.end(), text.lines.begin() + 1, text.lines.end());
  } else if (append) {  // what it is appended to is not known
    content_.filled.insert(path);
  } else {
    content_.written[path] = std::move(text);
    content_.touched.erase(path);
    content_.filled.erase(path);
  }
}

void CellReader::read_script(std::string_view body) {
  note_script(body, folder_, content_);
  content_.scripts.push_back(text_at(body, std::string(body)));
}

void CellReader::read_line_magic(std::string_view line) {
  // %cp and %mv are the shell's; %run runs a script.
  for (std::string_view command : {"%cp ", "%mv "})
    if (line.starts_with(command)) return note_script(line.substr(1), folder_, content_);
  for (std::string_view command : {"%run ", "%save ", "%history "})
    if (line.starts_with(command)) return note_script(line, folder_, content_);
  if (!line.starts_with("%cd")) return;
  const std::string written = replaced(without_blanks(line.substr(3)));
  std::string_view target = written;
  if (target.size() > 1 && (target[0] == '"' || target[0] == '\''))
    target = target.substr(1, target.size() - 2);
  folder_ = folder_after(folder_, target);
}

void CellReader::keep_program(std::string_view body, std::string python) {
  if (without_blanks(python).empty()) return;
  if (!python.ends_with('\n')) python += '\n';
  NotebookText cell = text_at(body, std::move(python));
  NotebookText& program = content_.program;
  // The line behind a cell's last is the next cell's first.
  if (!program.lines.empty()) program.lines.pop_back();
  program.text += cell.text;
  program.lines.insert(program.lines.end(), cell.lines.begin(), cell.lines.end());
}

// Python with lines of shell commands among it.
void CellReader::read_python(std::string_view body) {
  std::string commands;  // as long as the body, with blanks for the Python
  std::string run;       // the same without the Python, and with what is known of it
  std::string python;    // as long as the body, with blanks for the commands
  bool continues = false, any = false;
  for (size_t at = 0; at < body.size();) {
    const size_t end = std::min(body.find('\n', at), body.size() - 1) + 1;
    const std::string_view line = body.substr(at, end - at);
    at = end;
    const size_t begin = continues ? 0 : command_begin(line);
    if (begin == line.npos) {
      commands.append(line.size(), ' ');
      if (line.ends_with('\n')) commands.back() = '\n';
      const std::string_view rest = without_blanks(line);
      python +=
          rest.starts_with('%') ? std::string(line.size() - 1, ' ') + '\n' : std::string(line);
      rest.starts_with('%') ? read_line_magic(rest) : note_python(line, folder_, content_);
      assign(line);
      continue;
    }
    any = true;
    python += std::string(line.size() - 1, ' ') + '\n';
    commands.append(begin, ' ');
    commands += with_shell_variables(line.substr(begin));
    run += replaced(line.substr(begin));
    continues = without_blanks(line).ends_with('\\');
  }
  keep_program(body, std::move(python));
  if (!any) return;
  note_script(run, folder_, content_);
  content_.scripts.push_back(text_at(body, std::move(commands)));
}

void CellReader::read(const CodeCell& cell) {
  cell_ = &cell;
  std::string_view body = without_blank_lines(cell.text);
  while (body.starts_with("%%")) {
    const size_t end = std::min(body.find('\n'), body.size());
    const std::string_view line = without_blanks(body.substr(2, end - 2));
    const std::string_view name = line.substr(0, line.find_first_of(" \t"));
    const std::string_view arguments = line.substr(name.size());
    body = body.substr(std::min(end + 1, body.size()));
    if (is_one_of(name, {"writefile", "file"})) return write_file(arguments, body);
    const std::string_view program = without_blanks(arguments);
    if (is_one_of(name, {"bash", "sh"}) ||
        (name == "script" && (program.starts_with("bash") || program.starts_with("sh"))))
      return read_script(body);
    // These run the rest as a cell; of others nothing is known but the module that they name.
    if (!is_one_of(name, {"capture", "time", "timeit", "prun"})) {
      content_.writes_elsewhere =
          content_.writes_elsewhere || arguments.find(".py") != arguments.npos;
      return;
    }
    body = without_blank_lines(body);
  }
  read_python(body);
}

}  // namespace

NotebookContent content_of(const std::vector<CodeCell>& cells) {
  NotebookContent content;
  CellReader reader(content);
  for (const CodeCell& cell : cells) reader.read(cell);
  if (!mentions_sdk_job(content.program.text)) content.program = {};
  return content;
}

}  // namespace trainlint
