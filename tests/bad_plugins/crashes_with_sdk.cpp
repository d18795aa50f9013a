// An agent in C++ that follows a null pointer when it sees the integer 3: the SDK tells
// flux which event that was.
#include <flux/agent.hpp>

namespace {

struct FollowNull {
  std::int64_t invoke(std::int64_t event) const {
    const std::int64_t* volatile nowhere = nullptr;
    return event == 3 ? *nowhere : event;
  }
};

}  // namespace

FLUX_AGENT(FollowNull, "follow_null", "Crashes at 3");
