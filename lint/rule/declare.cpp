#include <algorithm>

#include "lint/project/ini.h"
#include "lint/rule/repair.h"
#include "lint/rule/rewrite.h"

// What the project's metadata lacks, added to it: setup.py, setup.cfg, pyproject.toml, MANIFEST.in.

namespace trainlint {

namespace {

std::string_view line_end_of(std::string_view text) {
  return text.find("\r\n") == text.npos ? "\n" : "\r\n";
}

// Lines at the end of a file, which may lack its last line end.
Fix append(const std::string& path, std::string_view text, std::string_view lines,
           std::string title) {
  const std::string_view end = line_end_of(text);
  std::string added = text.empty() || text.ends_with('\n') ? "" : std::string(end);
  for (char c : lines) c == '\n' ? added += end : added += c;
  const auto at = static_cast<uint32_t>(text.size());
  return {std::move(title), false, {{path, {at, at}, std::move(added)}}};
}

// The end of the last string of a TOML array of plain strings that begins at an offset; nothing for
// an empty one, and for one that holds anything else.
std::optional<Span> last_string(std::string_view text, size_t at) {
  if (at >= text.size() || text[at] != '[') return std::nullopt;
  std::optional<Span> last;
  for (++at; at < text.size() && text[at] != ']';) {
    const char c = text[at];
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '"' || c == '\'') {
      const size_t end = text.find(c, at + 1);
      const std::string_view inside = text.substr(at + 1, end - at - 1);
      if (end == text.npos || inside.empty() || inside.find_first_of("\\\n") != inside.npos)
        return std::nullopt;
      last = Span{static_cast<uint32_t>(at), static_cast<uint32_t>(end + 1)};
      at = end + 1;
    } else if (c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++at;
    } else {
      return std::nullopt;
    }
  }
  return at < text.size() ? last : std::nullopt;
}

// The blanks before an offset where nothing else is before it on its line, with the line's end.
std::string separator_before(std::string_view text, size_t offset) {
  size_t begin = offset;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  if (begin == 0 || text[begin - 1] != '\n') return " ";
  return std::string(line_end_of(text)) + std::string(text.substr(begin, offset - begin));
}

std::optional<Fix> add_to_toml(const Package& package, const Place& place, std::string_view item) {
  const Bytes text = text_to_edit(package, place.path);
  if (!text || !place.span) return std::nullopt;
  const std::optional<Span> last = last_string(*text, place.span->begin);
  if (!last) return std::nullopt;
  const char quote = (*text)[last->begin];
  return Fix{
      fmt::format("add '{}' to the list", item),
      false,
      {{place.path,
        {last->end, last->end},
        fmt::format(",{}{}{}{}", separator_before(*text, last->begin), quote, item, quote)}}};
}

// A list that has a line for each item.
std::optional<Fix> add_to_ini(const Package& package, std::string_view section,
                              std::string_view name, std::string_view item) {
  const Bytes text = text_to_edit(package, "setup.cfg");
  if (!text) return std::nullopt;
  const Ini ini = parse_ini(*text);
  const IniSection* found = ini.find(section);
  const IniOption* option = found && !ini.fault ? found->find(name) : nullptr;
  if (!option || option->lines.size() < 2) return std::nullopt;
  auto last = std::find_if(option->lines.rbegin(), option->lines.rend(),
                           [](const IniLine& line) { return !line.text.empty(); });
  if (last == option->lines.rend() || last->begin <= option->span.end) return std::nullopt;
  const std::string separator = separator_before(*text, last->begin);
  if (separator == " ") return std::nullopt;
  const auto end = last->begin + static_cast<uint32_t>(last->text.size());
  if (std::string_view(*text).substr(last->begin, last->text.size()) != last->text)
    return std::nullopt;
  return Fix{fmt::format("add '{}' to {}", item, name),
             false,
             {{"setup.cfg", {end, end}, separator + std::string(item)}}};
}

// A keyword of its own for setup(), behind the last that it has.
std::optional<Fix> add_keyword(const Package& package, std::string_view keyword,
                               std::string_view value) {
  const Module* module = package.module_at("setup.py");
  if (!module || !module->faults.empty()) return std::nullopt;
  const Call* setup = nullptr;
  for (const Call& call : module->calls) {
    if (call.callee != "setup" && call.callee != "setuptools.setup") continue;
    if (setup) return std::nullopt;
    setup = &call;
  }
  if (!setup || setup->argument_count == 0) return std::nullopt;
  const std::span<const Argument> given(&module->arguments[setup->first_argument],
                                        setup->argument_count);
  if (std::any_of(given.begin(), given.end(), [&](const Argument& each) {
        return each.keyword.empty() || each.keyword == keyword || each.keyword.starts_with('*');
      }))
    return std::nullopt;
  const Syntax& syntax = module->syntax;
  const std::string_view text = module->text();
  const uint32_t begin = static_cast<uint32_t>(given.back().keyword.data() - text.data());
  const uint32_t end = syntax.span(given.back().value).end;
  // A value in brackets ends behind its node.
  if (const size_t next = text.find_first_not_of(" \t\r\n", end);
      next == text.npos || (text[next] != ',' && text[next] != ')' && text[next] != '#'))
    return std::nullopt;
  return Fix{fmt::format("add {} to setup()", keyword),
             false,
             {{"setup.py",
               {end, end},
               fmt::format(",{}{}={}", separator_before(text, begin), keyword, value)}}};
}

// The file that says what is packed: where there are several, each may say a part.
std::string metadata_file(const Project& project) {
  for (const std::string& path : {project.packages.place.path, project.name.place.path})
    if (path == "setup.py" || path == "setup.cfg" || path == "pyproject.toml") return path;
  return "";
}

}  // namespace

