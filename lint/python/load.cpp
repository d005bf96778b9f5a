#include "lint/python/check/check.h"
#include "lint/python/module.h"
#include "lint/python/reparse.h"
#include "lint/python/source_text.h"

namespace trainlint {

static Module load(std::string path, const std::shared_ptr<const std::string>& bytes,
                   PythonVersion target, Reparser* reparser) {
  Module module;
  module.path = std::move(path);
  SourceText source = decode_source(bytes);
  module.syntax = reparser ? reparser->parse(source.text) : Syntax::parse(source.text);
  if (module.syntax.nodes().empty()) {
    module.syntax = {};
    module.problem = "takes too long to parse, or too much memory";
    module.not_judged = true;
    return module;
  }
  module.faults = check_source(source, *bytes, target);
  lower(module);
  return module;
}

Module load_module(std::string path, std::shared_ptr<const std::string> bytes,
                   PythonVersion target) {
  return load(std::move(path), bytes, target, nullptr);
}

Module load_module(std::string path, std::shared_ptr<const std::string> bytes, PythonVersion target,
                   Reparser& reparser) {
  return load(std::move(path), bytes, target, &reparser);
}

Module unparsed_module(std::string path, std::shared_ptr<const std::string> bytes) {
  Module module;
  module.path = std::move(path);
  module.syntax = Syntax::of_tree(decode_source(std::move(bytes)).text, nullptr);
  return module;
}

}  // namespace trainlint
