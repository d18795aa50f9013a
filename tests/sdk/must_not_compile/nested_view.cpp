// expect: flux: text within an array or a nested record is a std::string: its escapes need memory of their
// own
#include <flux/agent.hpp>

struct Inner {
  std::string_view text;
};
FLUX_RECORD(Inner, text)
struct Event {
  Inner inner;
};
FLUX_RECORD(Event, inner)

struct Mistake {
  bool invoke(const Event& event) const { return event.inner.text.empty(); }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
