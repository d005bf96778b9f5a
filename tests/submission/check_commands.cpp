// What trainlint's reading of gcloud commands says: one JSON list of words a line in (without
// "gcloud"), one JSON list of faults a line out, null for a command it does not know.
#include <nlohmann/json.hpp>

#include <iostream>
#include <string>

#include "lint/launch/gcloud.h"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::vector<trainlint::CommandWord> words(1);
    words[0].text = "gcloud";
    for (const auto& word : nlohmann::json::parse(line)) {
      words.emplace_back();
      words.back().text = word.get<std::string>();
    }
    nlohmann::json answer;
    if (auto command = trainlint::read_gcloud_command(words)) {
      answer = nlohmann::json::array();
      for (const trainlint::GcloudFault& fault : command->faults) answer.push_back(fault.message);
    }
    std::cout << answer.dump() << "\n";
  }
}
