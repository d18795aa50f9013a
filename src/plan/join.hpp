// Do the types of two neighbours fit? And if they do, in which form do the rows get
// from one to the other?
//
// Thread safety: functions without state.
#pragma once

#include <optional>
#include <string>

#include "core/type.hpp"

namespace flux::plan {

// Why events of type `given` cannot be `wanted`; nothing if they can. What is JSON
// on the way fits anything here: it is checked event by event.
std::optional<std::string> misfit(const Type& given, const Type& wanted);

// Whether columns of `given` hold all that `wanted` asks for. If not (a member of a
// member) they are made text, and read.
bool columns_suffice(const Type& given, const Type& wanted);

}  // namespace flux::plan
