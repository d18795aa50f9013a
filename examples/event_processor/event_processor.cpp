// Events in, other events out: two structs, and a function from one to the other.
#include <cstddef>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace {

struct Event {
  std::string_view type;
  std::optional<flux::Json> data;  // an object, or missing
};
FLUX_RECORD(Event, type, data)

struct ProcessedEvent {
  std::string original_type;
  std::string summary;
};
FLUX_RECORD(ProcessedEvent, original_type, summary)

// How many members an object has, by the colons at its top level. flux has checked
// that the text is JSON: only strings and nesting can mislead.
std::size_t count_members(std::string_view object) {
  std::size_t members = 0;
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < object.size(); ++i) {
    const char c = object[i];
    if (c == '\\') {
      ++i;  // what is escaped ends no string
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string) {
      depth += (c == '{' || c == '[') - (c == '}' || c == ']');
      members += c == ':' && depth == 1;
    }
  }
  return members;
}

struct EventProcessor {
  flux::Result<ProcessedEvent> invoke(const Event& event) const {
    const std::string_view data = event.data ? event.data->text : "{}";
    if (!data.starts_with('{')) return flux::Refused("data is not an object");
    const std::string type(event.type);
    return ProcessedEvent{type, "Processed " + type + ": " + std::to_string(count_members(data)) + " fields"};
  }
};
FLUX_AGENT(EventProcessor, "event_processor", "Sums up an event in one sentence",
           FLUX_PURE | FLUX_CONCURRENT);

}  // namespace
