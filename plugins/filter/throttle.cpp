// No more than so many events in a span of their own time.
#include <array>
#include <cstdint>
#include <flux/agent.hpp>
#include <flux/message.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "event_time.hpp"
#include "key.hpp"
#include "memory_size.hpp"
#include "recent_keys.hpp"

namespace filter {
namespace {

// The windows of one group: they lie side by side and begin at multiples of their length
// since 1970. The newest and the one before it are counted, so that events may come late
// by as much as a window. One that comes later still says that the clock was set back
// (or had been wrong): from there on the counting starts anew.
struct Windows {
  std::int64_t newest = 0;
  std::int64_t in_newest = 0;  // how many have passed; 0: no window yet
  std::int64_t in_last = 0;

  // Whether one more may pass; if so, it is counted.
  bool admit(std::int64_t window, std::int64_t most) {
    if (in_newest == 0 || window > newest + 1 || window < newest - 1) {
      *this = {window, 1, 0};
      return true;
    }
    if (window == newest + 1) {
      *this = {window, 1, in_newest};
      return true;
    }
    std::int64_t& count = window == newest ? in_newest : in_last;
    if (count == most) return false;
    ++count;
    return true;
  }
};

class Throttle : public flux::Select {
 public:
  struct Config {
    std::int64_t n = 0;
    std::string per;
    flux::Member on;
    std::vector<flux::Member> by;
    std::int64_t size = 10'000;
  };
  static constexpr auto params = std::tuple{
      flux::param("n", &Config::n, "How many events may pass in one window").required(),
      flux::param("per", &Config::per,
                  "How long a window is: \"500ms\", \"1s\", \"5m\", \"1h30m\", \"7d\". Windows begin at its "
                  "multiples since 1970")
          .required(),
      flux::param("on", &Config::on,
                  "The member that holds the event's time: RFC 3339, or a number of seconds, milliseconds, "
                  "microseconds or nanoseconds since 1970 (by its size). Events may come late by one window")
          .required(),
      flux::param("by", &Config::by, "Counts apart for each value of these members"),
      flux::param("size", &Config::size,
                  "How many values of 'by' are counted at once: the ones met last. Bounds the memory")};
  static constexpr auto examples = std::array{
      flux::example("throttle(1, per=\"1m\", on=ts)",
                    "{\"ts\":\"2024-05-01T10:00:58Z\"}\n{\"ts\":\"2024-05-01T10:00:59Z\"}\n"
                    "{\"ts\":\"2024-05-01T10:01:00Z\"}\n",
                    "{\"ts\":\"2024-05-01T10:00:58Z\"}\n{\"ts\":\"2024-05-01T10:01:00Z\"}\n"),
      flux::example("throttle(1, per=\"1s\", on=t, by=host)",
                    "{\"t\":7.1,\"host\":\"a\"}\n{\"t\":7.2,\"host\":\"b\"}\n{\"t\":7.3,\"host\":\"a\"}\n",
                    "{\"t\":7.1,\"host\":\"a\"}\n{\"t\":7.2,\"host\":\"b\"}\n")};

  explicit Throttle(Config config)
      : most_(config.n),
        per_(span_of(config.per)),
        on_(std::move(config.on)),
        by_(std::move(config.by)),
        groups_(memory_size(config.size)) {
    if (most_ < 1) throw std::invalid_argument("n must be at least 1, found " + std::to_string(most_));
  }

  void describe(flux::Ports& ports) const {
    ports.wants(on_);
    for (const flux::Member& member : by_) ports.wants(member);
  }
  bool invoke(const flux::Members& members) {
    const std::int64_t time = time_of(members[0]);
    const std::int64_t window = time / per_ - (time % per_ < 0 ? 1 : 0);
    const std::string_view group = by_.empty() ? std::string_view() : key_.read(members, 1);
    return groups_.meet(group).value.admit(window, most_);
  }
  void save(flux::Writer& to) const { groups_.save(to); }
  void restore(flux::Reader& from) { groups_.restore(from); }

 private:
  static std::int64_t span_of(const std::string& per) {
    try {
      return microseconds_of_span(per);
    } catch (const std::invalid_argument& why) {
      throw std::invalid_argument(std::string("per ") + why.what());
    }
  }

  std::int64_t time_of(const std::optional<flux::Json>& value) {
    if (!value)
      throw flux::Refused("member '" + flux::to_string(on_) + "' is missing, and is the event's time");
    const bool is_text = value->text.front() == '"';
    const bool is_number =
        value->text.front() == '-' || (value->text.front() >= '0' && value->text.front() <= '9');
    std::optional<std::int64_t> time;
    if (is_text) time = read_timestamp(said(*value, said_));
    if (is_number) time = read_epoch(value->text);
    if (time) return *time;
    throw flux::Refused("member '" + flux::to_string(on_) +
                        "': wants a time of RFC 3339 or a number since 1970, found " + flux::shown(*value));
  }

  std::int64_t most_;
  std::int64_t per_;
  flux::Member on_;
  std::vector<flux::Member> by_;
  RecentKeys<Windows> groups_;
  KeyReader key_;
  std::string said_;
};
FLUX_AGENT(Throttle, "throttle", "Lets no more than n events pass per span of event time");

}  // namespace
}  // namespace filter
