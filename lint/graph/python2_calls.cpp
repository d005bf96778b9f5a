// Calls that Python 3 compiles and that only Python 2 can carry out.
#include <algorithm>
#include <span>

#include "lint/graph/python2.h"

namespace trainlint {

using NameSet = std::unordered_set<std::string_view>;

namespace {

struct CallSite {
  const Module& module;
  const Syntax& syntax;
  const NameSet& bound;
  const NameSet& imported;
  std::span<const Argument> arguments;
  Syntax::Node object = Syntax::none;  // of a method's call
  Span span;                           // of the name that is called
  std::string_view name;               // "sorted", or "sort" of a method
  std::string_view callee;             // dotted, as written
};

using Found = std::optional<NameFault>;

Found use(const CallSite& site, std::string_view said) {
  NameFault fault{.kind = NameFault::python2_item};
  fault.span = site.span;
  fault.name = said;
  return fault;
}

template <size_t count>
bool one_of(std::string_view name, const std::string_view (&names)[count]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// The name of a built-in function, where the node is a call of it: "zip".
std::string_view builtin_called(const CallSite& site, Syntax::Node node) {
  if (site.syntax.kind(node) != sym_call) return {};
  const Syntax::Node function = site.syntax.field(node, field_function);
  if (function == Syntax::none || site.syntax.kind(function) != sym_identifier) return {};
  std::string_view name = site.syntax.text(function);
  return site.bound.contains(name) ? std::string_view() : name;
}

bool has_keyword(const CallSite& site, std::string_view keyword) {
  return std::any_of(site.arguments.begin(), site.arguments.end(),
                     [&](const Argument& argument) { return argument.keyword == keyword; });
}

std::string_view text_of(const CallSite& site, size_t position) {
  if (position >= site.arguments.size() || !site.arguments[position].keyword.empty()) return {};
  return site.syntax.text(site.arguments[position].value);
}

// Text between plain quotes, or "".
std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() > 2 && (text.front() == '\'' || text.front() == '"') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : std::string_view();
}

// hasattr(rows, "iteritems")
bool is_asked_for(const Module& module, std::string_view name) {
  for (const char* quote : {"'", "\""})
    if (module.text().find(quote + std::string(name) + quote + ")") != std::string_view::npos)
      return true;
  return false;
}

// `rows.iteritems()`, where `rows` is no module: six.iteritems(rows) is right.
Found dictionary_method(const CallSite& site) {
  static constexpr std::string_view methods[] = {"iteritems", "iterkeys", "itervalues", "has_key",
                                                 "viewitems", "viewkeys", "viewvalues"};
  if (!one_of(site.name, methods)) return std::nullopt;
  // The module's own class may have it, or the call depends on whether there is one.
  if (site.bound.contains(site.name) || is_asked_for(site.module, site.name)) return std::nullopt;
  // Series and frames had iteritems until pandas 2.0; an import's name may be any library's.
  std::string_view owner = site.syntax.text(site.object);
  if (site.imported.contains(owner.substr(0, owner.find_first_of(".(["))) || owner == "six" ||
      (site.name == "iteritems" && site.module.text().find("pandas") != std::string_view::npos))
    return std::nullopt;
  NameFault fault{.kind = NameFault::python2_method};
  fault.span = site.span;
  fault.name = site.name;
  return fault;
}

// rows.keys().sort(), where `rows` is a plain dictionary for all that can be seen
bool sorts_view(const CallSite& site) {
  if (site.name != "sort" || site.syntax.kind(site.object) != sym_call) return false;
  std::string_view text = site.syntax.text(site.object), module = site.module.text();
  const size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || module.find("pandas") != std::string_view::npos)
    return false;
  std::string_view method = text.substr(dot + 1), owner = text.substr(0, dot);
  return (method == "keys()" || method == "values()" || method == "items()") &&
         !site.bound.contains(method.substr(0, method.size() - 2)) &&
         !site.imported.contains(owner.substr(0, owner.find_first_of(".([")));
}

// sorted(rows, cmp=order), rows.sort(cmp), zip(a, b).sort()
Found list_method(const CallSite& site) {
  static constexpr std::string_view views[] = {"zip", "map", "filter", "range"};
  static constexpr std::string_view methods[] = {"sort",    "append", "extend", "insert",
                                                 "reverse", "pop",    "remove"};
  if (site.name == "sort" && (has_keyword(site, "cmp") || text_of(site, 0) == "cmp"))
    return use(site,
               "lists are sorted without 'cmp' in Python 3, which is a TypeError; write "
               "'key=functools.cmp_to_key(...)'");
  if ((one_of(site.name, methods) && one_of(builtin_called(site, site.object), views)) ||
      sorts_view(site))
    return use(
        site,
        "the result is no list in Python 3, and has no such method; write 'list(...)' around it");
  return std::nullopt;
}

// "6869".decode("hex"), and text that would be decoded
Found text_method(const CallSite& site) {
  static constexpr std::string_view codecs[] = {
      "hex", "base64", "zlib", "bz2", "rot13", "rot_13", "string_escape", "string-escape"};
  if (site.name != "encode" && site.name != "decode") return std::nullopt;
  std::string_view owner = site.syntax.text(site.object);
  const bool is_text = site.name == "decode" && site.syntax.kind(site.object) == sym_string &&
                       owner.find_first_of("bBfFtT") > owner.find_first_of("'\"");
  if (is_text)
    return use(
        site,
        "text has no 'decode' in Python 3: it is decoded already; leave it out, or write b'...'");
  if (one_of(unquoted(text_of(site, 0)), codecs) &&
      !site.imported.contains(owner.substr(0, owner.find_first_of(".(["))))
    return use(site,
               "no text is made by this codec in Python 3, which is a LookupError; write "
               "'codecs.encode(...)' or 'codecs.decode(...)'");
  return std::nullopt;
}

// csv.reader(file).next(), or of a variable that is nothing else
Found next_method(const CallSite& site) {
  static constexpr std::string_view makers[] = {
      "csv.reader", "csv.DictReader", "iter", "open", "enumerate", "zip", "map"};
  if (site.name != "next" || !site.arguments.empty()) return std::nullopt;
  std::string_view owner = site.syntax.text(site.object);
  const Syntax::Node function = site.syntax.kind(site.object) == sym_call
                                    ? site.syntax.field(site.object, field_function)
                                    : Syntax::none;
  bool known = function != Syntax::none && one_of(site.syntax.text(function), makers);
  if (site.syntax.kind(site.object) == sym_identifier)
    for (std::string_view maker : makers) {
      const std::string assigned = std::string(owner) + " = " + std::string(maker) + "(";
      known = known || site.module.text().find(" " + assigned) != std::string_view::npos ||
              site.module.text().find("\n" + assigned) != std::string_view::npos;
    }
  if (!known || site.bound.contains("next")) return std::nullopt;
  return use(site, "iterators have no 'next' in Python 3; write 'next(...)'");
}

Found thread_method(const CallSite& site, PythonVersion python) {
  if (site.name != "isAlive" || python < PythonVersion{3, 9} || site.bound.contains("isAlive") ||
      site.module.text().find("threading") == std::string_view::npos)
    return std::nullopt;
  return use(site, "threads have no 'isAlive' since Python 3.9; it is 'is_alive'");
}

Found function_call(const CallSite& site, PythonVersion python) {
  static constexpr std::string_view views[] = {"zip", "map", "filter"};
  if (site.callee == "random.shuffle" && !site.arguments.empty() &&
      builtin_called(site, site.arguments[0].value) == "range")
    return use(
        site,
        "a range cannot be shuffled in Python 3, which is a TypeError; write 'list(range(...))'");
  if (site.object != Syntax::none || site.bound.contains(site.name)) return std::nullopt;
  if (site.name == "sorted" && has_keyword(site, "cmp"))
    return use(site,
               "'sorted' takes no 'cmp' in Python 3, which is a TypeError; write "
               "'key=functools.cmp_to_key(...)'");
  if (site.name == "len" && site.arguments.size() == 1 &&
      one_of(builtin_called(site, site.arguments[0].value), views))
    return use(
        site,
        "the argument is no list in Python 3, and has no length; write 'list(...)' around it");
  if (site.name == "map" && text_of(site, 0) == "None")
    return use(
        site,
        "'map' calls None in Python 3, which is a TypeError; write 'itertools.zip_longest(...)'");
  if (site.name == "open" && python >= PythonVersion{3, 11} &&
      unquoted(text_of(site, 1)).find('U') != std::string_view::npos &&
      unquoted(text_of(site, 1)).size() <= 3)
    return use(
        site, "files have no mode 'U' since Python 3.11, which is a ValueError; leave the 'U' out");
  return std::nullopt;
}

}  // namespace

