// The smallest input that shows a flaw: fewer events, then simpler ones.
//
// Thread safety: a function without state.
#pragma once

#include <functional>

#include "laws/trial.hpp"

namespace flux::laws {

// What is left of `events` when nothing can be taken away or made simpler any more, or
// when patience ends. REQUIRES: shows(events).
Events shrink(Events events, const std::function<bool(const Events&)>& shows);

}  // namespace flux::laws
