// nlohmann's JSON with a number type so wide that 1e400, which is JSON, is not
// refused: here numbers are kept as the text they are, never computed with.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace flux::spec {

using WideJson =
    nlohmann::basic_json<std::map, std::vector, std::string, bool, std::int64_t, std::uint64_t, long double>;

}  // namespace flux::spec
