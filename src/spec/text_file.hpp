// A file that was read whole, and errors that name a place in it:
//   flux: pipeline.json:4:3: unknown key 'pipelin'
//     "pipelin": "double"
//     ^~~~~~~~~
//
// A plain value; thread safety as for any value.
#pragma once

#include <cstddef>
#include <string>

#include "core/error.hpp"

namespace flux::spec {

struct TextFile {
  std::string name;
  std::string text;

  // "pipeline.json:4:3": line and column count from 1, the column in characters.
  std::string place(std::size_t offset) const;

  // `message`, with the place in front and a caret line below.
  Error error(Span span, const std::string& message, std::string hint) const;
};

// Throws Error if there is no such file, or it cannot be read, or is far too large.
TextFile read_text_file(const std::string& path);

}  // namespace flux::spec
