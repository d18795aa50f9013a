// A flux of one agent, for tests that <flux/testing.hpp> is too kind for: of single columns
// and origins, of white space in JSON, of plugins that have an entry of their own. It hands
// hand-made batches to the functions of a flux_agent and shows in text what came back.
//
// Thread safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <flux/flux_plugin.h>

#include "type_text.hpp"

namespace flux_test {

// One value per column, as text; none where it is missing.
using Event = std::vector<std::optional<std::string>>;

struct Room {
  std::size_t capacity = 64;   // results, and events, per call
  std::size_t text = 1 << 20;  // bytes per call
};

// What one or more calls came to.
struct Outcome {
  // "ORIGIN: VALUE, VALUE"; of a select the origin alone. A member that an extend
  // leaves alone is "-".
  std::vector<std::string> results;
  std::vector<std::string> failures;  // "ROW: REASON: MESSAGE"
  std::string error;                  // what flux_error was told
  flux_status status = FLUX_OK;
  std::size_t consumed = 0;
  std::size_t calls = 0;
};

// The agent that this program registered under `name`. REQUIRES: there is one.
const flux_agent& find_agent(std::string_view name);

using Values = std::map<std::string, flux_value>;

flux_value int_value(std::int64_t number);
flux_value string_value(std::string_view text);

class FakeHost {
 public:
  // Creates an instance. `values` by parameter name; the rest gets its default.
  explicit FakeHost(std::string_view agent, const Values& values = {}, Room room = {});
  ~FakeHost();
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;

  bool is_created() const { return self_ != nullptr; }
  const std::string& error() const { return error_; }

  // All events, in as many calls as it takes.
  Outcome run(const std::vector<Event>& events);
  Outcome finish();
  void interrupt();
  flux_status merge(FakeHost& other);
  std::string save();
  bool restore(std::uint32_t version, std::string_view snapshot);

  const flux_type& input() const { return *input_; }
  const flux_type& output() const { return *output_; }
  bool in_order() const { return in_order_; }

 private:
  const flux_agent& agent_;
  Room room_;
  std::vector<flux_value> values_;
  std::string error_;
  flux_error err_;
  void* self_ = nullptr;
  const flux_type* input_;
  const flux_type* output_;
  bool in_order_ = false;
};

}  // namespace flux_test
