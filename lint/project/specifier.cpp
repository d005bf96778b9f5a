#include <algorithm>

#include "lint/project/pep440.h"

namespace trainlint {

static constexpr std::pair<std::string_view, VersionOperator> operators[] = {
    {"===", VersionOperator::identical}, {"~=", VersionOperator::compatible},
    {"==", VersionOperator::equal},      {"!=", VersionOperator::not_equal},
    {"<=", VersionOperator::less_equal}, {">=", VersionOperator::greater_equal},
    {"<", VersionOperator::less},        {">", VersionOperator::greater},
};

static std::string_view strip(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\r\f\v";
  size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string_view operator_text(VersionOperator op) {
  for (const auto& [text, value] : operators)
    if (value == op) return text;
  return "";
}

std::string specifier_text(const Specifier& specifier) {
  return std::string(operator_text(specifier.op)) + specifier.text;
}

// What each operator allows behind it: ".*" and a local version only "==" and "!=", one dot at
// least for "~=".
static bool is_allowed(const Specifier& specifier) {
  if (!specifier.version) return false;
  const Version& version = *specifier.version;
  bool is_equality =
      specifier.op == VersionOperator::equal || specifier.op == VersionOperator::not_equal;
  if (specifier.is_prefix)
    return is_equality && !version.is_prerelease() && !version.post && version.local.empty();
  if (!version.local.empty() && !is_equality) return false;
  return specifier.op != VersionOperator::compatible || version.release.size() > 1;
}

std::optional<Specifier> parse_specifier(std::string_view text) {
  text = strip(text);
  for (const auto& [sign, op] : operators) {
    if (!text.starts_with(sign)) continue;
    std::string_view version = strip(text.substr(sign.size()));
    Specifier specifier{op, std::string(version), std::nullopt, false};
    if (op == VersionOperator::identical) {
      if (version.find_first_of(" \t\n\r\f\v;)") != version.npos) return std::nullopt;
      specifier.version = parse_version(version);
      return specifier;
    }
    specifier.is_prefix = version.ends_with(".*");
    if (specifier.is_prefix) version.remove_suffix(2);
    // "1.0 .*" would be a version with a blank behind it.
    if (strip(version).size() == version.size()) specifier.version = parse_version(version);
    return is_allowed(specifier) ? std::optional(specifier) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<SpecifierSet> parse_specifier_set(std::string_view text) {
  SpecifierSet set;
  while (!text.empty()) {
    size_t comma = text.find(',');
    std::string_view part = strip(text.substr(0, comma));
    text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
    if (part.empty()) continue;
    std::optional<Specifier> specifier = parse_specifier(part);
    if (!specifier) return std::nullopt;
    set.specifiers.push_back(std::move(*specifier));
  }
  return set;
}

static Version without_local(Version version) {
  version.local.clear();
  return version;
}

static bool same_base(const Version& a, const Version& b) {
  Version left, right;
  left.epoch = a.epoch;
  left.release = a.release;
  right.epoch = b.epoch;
  right.release = b.release;
  return left == right;
}

// Do the first `size` numbers agree, with zeros for those that are not written?
static bool has_prefix(const Version& version, const Version& prefix, size_t size) {
  if (version.epoch != prefix.epoch) return false;
  for (size_t i = 0; i < size; ++i)
    if ((i < version.release.size() ? version.release[i] : 0) != prefix.release[i]) return false;
  return true;
}

static bool is_equal(const Specifier& specifier, const Version& version) {
  const Version& wanted = *specifier.version;
  if (specifier.is_prefix) return has_prefix(version, wanted, wanted.release.size());
  return wanted.local.empty() ? without_local(version) == wanted : version == wanted;
}

// "<3.1" does not take 3.1.dev0, though it comes before; "<3.1rc1" does.
static bool is_less(const Version& version, const Version& limit) {
  if (version >= limit) return false;
  return limit.is_prerelease() || !version.is_prerelease() || !same_base(version, limit);
}

// ">3.1" takes neither 3.1.post0 nor 3.1+local.
static bool is_greater(const Version& version, const Version& limit) {
  if (version <= limit) return false;
  if (!limit.post && version.post && same_base(version, limit)) return false;
  return version.local.empty() || !same_base(version, limit);
}

static std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

bool matches(const Specifier& specifier, const Version& version) {
  if (specifier.op == VersionOperator::identical)
    return lower(version.text()) == lower(specifier.text);
  const Version& wanted = *specifier.version;
  switch (specifier.op) {
    case VersionOperator::equal:
      return is_equal(specifier, version);
    case VersionOperator::not_equal:
      return !is_equal(specifier, version);
    case VersionOperator::compatible:
      return without_local(version) >= wanted &&
             has_prefix(version, wanted, wanted.release.size() - 1);
    case VersionOperator::less_equal:
      return without_local(version) <= wanted;
    case VersionOperator::greater_equal:
      return without_local(version) >= wanted;
    case VersionOperator::less:
      return is_less(version, wanted);
    case VersionOperator::greater:
      return is_greater(version, wanted);
    case VersionOperator::identical:
      break;
  }
  return false;
}

// "!=1.0rc1", "<1.0rc1" and ">1.0rc1" name a pre-release without asking for one.
static bool asks_for_prerelease(const Specifier& specifier) {
  switch (specifier.op) {
    case VersionOperator::not_equal:
    case VersionOperator::less:
    case VersionOperator::greater:
      return false;
    default:
      return specifier.version && specifier.version->is_prerelease();
  }
}

bool contains(const SpecifierSet& set, const Version& version, PreReleases pre) {
  const std::vector<Specifier>& all = set.specifiers;
  bool allowed = pre == PreReleases::by_default
                     ? std::any_of(all.begin(), all.end(), asks_for_prerelease)
                     : pre == PreReleases::allowed;
  if (version.is_prerelease() && !allowed) return false;
  return std::all_of(all.begin(), all.end(),
                     [&](const Specifier& specifier) { return matches(specifier, version); });
}

}  // namespace trainlint
