#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#ifndef _WIN32
#include <unistd.h>
#endif

#include "lint/cli/terminal.h"

namespace trainlint {

namespace fs = std::filesystem;

static std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// There is no way to ask a terminal whether it shows OSC 8 links; these say who they are, and do.
static bool terminal_makes_links() {
  if (std::string_view forced = variable("FORCE_HYPERLINK"); !forced.empty()) return forced != "0";
  static constexpr auto programs = std::to_array<std::string_view>(
      {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"});
  static constexpr auto terminals = std::to_array<std::string_view>(
      {"xterm-kitty", "alacritty", "foot", "foot-extra", "xterm-ghostty", "wezterm", "contour"});
  if (!variable("TMUX").empty() || variable("TERM").starts_with("screen")) return false;
  if (!variable("WT_SESSION").empty() || !variable("KONSOLE_VERSION").empty()) return true;
  const std::string_view vte = variable("VTE_VERSION");  // 0.50 is "5000"
  int version = 0;
  std::from_chars(vte.data(), vte.data() + vte.size(), version);
  auto among = [](const auto& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return version >= 5000 || among(programs, variable("TERM_PROGRAM")) ||
         among(terminals, variable("TERM"));
}

static std::string encoded(const std::string& path) {
  std::string result;
  for (char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || std::strchr("/-._~", c) != nullptr)
      result += c;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

// With the host's name, without which a terminal takes the file of another machine for its own.
static std::string host() {
  char name[256] = "";
#ifndef _WIN32
  if (gethostname(name, sizeof name - 1) != 0) return "";
#endif
  return name;
}

std::string rule_reference_link(ColorChoice choice) {
  if (choice == ColorChoice::never || !stdout_is_terminal() || !terminal_makes_links()) return "";
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);  // Linux; else no links
  if (error) return "";
  const fs::path reference =
      program.parent_path().parent_path() / "share" / "doc" / "trainlint" / "rules.md";
  if (!fs::is_regular_file(reference, error)) return "";
  return fmt::format("file://{}{}", host(), encoded(reference.generic_string()));
}

}  // namespace trainlint
