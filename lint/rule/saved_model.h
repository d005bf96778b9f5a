#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// Where the package's code puts the models that it saves.

struct SavedModel {
  const Module* module = nullptr;
  const Call* call = nullptr;
  Place place;                         // of the call
  Syntax::Node path = 0;               // the expression for the place; none where it is not seen
  std::optional<std::string> written;  // the path, where it is written out in the code
};

// In the modules that the job imports, in order: model.save(), joblib.dump(), torch.save(),
// pickle.dump() and the like.
std::vector<SavedModel> saved_models(const Package& package);

// Whether each of them is written to a place on the worker's own disk, and nothing in the package
// takes files elsewhere.
bool stay_on_worker(const Package& package, const std::vector<SavedModel>& saved);

// What an expression for a path ends with, as far as it is written out: "model.keras" of
// os.path.join(folder, "model.keras").
std::optional<std::string> written_end(const Module& module, Syntax::Node expression);

}  // namespace trainlint
