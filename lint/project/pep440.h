#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace trainlint {

// Versions and version specifiers: https://packaging.python.org/en/latest/specifications/
// version-specifiers/ (PEP 440). The reference is the `packaging` library from release 22 on.

enum class PreKind : uint8_t { alpha, beta, candidate };

struct PreRelease {
  PreKind kind = PreKind::alpha;
  uint64_t number = 0;
  auto operator<=>(const PreRelease&) const = default;
};

// One dotted part of a local version; numbers sort behind words.
struct LocalPart {
  bool is_number = false;
  uint64_t number = 0;
  std::string word;  // lower case
  auto operator<=>(const LocalPart&) const = default;
};

struct Version {
  uint64_t epoch = 0;
  std::vector<uint64_t> release;  // at least one; "1.0" and "1" differ here and compare equal
  std::optional<PreRelease> pre;
  std::optional<uint64_t> post;
  std::optional<uint64_t> dev;
  std::vector<LocalPart> local;  // empty when there is none

  bool is_prerelease() const { return pre.has_value() || dev.has_value(); }
  std::string text() const;  // in normal form: "1!1.0rc1.post2.dev3+deb.1"
};

// Blanks around it, a leading "v", other spellings and separators are fine: "v1.0-Alpha_2".
std::optional<Version> parse_version(std::string_view text);

std::strong_ordering operator<=>(const Version& a, const Version& b);
bool operator==(const Version& a, const Version& b);

// What setuptools makes of a version: the normal form, or a text that fits into a file name.
std::string safe_version(std::string_view text);

enum class VersionOperator : uint8_t {
  compatible,     // ~=
  equal,          // ==
  not_equal,      // !=
  less_equal,     // <=
  greater_equal,  // >=
  less,           // <
  greater,        // >
  identical,      // ===, compares texts
};

struct Specifier {
  VersionOperator op = VersionOperator::equal;
  std::string text;                // behind the operator, stripped: "1.0.*"
  std::optional<Version> version;  // without the ".*"; none for "===" and a text that is no version
  bool is_prefix = false;          // "==1.0.*", "!=1.0.*"
};

// All of them must hold. Empty: every version.
struct SpecifierSet {
  std::vector<Specifier> specifiers;
};

// "by default" lets pre-releases in if and only if a specifier itself names one.
enum class PreReleases : uint8_t { by_default, allowed, refused };

std::optional<Specifier> parse_specifier(std::string_view text);
// Divided by commas; empty parts are fine.
std::optional<SpecifierSet> parse_specifier_set(std::string_view text);

std::string_view operator_text(VersionOperator op);
std::string specifier_text(const Specifier& specifier);  // "~=1.0"

// Does this one specifier take the version, pre-release or not?
bool matches(const Specifier& specifier, const Version& version);
bool contains(const SpecifierSet& set, const Version& version,
              PreReleases pre = PreReleases::by_default);

}  // namespace trainlint
