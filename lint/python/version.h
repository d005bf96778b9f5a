#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace trainlint {

// A Python language version such as 3.11, as "target" of all judgements about source text.
struct PythonVersion {
  int major = 3;
  int minor = 11;  // the newest Python that Vertex AI's prebuilt training images have (mid-2026)

  // clang-tidy 14 takes the 0 that comparisons are rewritten with for a null pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const PythonVersion&, const PythonVersion&) = default;
};

// The newest whose grammar and library are known here.
inline constexpr PythonVersion newest_python{3, 14};

// "3", "3.7" or "3.7.12"; nullopt for anything else. "3" means the default 3.x.
std::optional<PythonVersion> parse_python_version(std::string_view text);
std::string to_string(PythonVersion version);

}  // namespace trainlint
