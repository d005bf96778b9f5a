// The re module.
#include "lint/project/library.h"
#include "lint/project/pattern.h"

namespace trainlint {

static constexpr size_t npos = std::string::npos;

static MethodResult cannot(Interpreter& interpreter, const PyArguments& arguments,
                           std::string_view what) {
  return not_known(interpreter, arguments, what);
}

static PyValue group_value(const PyValue& text, const Extent& extent) {
  if (extent.first == npos) return py_none();
  return py_piece(text, extent.first, extent.second - extent.first);
}

static PyValue match_object(const Pattern& pattern, const PatternMatch& match, const PyValue& text,
                            const Place& place) {
  std::vector<PyValue> groups;
  for (const Extent& extent : match.groups) groups.push_back(group_value(text, extent));
  PyValue names = py_container(PyKind::dict, {}, place);
  for (const auto& [name, number] : pattern.names) {
    names.items->items.push_back(py_string(name));
    names.items->items.push_back(groups[static_cast<size_t>(number)]);
  }
  PyValue object = py_container(
      PyKind::match, {py_container(PyKind::tuple, std::move(groups), place), names}, place);
  return object;
}

// What findall gives for one match: the whole, the one group, or a tuple of the groups.
static PyValue found_value(const PatternMatch& match, const PyValue& text, const Place& place) {
  auto or_empty = [&](const Extent& extent) {
    return extent.first == npos ? py_string("", place) : group_value(text, extent);
  };
  if (match.groups.size() <= 2) return or_empty(match.groups.back());
  std::vector<PyValue> all;
  for (size_t i = 1; i < match.groups.size(); i++) all.push_back(or_empty(match.groups[i]));
  return py_container(PyKind::tuple, std::move(all), place);
}

// All matches from left to right; nullopt when that takes too long.
static std::optional<std::vector<PatternMatch>> all_matches(const Pattern& pattern,
                                                            const std::string& text) {
  std::vector<PatternMatch> all;
  for (size_t at = 0; at <= text.size();) {
    SearchResult result = search_pattern(pattern, text, at, Anchoring::anywhere);
    if (result.gave_up || all.size() > 10'000) return std::nullopt;
    if (!result.match) break;
    const Extent& whole = result.match->groups[0];
    at = whole.second > whole.first ? whole.second : whole.second + 1;
    all.push_back(std::move(*result.match));
  }
  return all;
}

// A replacement text with \1 and \g<1> carried out; nullopt for other escapes.
static std::optional<std::string> expanded(const std::string& replacement,
                                           const PatternMatch& match, const std::string& text) {
  std::string out;
  for (size_t i = 0; i < replacement.size(); i++) {
    if (replacement[i] != '\\') {
      out.push_back(replacement[i]);
      continue;
    }
    char c = i + 1 < replacement.size() ? replacement[++i] : '\0';
    if (c == '\\')
      out.push_back('\\');
    else if (c == 'n')
      out.push_back('\n');
    else if (c >= '1' && c <= '9' && static_cast<size_t>(c - '0') < match.groups.size()) {
      const Extent& extent = match.groups[static_cast<size_t>(c - '0')];
      if (extent.first != npos) out += text.substr(extent.first, extent.second - extent.first);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

static MethodResult substitute(const Pattern& pattern, const PyValue& replacement,
                               const PyValue& text, const Place& place) {
  auto all = all_matches(pattern, text.text);
  if (!all || !replacement.is(PyKind::string)) return std::nullopt;
  std::string out;
  size_t done = 0;
  for (const PatternMatch& match : *all) {
    std::optional<std::string> with = expanded(replacement.text, match, text.text);
    if (!with) return std::nullopt;
    out += text.text.substr(done, match.groups[0].first - done) + *with;
    done = match.groups[0].second;
  }
  return py_string(out + text.text.substr(done), all->empty() ? text.place : place);
}

static MethodResult split(const Pattern& pattern, const PyValue& text, const Place& place) {
  auto all = all_matches(pattern, text.text);
  if (!all) return std::nullopt;
  std::vector<PyValue> parts;
  size_t done = 0;
  for (const PatternMatch& match : *all) {
    parts.push_back(py_piece(text, done, match.groups[0].first - done));
    for (size_t i = 1; i < match.groups.size(); i++)
      parts.push_back(group_value(text, match.groups[i]));
    done = match.groups[0].second;
  }
  parts.push_back(py_piece(text, done, text.text.size() - done));
  return py_container(PyKind::list, std::move(parts), place);
}

// A function of a compiled pattern; `rest` are the arguments after the pattern.
static MethodResult apply(const Pattern& pattern, std::string_view name,
                          const std::vector<PyValue>& rest, const Place& place) {
  size_t text_at = name == "sub" ? 1 : 0;
  if (rest.size() <= text_at || !rest[text_at].is(PyKind::string)) return std::nullopt;
  const PyValue& text = rest[text_at];
  if (rest.size() > text_at + 1 || mentions_root(text.text)) return std::nullopt;
  if (name == "search" || name == "match" || name == "fullmatch") {
    Anchoring anchoring = name == "search"  ? Anchoring::anywhere
                          : name == "match" ? Anchoring::at_start
                                            : Anchoring::whole;
    SearchResult result = search_pattern(pattern, text.text, 0, anchoring);
    if (result.gave_up) return std::nullopt;
    return result.match ? match_object(pattern, *result.match, text, place) : py_none();
  }
  if (name == "sub") return substitute(pattern, rest[0], text, place);
  if (name == "split") return split(pattern, text, place);
  auto all = all_matches(pattern, text.text);
  if (!all) return std::nullopt;
  std::vector<PyValue> found;
  for (const PatternMatch& match : *all)
    found.push_back(name == "findall" ? found_value(match, text, place)
                                      : match_object(pattern, match, text, place));
  return name == "findall" ? py_container(PyKind::list, std::move(found), place)
                           : py_iterator(std::move(found), place);
}

static PyValue call_named(Interpreter& interpreter, const PyArguments& arguments,
                          std::string_view name) {
  size_t count = name == "sub" ? 3 : 2;
  const PyValue* flags = arguments.keyword("flags");
  if (!flags && arguments.positional.size() > count && name != "sub" && name != "split")
    flags = &arguments.positional[count];
  bool usable = arguments.positional.size() >= count && !arguments.lost &&
                (!flags || flags->is(PyKind::integer)) &&
                arguments.keywords.size() == (arguments.keyword("flags") ? 1 : 0);
  if (!usable) return *cannot(interpreter, arguments, "re." + std::string(name));
  const PyValue& given = arguments.positional[0];
  bool compiled_flags = given.is(PyKind::regex);
  auto pattern =
      given.is(PyKind::string) || compiled_flags
          ? compile_pattern(given.text, static_cast<uint32_t>(compiled_flags ? given.number
                                                              : flags        ? flags->number
                                                                             : 0))
          : std::nullopt;
  std::vector<PyValue> rest(arguments.positional.begin() + 1,
                            arguments.positional.begin() + static_cast<ptrdiff_t>(count));
  bool more = arguments.positional.size() > count && (name == "sub" || name == "split");
  MethodResult result =
      pattern && !more ? apply(*pattern, name, rest, arguments.place) : std::nullopt;
  return result ? *result : *cannot(interpreter, arguments, "re." + std::string(name));
}

static constexpr std::string_view function_names[] = {"search",   "match", "fullmatch", "findall",
                                                      "finditer", "sub",   "split"};

template <size_t which>
static PyValue call_re(Interpreter& interpreter, const PyArguments& arguments) {
  return call_named(interpreter, arguments, function_names[which]);
}

static PyValue call_compile(Interpreter& interpreter, const PyArguments& arguments) {
  const PyValue* text = arguments.get(0, "pattern");
  const PyValue* flags = arguments.get(1, "flags");
  if (!text || !text->is(PyKind::string) || (flags && !flags->is(PyKind::integer)))
    return not_known(interpreter, arguments, "re.compile");
  PyValue regex = *text;
  regex.kind = PyKind::regex;
  regex.number = flags ? flags->number : 0;
  return regex;
}

static PyValue call_escape(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.positional.size() != 1 || !arguments.positional[0].is(PyKind::string))
    return not_known(interpreter, arguments, "re.escape");
  std::string out;
  for (char c : arguments.positional[0].text) {
    if (std::string_view("()[]{}?*+-|^$\\.&~# \t\n\r\v\f").find(c) != npos) out.push_back('\\');
    out.push_back(c);
  }
  return py_string(out, arguments.place);
}

std::span<const LibraryEntry> regex_functions() {
  static constexpr LibraryEntry table[] = {
      {"re.search", call_re<0>},  {"re.match", call_re<1>},     {"re.fullmatch", call_re<2>},
      {"re.findall", call_re<3>}, {"re.finditer", call_re<4>},  {"re.sub", call_re<5>},
      {"re.split", call_re<6>},   {"re.compile", call_compile}, {"re.escape", call_escape}};
  return table;
}

static MethodResult match_method(Interpreter& interpreter, const PyValue& object,
                                 std::string_view name, const PyArguments& arguments) {
  const PyValue &groups = object.items->items[0], &names = object.items->items[1];
  auto one = [&](const PyValue& which) {
    if (which.is(PyKind::string)) return interpreter.subscript(names, which, arguments.place);
    return interpreter.subscript(groups, which, arguments.place);
  };
  if (name == "group" || name == "__getitem__") {
    if (arguments.positional.empty()) return groups.items->items[0];
    if (arguments.positional.size() == 1) return one(arguments.positional[0]);
    std::vector<PyValue> all;
    for (const PyValue& which : arguments.positional) all.push_back(one(which));
    return py_container(PyKind::tuple, std::move(all), arguments.place);
  }
  if (name == "groups" && arguments.positional.empty())
    return py_container(PyKind::tuple, {groups.items->items.begin() + 1, groups.items->items.end()},
                        arguments.place);
  if (name == "groupdict" && arguments.positional.empty())
    return py_container(PyKind::dict, names.items->items, arguments.place);
  return std::nullopt;
}

MethodResult regex_method(Interpreter& interpreter, const PyValue& object, std::string_view name,
                          const PyArguments& arguments) {
  if (object.is(PyKind::match)) return match_method(interpreter, object, name, arguments);
  PyArguments all = arguments;
  all.positional.insert(all.positional.begin(), object);
  for (std::string_view known : function_names)
    if (known == name) return call_named(interpreter, all, known);
  return std::nullopt;
}

}  // namespace trainlint
