// Thread safety: pure functions.
#pragma once

#include <string_view>

bool is_utf8(std::string_view text);