std::optional<Fix> add_requirement(const Package& package, std::string_view requirement) {
  const Value<std::vector<Requirement>>& given = package.project.install_requires;
  if (given.is_unknown()) return std::nullopt;
  const std::string file = given.is_absent() ? metadata_file(package.project) : given.place.path;
  if (file == "setup.py")
    return given.is_absent()
               ? add_keyword(package, "install_requires", fmt::format("['{}']", requirement))
               : add_to_list(package, given.place, requirement);
  if (given.is_absent()) return std::nullopt;
  if (file == "setup.cfg") return add_to_ini(package, "options", "install_requires", requirement);
  if (file == "pyproject.toml") return add_to_toml(package, given.place, requirement);
  return std::nullopt;
}

std::optional<Fix> add_package_data(const Package& package, std::string_view name,
                                    std::string_view below, std::string_view source) {
  const Project& project = package.project;
  const std::string file = metadata_file(project);
  // Blanks part the words of MANIFEST.in, and some letters are patterns everywhere.
  if (file.empty() || source.find_first_of(" \t*?[]{}'\"\\") != source.npos) return std::nullopt;
  const Bytes manifest = text_to_edit(package, "MANIFEST.in");
  const bool packs_manifest =
      project.include_package_data.is_known() && project.include_package_data.value;
  if (packs_manifest && (manifest || file == "setup.py"))
    return append("MANIFEST.in", manifest ? std::string_view(*manifest) : std::string_view(),
                  fmt::format("include {}\n", source),
                  fmt::format("add 'include {}' to MANIFEST.in", source));
  if (!project.package_data.is_absent()) return std::nullopt;
  if (file == "setup.py")
    return add_keyword(package, "package_data", fmt::format("{{'{}': ['{}']}}", name, below));
  const Bytes text = text_to_edit(package, file);
  if (!text || text->find("setuptools.package-data") != text->npos ||
      text->find("options.package_data") != text->npos ||
      text->find("\npackage-data") != text->npos)
    return std::nullopt;
  const std::string lines =
      file == "setup.cfg"
          ? fmt::format("\n[options.package_data]\n{} = {}\n", name, below)
          : fmt::format("\n[tool.setuptools.package-data]\n\"{}\" = [\"{}\"]\n", name, below);
  return append(file, *text, lines,
                fmt::format("add '{}' to the package data of '{}'", below, name));
}

}  // namespace trainlint
