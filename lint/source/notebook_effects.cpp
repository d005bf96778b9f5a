#include "lint/source/notebook_effects.h"

#include <algorithm>
#include <array>

#include "lint/text/path.h"

namespace trainlint {

std::optional<std::string> path_in(const CurrentFolder& folder, std::string_view written) {
  if (!folder || written.empty() || written.find_first_of("${}*?~`") != written.npos)
    return std::nullopt;
  std::string path = normal_path(join_path(*folder, written));
  if (path.starts_with('/') || path.starts_with("..")) return std::nullopt;
  return path;
}

CurrentFolder folder_after(const CurrentFolder& folder, std::string_view written) {
  return path_in(folder, written);
}

namespace {

constexpr std::string_view init_file = "__init__.py";

std::string top_of(std::string_view path) {
  return std::string(path.substr(0, path.find('/')));
}

void note_created(const std::optional<std::string>& path, std::string_view written, bool empty,
                  NotebookContent& content) {
  if (!path && written.ends_with(init_file)) content.makes_init_files = true;
  if (!path) return;
  // What is created anew is no longer what a cell has written before.
  if (!empty) content.written.erase(*path);
  if (content.written.count(*path) == 0) (empty ? content.touched : content.filled).insert(*path);
}

// The words of one simple command; quotes go, redirections stand alone.
std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words(1);
  char quote = 0;
  for (char c : command) {
    if (quote != 0 ? c == quote : (c == '"' || c == '\'')) {
      quote = quote != 0 ? 0 : c;
    } else if (quote == 0 && (c == ' ' || c == '\t' || c == '\r')) {
      if (!words.back().empty()) words.emplace_back();
    } else if (quote == 0 && c == '>') {
      if (words.back() != ">" && !words.back().empty()) words.emplace_back();
      words.back() = ">";
    } else {
      if (words.back() == ">" && quote == 0) words.emplace_back();
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What programs put into folders, as far as their last word names one.
bool copies_files(const std::vector<std::string>& words) {
  if (is_one_of(words[0], {"cp", "mv", "rsync", "ln", "unzip", "git"})) return true;
  if (words[0] == "tar") return words.size() > 1 && words[1].find('x') != std::string::npos;
  return (words[0] == "gsutil" || words[0] == "gcloud") &&
         std::find_if(words.begin(), words.end(), [](const std::string& word) {
           return is_one_of(word, {"cp", "mv", "rsync"});
         }) != words.end();
}

void note_command(const std::vector<std::string>& words, CurrentFolder& folder,
                  NotebookContent& content) {
  for (size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == ">") note_created(path_in(folder, words[i + 1]), words[i + 1], false, content);
  if (words.size() < 2) return;
  const std::string& last = words.back();
  if (words[0] == "cd") folder = folder_after(folder, words[1]);
  const bool touches = words[0] == "touch", fills = is_one_of(words[0], {"tee", "sed"});
  for (size_t i = 1; i < words.size() && (touches || fills); ++i)
    if (!words[i].starts_with('-'))
      note_created(path_in(folder, words[i]), words[i], touches, content);
  if (!copies_files(words)) return;
  std::string target = last;
  if (words[0] == "git") {  // clones into a folder of its name
    target = std::string(file_name(last));
    target.resize(target.size() - (target.ends_with(".git") ? 4 : 0));
  }
  if (target.ends_with(init_file)) content.makes_init_files = true;
  if (std::optional<std::string> path = path_in(folder, target); path && !path->empty())
    content.changed.insert(top_of(*path));
}

}  // namespace

// Lines that end with a backslash go on; commands also end at ';', '&' and '|'.
void note_script(std::string_view script, CurrentFolder folder, NotebookContent& content) {
  std::string command;
  char quote = 0;
  auto finish = [&] {
    const std::vector<std::string> words = words_of(command);
    if (!words.empty()) note_command(words, folder, content);
    command.clear();
  };
  for (size_t i = 0; i < script.size(); ++i) {
    const char c = script[i];
    if (c == '\\' && i + 1 < script.size()) {
      command += script[++i] == '\n' ? ' ' : script[i];
      continue;
    }
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (quote == c || c == '\n')  // a line with a lone quote spoils no other
      quote = 0;
    if (quote == 0 && std::string_view("\n;&|").find(c) != std::string_view::npos)
      finish();
    else
      command += c;
  }
  finish();
}

// The string literals of a line, in order; what a variable or an f-string holds is not known.
static std::vector<std::string_view> literals_of(std::string_view line) {
  std::vector<std::string_view> found;
  for (size_t at = 0; (at = line.find_first_of("\"'", at)) != line.npos;) {
    const size_t end = line.find(line[at], at + 1);
    if (end == line.npos) break;
    found.push_back(line.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return found;
}

void note_python(std::string_view line, CurrentFolder& folder, NotebookContent& content) {
  if (line.find(init_file) != line.npos) content.makes_init_files = true;
  const std::vector<std::string_view> literals = literals_of(line);
  if (size_t call = line.find("chdir("); call != line.npos) {
    const bool literal =
        call + 6 < line.size() && (line[call + 6] == '"' || line[call + 6] == '\'');
    folder = literal && !literals.empty() ? folder_after(folder, literals[0]) : std::nullopt;
  }
  const bool opens = line.find("open(") != line.npos && literals.size() > 1 &&
                     literals[1].find_first_of("wax") == 0;
  if (opens || line.find(".write_text(") != line.npos) {
    if (!literals.empty()) note_created(path_in(folder, literals[0]), literals[0], false, content);
  }
  constexpr auto movers = std::to_array<std::string_view>(
      {"shutil.copy", "shutil.move", "os.rename(", "os.replace(", "os.symlink("});
  for (std::string_view mover : movers) {
    if (line.find(mover) == line.npos) continue;
    for (std::string_view literal : literals)
      if (std::optional<std::string> path = path_in(folder, literal); path && !path->empty())
        content.changed.insert(top_of(*path));
  }
}

}  // namespace trainlint
