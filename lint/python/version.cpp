#include "lint/python/version.h"

#include <charconv>

#include <fmt/format.h>

namespace trainlint {

static std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return number;
}

std::optional<PythonVersion> parse_python_version(std::string_view text) {
  std::optional<int> major = take_number(text);
  if (!major) return std::nullopt;
  if (text.empty()) {
    if (*major == 3) return PythonVersion{};
    if (*major == 2) return PythonVersion{2, 7};
    return std::nullopt;
  }
  if (text.front() != '.') return std::nullopt;
  text.remove_prefix(1);
  std::optional<int> minor = take_number(text);
  if (!minor) return std::nullopt;
  if (!text.empty()) {  // a patch level is read and dropped: no judgement depends on it
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
    if (!take_number(text) || !text.empty()) return std::nullopt;
  }
  return PythonVersion{*major, *minor};
}

std::string to_string(PythonVersion version) {
  return fmt::format("{}.{}", version.major, version.minor);
}

}  // namespace trainlint
