// fromfile_prefix_chars: a word that begins with such a character names a file, each line of which
// is a word. Only files of the tree can be read here.
#include "lint/arguments/reader.h"

namespace trainlint {

// The lines of a text that holds nothing but what every Python reads alike; nullopt otherwise.
static std::optional<std::vector<std::string>> plain_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::string line;
  for (char c : text) {
    const bool plain = (c >= ' ' && c < 0x7f) || c == '\t';
    if (c == '\n')
      lines.push_back(std::exchange(line, ""));
    else if (!plain)
      return std::nullopt;
    else
      line += c;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

static bool add_words(const ArgumentParser& parser, const SourceTree& tree,
                      const std::vector<std::string>& words, int depth,
                      std::vector<std::string>& out) {
  for (const std::string& word : words) {
    if (word.empty() || parser.file_prefixes.find(word[0]) == std::string::npos) {
      out.push_back(word);
      continue;
    }
    const std::string path = word.substr(1);
    if (depth == 0 || !tree.has_file(path)) return false;
    const Result<Bytes> text = tree.read(path);
    if (!text) return false;
    const auto lines = plain_lines(**text);
    if (!lines || !add_words(parser, tree, *lines, depth - 1, out)) return false;
  }
  return true;
}

std::optional<std::vector<std::string>> words_with_files(const ArgumentParser& parser,
                                                         const SourceTree& tree,
                                                         const std::vector<std::string>& words) {
  std::vector<std::string> out;
  constexpr int files_in_files = 10;
  if (!add_words(parser, tree, words, files_in_files, out)) return std::nullopt;
  return out;
}

}  // namespace trainlint
