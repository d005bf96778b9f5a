#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace trainlint {

// Why something outside the package could not be done ("no such file"): one line, lower case,
// without a full stop. A fault in the user's input is a finding, never an Error.
struct Error {
  std::string message;
};

// A value or the reason why there is none; shaped like std::expected, which C++20 lacks.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  const std::string& error() const { return std::get<1>(state_).message; }

 private:
  std::variant<T, Error> state_;
};

}  // namespace trainlint
