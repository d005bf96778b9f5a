#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/pipeline.h"
#include "lint/report/files.h"

namespace trainlint {

// Where the program runs, for reports that name files as other tools find them.
struct Surroundings {
  std::string folder;      // the current folder, absolute; "" when nothing is known
  std::string repository;  // what paths are relative to where they can be; usually the same
};

// A place as tools see it that know files on disk and nothing of packages. What is inside an
// archive or a notebook cannot be pointed at: the archive or notebook as a whole is the place then.
struct FileLocation {
  std::string path;    // below Surroundings::repository, else absolute (relative without folder)
  std::string member;  // the file in the archive, or the cell, and the line: "trainer/task.py:3:8",
                       // "cell 3:12:5"; else ""
  std::optional<Position> begin, end;
};

FileLocation location_of(Files& files, const Run& run, const Place& place,
                         const Surroundings& around);

// A finding's message for such tools: with the member in front, where the place is in an archive.
std::string located_message(const FileLocation& location, std::string_view message);

// The message, then the notes, a line each.
std::string message_with_notes(const Finding& finding, const FileLocation& location);

// An absolute path, for the path as reports name it.
std::string absolute_path(std::string_view path, const Surroundings& around);

// The bytes of a path as part of a URI (RFC 3986): all but unreserved characters and '/' escaped.
std::string uri_path(std::string_view path);

}  // namespace trainlint
