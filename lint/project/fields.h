#pragma once

#include "lint/project/interpreter.h"
#include "lint/project/project.h"

namespace trainlint {

// Fills a project's fields with what the keyword arguments of setup() say. Values of a kind that
// setuptools refuses become Project::failure.
void apply_arguments(const PyArguments& arguments, Project& project);

// One of them, by its name; unknown names are passed over.
void apply_field(const std::string& name, const PyValue& value, Project& project);

// Where a value comes from cannot be followed: sets the field unknown.
template <class T>
void set_unknown(Value<T>& field, const PyValue& why) {
  field.state = Value<T>::unknown;
  field.reason = why.text;
  field.place = why.place;
}
template <class T>
void set_known(Value<T>& field, T value, const Place& place) {
  field.state = Value<T>::known;
  field.value = std::move(value);
  field.place = place;
}

// The requirements of a text or of the lines of a list, without comments and blank lines.
// Places are exact where the text stands in a file as it is.
void append_requirements(const PyValue& text, std::vector<Requirement>& out);

// The groups of an entry point text (sections of "name = object" lines).
std::map<std::string, Strings> entry_point_groups(std::string_view text);

}  // namespace trainlint
