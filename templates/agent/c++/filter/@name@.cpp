// @name@: an event goes on as it is, or not.
#include <array>
#include <flux/agent.hpp>
#include <optional>
#include <string_view>

// The members that are looked at; events may have others, in any order. What is
// optional may be missing.
struct Event {
  std::optional<std::string_view> level;
};
FLUX_RECORD(Event, level);

struct @Name@ : flux::Select {
  static constexpr auto examples = std::array{
      flux::example("@name@", "{\"level\":\"error\"}\n{\"level\":\"info\"}\n", "{\"level\":\"error\"}\n")};

  bool invoke(const Event& event) const { return event.level == "error"; }
};
FLUX_AGENT(@Name@, "@name@", "Keeps events whose level is error");