std::optional<NameFault> python2_call(const Module& module, const Call& call, const NameSet& bound,
                                      const NameSet& imported, PythonVersion python) {
  const Syntax& syntax = module.syntax;
  if (syntax.kind(call.node) != sym_call) return std::nullopt;
  const Syntax::Node function = syntax.field(call.node, field_function);
  if (function == Syntax::none) return std::nullopt;
  CallSite site{module, syntax, bound, imported,
                std::span(module.arguments).subspan(call.first_argument, call.argument_count)};
  site.callee = call.callee;
  site.span = syntax.span(function);
  site.name = syntax.text(function);
  if (syntax.kind(function) == sym_attribute) {
    site.object = syntax.field(function, field_object);
    const Syntax::Node attribute = syntax.field(function, field_attribute);
    if (site.object == Syntax::none || attribute == Syntax::none) return std::nullopt;
    site.span = syntax.span(attribute);
    site.name = syntax.text(attribute);
  } else if (syntax.kind(function) != sym_identifier) {
    return std::nullopt;
  }
  Found found = function_call(site, python);
  if (site.object == Syntax::none || found) return found;
  for (Found (*look)(const CallSite&) : {dictionary_method, list_method, text_method, next_method})
    if ((found = look(site))) return found;
  return thread_method(site, python);
}

}  // namespace trainlint
