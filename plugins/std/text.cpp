// Agents on strings.
#include <algorithm>
#include <array>
#include <cstdint>
#include <flux/agent.hpp>
#include <string>
#include <string_view>

#include "letter_case.hpp"

namespace {

struct Upper {
  static constexpr auto examples =
      std::array{flux::example("upper", "\"abc \xC3\xA9\"\n", "\"ABC \xC3\x89\"\n")};
  std::string invoke(std::string_view text) const { return to_upper(text); }
};
FLUX_AGENT(Upper, "upper", "Makes letters upper case (Latin, Greek, Cyrillic)", FLUX_PURE | FLUX_CONCURRENT);

struct Lower {
  static constexpr auto examples =
      std::array{flux::example("lower", "\"ABC \xC3\x89\"\n", "\"abc \xC3\xA9\"\n")};
  std::string invoke(std::string_view text) const { return to_lower(text); }
};
FLUX_AGENT(Lower, "lower", "Makes letters lower case (Latin, Greek, Cyrillic)", FLUX_PURE | FLUX_CONCURRENT);

struct Length {
  static constexpr auto examples = std::array{flux::example("length", "\"caf\xC3\xA9\"\n\"\"\n", "4\n0\n")};
  std::int64_t invoke(std::string_view text) const {
    // Every code point has one byte that is no continuation byte.
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  }
};
FLUX_AGENT(Length, "length", "Counts the code points of a string", FLUX_PURE | FLUX_CONCURRENT);

struct Echo {
  static constexpr auto examples =
      std::array{flux::example("echo", "\"caf\\u00e9\\/\"\n", "\"caf\xC3\xA9/\"\n")};
  std::string_view invoke(std::string_view text) const { return text; }
};
FLUX_AGENT(Echo, "echo", "Gives a string back, written anew", FLUX_PURE | FLUX_CONCURRENT);

}  // namespace
