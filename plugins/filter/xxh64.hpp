// XXH64, the hash that Yann Collet published: a value has the same one on every
// machine and in every version.
//
// A pure function, safe from any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace filter {

std::uint64_t xxh64(std::string_view text, std::uint64_t seed = 0);

}  // namespace filter
