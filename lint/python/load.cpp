#include "lint/python/check/check.h"
#include "lint/python/module.h"
#include "lint/python/source_text.h"

namespace trainlint {

Module load_module(std::string path, std::shared_ptr<const std::string> bytes,
                   PythonVersion target) {
  Module module;
  module.path = std::move(path);
  SourceText source = decode_source(bytes);
  module.syntax = Syntax::parse(source.text);
  module.faults = check_source(source, *bytes, target);
  lower(module);
  return module;
}

}  // namespace trainlint
