#include "lint/source/notebook_effects.h"

#include <algorithm>
#include <array>

#include "lint/text/path.h"

namespace trainlint {

std::optional<std::string> path_in(const CurrentFolder& folder, std::string_view written) {
  if (!folder || written.empty() || written.find_first_of("${}*?~`") != written.npos ||
      written.find("://") != written.npos)
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
  if (is_one_of(words[0], {"cp", "mv", "rsync", "ln", "git"})) return true;
  return (words[0] == "gsutil" || words[0] == "gcloud") &&
         std::find_if(words.begin(), words.end(), [](const std::string& word) {
           return is_one_of(word, {"cp", "mv", "rsync"});
         }) != words.end();
}

// Files that come into a folder from nobody knows where; the current one may be the package's or
// hold it.
void note_filled_folder(const CurrentFolder& folder, std::string_view written,
                        NotebookContent& content) {
  std::optional<std::string> path = path_in(folder, written);
  if (path && !path->empty())
    content.changed.insert(top_of(*path));
  else
    content.writes_elsewhere = true;
}

// The word behind one of the flags, also as "-dfolder" where the flag is a letter; "" for none.
std::string value_behind(const std::vector<std::string>& words,
                         std::initializer_list<std::string_view> flags) {
  for (size_t i = 1; i < words.size(); ++i)
    for (std::string_view flag : flags) {
      if (words[i] == flag && i + 1 < words.size()) return words[i + 1];
      if (flag.size() == 2 && words[i].size() > 2 && words[i].starts_with(flag))
        return words[i].substr(2);
    }
  return "";
}

// wget, curl
void note_download(const std::vector<std::string>& words, const CurrentFolder& folder,
                   NotebookContent& content) {
  const bool curl = words[0] == "curl";
  const std::string file = curl ? value_behind(words, {"-o", "--output"})
                                : value_behind(words, {"-O", "--output-document"});
  const std::string into = curl ? "" : value_behind(words, {"-P", "--directory-prefix"});
  if (!into.empty()) return note_filled_folder(folder, into, content);
  if (!file.empty()) return note_created(path_in(folder, file), file, false, content);
  const std::string name(file_name(words.back()));
  note_created(path_in(folder, name), name, false, content);
}

// A script that is not known, or one that names modules.
bool is_foreign_script(const std::string& script, const CurrentFolder& folder,
                       const NotebookContent& content) {
  const std::optional<std::string> path = path_in(folder, script);
  if (!path || file_name(*path) == "setup.py" || content.filled.count(*path) > 0) return !path;
  const auto written = content.written.find(*path);
  return written == content.written.end() ||
         written->second.text.find(".py\"") != std::string::npos ||
         written->second.text.find(".py'") != std::string::npos;
}

// A program that may write any file.
bool may_write_modules(const std::vector<std::string>& words, const CurrentFolder& folder,
                       const NotebookContent& content) {
  if (is_one_of(words[0], {"make", "patch", "protoc", "gdown", "%save", "%history"})) return true;
  if (words[0].starts_with("./")) return is_foreign_script(words[0], folder, content);
  if (words[0] == "jupyter" || words[0] == "jupytext")
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
      return is_one_of(word, {"python", "script", "py", "--to=python", "--to=script"});
    });
  const bool python = words[0].starts_with("python") &&
                      words[0].find_first_not_of("0123456789.", 6) == std::string::npos;
  const bool runs = python || is_one_of(words[0], {"%run", "bash", "sh", "source", "."});
  if (!runs) return false;
  const auto script = std::find_if(words.begin() + 1, words.end(),
                                   [](const std::string& word) { return !word.starts_with('-'); });
  if (script == words.end() || (script - 1)->starts_with("-m")) return false;
  return is_foreign_script(*script, folder, content);
}

void note_command(const std::vector<std::string>& words, CurrentFolder& folder,
                  NotebookContent& content) {
  for (size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == ">") note_created(path_in(folder, words[i + 1]), words[i + 1], false, content);
  if (may_write_modules(words, folder, content)) content.writes_elsewhere = true;
  if (words.size() < 2) return;
  const std::string& last = words.back();
  if (words[0] == "cd") folder = folder_after(folder, words[1]);
  const bool touches = words[0] == "touch", fills = is_one_of(words[0], {"tee", "sed"});
  for (size_t i = 1; i < words.size() && (touches || fills); ++i)
    if (!words[i].starts_with('-'))
      note_created(path_in(folder, words[i]), words[i], touches, content);
  if (is_one_of(words[0], {"wget", "curl"})) return note_download(words, folder, content);
  if (words[0] == "unzip" || (words[0] == "tar" && words[1].find('x') != std::string::npos))
    return note_filled_folder(folder, value_behind(words, {"-d", "-C", "--directory"}), content);
  if (!copies_files(words)) return;
  if (words[0] == "git" && (words[1] != "clone" || last == ".")) {
    content.writes_elsewhere = content.writes_elsewhere || is_one_of(words[1], {"clone", "apply"});
    return;
  }
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
  for (std::string_view runner : {"os.system(", "subprocess."}) {
    if (line.find(runner) == line.npos) continue;
    std::string script;  // ["git", "clone", url] as well as "git clone url"
    for (std::string_view literal : literals) script.append(literal).append(" ");
    note_script(script, folder, content);
  }
  for (std::string_view unpacker : {".extractall(", "unpack_archive("})
    if (line.find(unpacker) != line.npos) content.writes_elsewhere = true;
  for (std::string_view download : {"urlretrieve(", ".download_to_filename("})
    if (line.find(download) != line.npos && !literals.empty())
      note_created(path_in(folder, literals.back()), literals.back(), false, content);
  constexpr auto movers =
      std::to_array<std::string_view>({"shutil.copy", "shutil.move", "os.rename(", "os.replace(",
                                       "os.symlink(", "gfile.copy(", "gfile.Copy("});
  for (std::string_view mover : movers) {
    if (line.find(mover) == line.npos) continue;
    for (std::string_view literal : literals)
      if (std::optional<std::string> path = path_in(folder, literal); path && !path->empty())
        content.changed.insert(top_of(*path));
  }
}

}  // namespace trainlint
