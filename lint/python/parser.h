#pragma once

#include <memory>

#include "lint/python/syntax.h"

namespace trainlint {

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* handle) const noexcept {
    release(handle);
  }
};
using ParserHandle = std::unique_ptr<TSParser, Releaser<ts_parser_delete>>;
using TreeHandle = std::unique_ptr<TSTree, Releaser<ts_tree_delete>>;

ParserHandle make_parser();

}  // namespace trainlint
