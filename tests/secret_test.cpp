#include <doctest/doctest.h>

#include <string>

#include "lint/text/secret.h"
#include "tests/support/program.h"

namespace trainlint {

// Put together here, so that no scanner takes this file for a leak.
static std::string token(const std::string& prefix, size_t length) {
  static const std::string letters = "aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV";
  std::string text = prefix;
  while (text.size() < length) text += letters[text.size() % letters.size()];
  return text;
}

TEST_CASE("tokens are known by their form, and hidden but for their beginning") {
  for (const auto& [prefix, length] : {std::pair{"AKIA", 20},
                                       {"AIza", 39},
                                       {"GOCSPX-", 35},
                                       {"ghp_", 40},
                                       {"github_pat_", 93},
                                       {"hf_", 37},
                                       {"glpat-", 26},
                                       {"xoxb-", 57}}) {
    const std::string before = "a = '", whole = token(prefix, static_cast<size_t>(length));
    CAPTURE(whole);
    const std::string stars(whole.size() - std::string(prefix).size(), '*');
    CHECK(without_secrets(before + whole + "'") == before + prefix + stars + "'");
    CHECK(without_secrets("x" + whole) == "x" + whole);
    CHECK_FALSE(find_secret(prefix + std::string(static_cast<size_t>(length) - 4, 'x')));
  }
}

TEST_CASE("what stands in a key or a login is hidden") {
  const std::string key = token("", 64), title = "-----BEGIN PRIVATE KEY-----";
  CHECK(without_secrets("{\"private_key\": \"" + title + "\\n" + key + "\"}") ==
        "{\"private_key\": \"" + title + std::string(2 + key.size(), '*') + "\"}");
  const std::string login = R"("refresh_token": "1//)";
  CHECK(without_secrets(login + key + "\"") == login + std::string(key.size(), '*') + "\"");
  CHECK_FALSE(find_secret(R"({"refresh_token": token, "grant_type": "refresh_token"})"));
  CHECK_FALSE(find_secret("-----BEGIN PRIVATE KEY-----..."));
}

TEST_CASE("no format prints a secret") {
  const std::string secret = token("ghp_", 40);
  const Workplace place(
      "-- setup.py --\nfrom setuptools import setup\n"
      "setup(name='trainer', version='0.1', packages=['trainer'])\n"
      "-- trainer/__init__.py --\n-- trainer/task.py --\nTOKEN = '" +
      secret + "'\n");
  for (const char* format : {"text", "concise", "json", "jsonl", "lsp", "sarif", "github", "gitlab",
                             "junit", "rdjson"}) {
    CAPTURE(format);
    const Outcome outcome = place.run(std::string("check . --format ") + format);
    CHECK(has(outcome.out, "secret-in-package"));
    CHECK_FALSE(has(outcome.out + outcome.err, secret.substr(8)));
  }
}

}  // namespace trainlint
