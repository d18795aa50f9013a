// Upper and lower case of text, letter by letter and without a locale.
//
// Knows the letters of Latin (ASCII, Latin-1, Extended-A), modern Greek and Cyrillic
// that have one letter as their other case, as Unicode pairs them; all else stays as
// it is (so does the German sharp s, whose upper case is two letters).
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

// REQUIRES: `text` is valid UTF-8.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);
