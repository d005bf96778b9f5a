#pragma once

#include <string>
#include <string_view>

namespace trainlint {

// What Python's codec registry knows about a name.
enum class CodecKind {
  unknown,   // LookupError
  not_text,  // base64, rot13, ...: codecs, but not for text
  wide,      // UTF-16 and UTF-32: no source file can be written in them
  utf8,
  ascii,
  latin1,
  single_byte,  // a table of 256 characters, of which some may be undefined
  multi_byte,   // others that iconv has as well
  elsewhere,    // others, which are not decoded here
};

struct Codec {
  CodecKind kind = CodecKind::unknown;
  const char* iconv_name = "";  // for single_byte and multi_byte
};

// Looks a codec up as Python does: case and punctuation do not matter.
Codec find_codec(std::string_view name);

struct DecodedText {
  std::string text;         // UTF-8; what cannot be decoded is replaced, line by line in place
  size_t first_bad = npos;  // offset in the bytes of the first that the codec refuses
  static constexpr size_t npos = std::string::npos;
};

DecodedText decode_with(const Codec& codec, std::string_view bytes);

}  // namespace trainlint
