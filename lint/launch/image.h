#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/source/tree.h"

namespace trainlint {

// What a Dockerfile makes of the build's context (docs.docker.com, "Dockerfile reference").

using Words = std::vector<std::string>;

struct Copy {
  std::string from;  // below the build's context
  std::string to;    // in the image, absolute
  bool by_name;      // `to` ends with the file's own name, which is so where it went into a folder
};

// The last stage of a Dockerfile.
struct Image {
  std::string base;          // FROM
  std::string folder = "/";  // WORKDIR
  std::vector<Copy> copies;
  bool path_set = false;    // PYTHONPATH
  bool more_files = false;  // than COPY brings from the context: fetched, generated, moved
  bool installed = false;   // something of the context, by pip or setup.py
  std::string entrypoint, command;
};

Image read_image(std::string_view dockerfile);

// Split at blanks, commas, brackets and quotes.
Words words_of(std::string_view text);

// A path of the image, from its current folder.
std::string in_image(const Image& image, std::string_view path);

// A folder is copied into another one: what is a package there is none in the tree.
bool mixes_folders(const SourceTree& tree, const Image& image);

// Python started in `folder` of the image finds the modules of the tree's folder, and no others but
// installed libraries. `beside` is the Dockerfile's own folder.
bool is_whole_path(const SourceTree& tree, const Image& image, const std::string& beside,
                   const std::string& folder, const std::string& of_tree);

}  // namespace trainlint
