// pyproject.toml as values of the evaluator, so that both share what follows.
#include "lint/project/settings.h"
#include "lint/text/line_map.h"
#include "lint/text/toml.h"

namespace trainlint {

namespace {

const std::string file_name = "pyproject.toml";

struct Converter {
  std::string_view text;
  LineMap lines;

  // toml++ counts lines and code points from 1.
  uint32_t offset(const toml::source_position& position) const {
    if (position.line == 0 || position.line > lines.line_count()) return 0;
    uint32_t at = lines.line_begin(static_cast<uint32_t>(position.line));
    for (uint32_t column = 1; column < position.column && at < text.size(); column++) {
      at++;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) at++;
    }
    return at;
  }

  Place place(const toml::source_region& region) const {
    uint32_t begin = offset(region.begin), end = offset(region.end);
    return {file_name, Span{begin, end < begin ? begin : end}};
  }

  PyValue convert(const toml::node& node, int depth) const {
    Place at = place(node.source());
    if (depth > 60) return py_unknown("nested too deeply", at);
    if (const toml::table* table = node.as_table()) {
      PyValue out = py_container(PyKind::dict, {}, at);
      for (auto&& [key, value] : *table) {
        out.items->items.push_back(py_string(std::string(key.str()), place(key.source())));
        out.items->items.push_back(convert(value, depth + 1));
      }
      return out;
    }
    if (const toml::array* array = node.as_array()) {
      PyValue out = py_container(PyKind::list, {}, at);
      for (const toml::node& item : *array) out.items->items.push_back(convert(item, depth + 1));
      return out;
    }
    PyValue out = py_unknown("a date or time", at);
    if (const auto* string = node.as_string())
      out = py_string(string->get(), at);
    else if (const auto* integer = node.as_integer())
      out = py_int(integer->get());
    else if (const auto* real = node.as_floating_point())
      out = py_real(real->get());
    else if (const auto* truth = node.as_boolean())
      out = py_bool(truth->get());
    out.place = at;
    return out;
  }
};

}  // namespace

PyValue read_pyproject(const SourceTree& tree, Project& project) {
  if (!tree.has_file(file_name)) return py_none();
  Result<Bytes> bytes = tree.read(file_name);
  // What is parsed takes a hundred times its size; nobody's file comes near.
  constexpr size_t largest = size_t{512} << 10;
  if (!bytes || (*bytes)->size() > largest) return py_none();
  Converter converter{**bytes, LineMap(**bytes)};
  toml::parse_result result = toml::parse(std::string_view(**bytes));
  if (!result) {
    uint32_t at = converter.offset(result.error().source().begin);
    project.faults.emplace_back(std::string(result.error().description()),
                                Place{file_name, Span{at, at}});
    return py_none();
  }
  return converter.convert(result.table(), 0);
}

}  // namespace trainlint
