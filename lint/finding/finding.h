#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/text/span.h"

namespace trainlint {

enum class Severity : uint8_t { advice, warning, error };

std::string_view to_string(Severity severity);

struct Note {
  std::string message;
  std::optional<Place> place;
};

// A replacement of bytes; an edit of a file that does not exist creates it.
struct Edit {
  std::string path;
  Span span;
  std::string text;
};

struct Fix {
  std::string title;
  bool safe = false;  // cannot change what a working program does
  std::vector<Edit> edits;
};

struct Finding {
  std::string_view rule;  // kebab-case name
  std::string_view group;
  Severity severity = Severity::error;
  Place place;
  std::string message;  // lower case, no full stop
  std::vector<Note> notes;
  std::optional<Fix> fix;
};

// By path, position, rule and message; equal findings once.
void put_in_order(std::vector<Finding>& findings);

}  // namespace trainlint
