#include "lint/rule/rewrite.h"

#include "lint/finding/edits.h"
#include "lint/rule/repair.h"

namespace trainlint {

namespace {

bool is_word_end(std::string_view rest) {
  return rest.empty() || rest.find_first_of("=:\"'") == 0;
}

// The call that a print statement is written as; nothing for "print >> file, ...".
std::optional<std::vector<Edit>> print_edits(const Module& module, Syntax::Node statement) {
  const Syntax& syntax = module.syntax;
  Syntax::Node first = Syntax::none, last = Syntax::none;
  for (Syntax::Node child = syntax.first(statement); child != Syntax::none;
       child = syntax.sibling(child, statement)) {
    if (syntax.kind(child) == sym_chevron) return std::nullopt;
    if (first == Syntax::none && syntax.named(child)) first = child;
    last = child;
  }
  if (first == Syntax::none) return std::nullopt;
  const Span whole = syntax.span(statement), end = syntax.span(last);
  const bool goes_on = syntax.text(last) == ",";
  std::vector<Edit> edits;
  edits.push_back({module.path, {whole.begin + 5, syntax.span(first).begin}, "("});
  if (goes_on)
    edits.push_back({module.path, end, ", end=\" \")"});
  else
    edits.push_back({module.path, {end.end, end.end}, ")"});
  return edits;
}

}  // namespace

Bytes text_to_edit(const Package& package, const std::string& path) {
  if (!package.tree->has_file(path)) return nullptr;
  Result<Bytes> text = package.tree->read(path);
  return text && !(*text)->starts_with("\xEF\xBB\xBF") ? *text : nullptr;
}

std::optional<Fix> correct_word(const Package& package, const Place& place, std::string_view wrong,
                                std::string_view right) {
  if (!place.span || wrong.empty()) return std::nullopt;
  const Bytes text = text_to_edit(package, place.path);
  if (!text || place.span->end > text->size()) return std::nullopt;
  std::string_view written = std::string_view(*text).substr(place.span->begin);
  written = written.substr(0, place.span->end - place.span->begin);
  const uint32_t quote = written.starts_with('"') || written.starts_with('\'') ? 1 : 0;
  written.remove_prefix(quote);
  if (!written.starts_with(wrong) || !is_word_end(written.substr(wrong.size())))
    return std::nullopt;
  const uint32_t begin = place.span->begin + quote;
  return Fix{
      fmt::format("write '{}' instead of '{}'", right, wrong),
      false,
      {{place.path, {begin, begin + static_cast<uint32_t>(wrong.size())}, std::string(right)}}};
}

void suggest(Report::Added& added, const Package& package, const Place& place,
             std::string_view wrong, const std::optional<std::string>& right) {
  if (!right) return;
  added.note(fmt::format("did you mean '{}'?", *right));
  if (auto fix = correct_word(package, place, wrong, *right)) added.fix(std::move(*fix));
}

std::optional<Fix> call_print(const Package& package, const Module& module) {
  const Syntax& syntax = module.syntax;
  Fix fix{"write print(...)", false, {}};
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
    if (syntax.kind(node) != sym_print_statement) continue;
    std::optional<std::vector<Edit>> edits = print_edits(module, node);
    if (!edits) return std::nullopt;
    fix.edits.insert(fix.edits.end(), edits->begin(), edits->end());
  }
  if (fix.edits.empty()) return std::nullopt;
  const auto after = std::make_shared<const std::string>(edited(module.text(), fix.edits));
  if (!load_module(module.path, after, package.launch.python).faults.empty()) return std::nullopt;
  return fix;
}

}  // namespace trainlint
