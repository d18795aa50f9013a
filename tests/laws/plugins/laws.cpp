// Agents for the laws: one of every form that an agent can have and that the agents
// that ship do not show. tests/laws/model_agents.cpp says in plain C++ what each does.
#include <cstdint>
#include <deque>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

struct Count {
  std::int64_t n = 0;
};

struct Odd {
  std::optional<std::int64_t> invoke(std::int64_t x) const {
    return x % 2 == 0 ? std::nullopt : std::optional(x);
  }
};
FLUX_AGENT(Odd, "odd", "Keeps odd integers (a filter)");

struct Upto {
  std::vector<std::int64_t> invoke(std::int64_t x) const {
    std::vector<std::int64_t> results;
    for (std::int64_t i = 1; i <= x % 5; ++i) results.push_back(i);
    return results;
  }
};
FLUX_AGENT(Upto, "upto", "Counts from 1 to x % 5 (a flat-map)");

class Burst {
 public:
  using Config = Count;
  static constexpr auto params = std::tuple{flux::param("n", &Config::n, "How many results").required()};
  explicit Burst(Config config) : count_(static_cast<std::size_t>(config.n)) {}
  auto invoke(std::int64_t x) const {
    const std::int64_t base = x % 1000;
    return flux::Series(count_, [base](std::size_t i) { return base + static_cast<std::int64_t>(i); });
  }

 private:
  std::size_t count_;
};
FLUX_AGENT(Burst, "burst", "Counts n times from x % 1000 on (a flat-map with a cursor)");

class Refuse {
 public:
  using Config = Count;
  static constexpr auto params = std::tuple{flux::param("n", &Config::n, "Whose multiples").required()};
  explicit Refuse(Config config) : n_(config.n) {}
  flux::Result<std::int64_t> invoke(std::int64_t x) const {
    if (x % n_ == 0) return flux::Refused(std::to_string(x) + " is a multiple of " + std::to_string(n_));
    return x;
  }

 private:
  std::int64_t n_;
};
FLUX_AGENT(Refuse, "refuse", "Fails multiples of n");

class Total {
 public:
  std::int64_t invoke(std::int64_t x) { return total_ = flux::checked_add(total_, x); }

 private:
  std::int64_t total_ = 0;
};
FLUX_AGENT(Total, "total", "Gives the sum so far (a map with state)");

class Every : public flux::Select {
 public:
  using Config = Count;
  static constexpr auto params = std::tuple{flux::param("n", &Config::n, "Which one passes").required()};
  explicit Every(Config config) : n_(config.n) {}
  bool invoke() { return ++seen_ % n_ == 0; }

 private:
  std::int64_t n_;
  std::int64_t seen_ = 0;
};
FLUX_AGENT(Every, "every", "Lets every n-th event pass (a select with state)");

class Window {
 public:
  std::vector<std::int64_t> invoke(std::int64_t x) {
    seen_.push_back(x);
    if (seen_.size() > 3) seen_.pop_front();
    return {seen_.begin(), seen_.end()};
  }

 private:
  std::deque<std::int64_t> seen_;
};
FLUX_AGENT(Window, "window", "Gives the last three integers (a flat-map with state)");

// Gives per event, and once more at the end.
class Counted {
 public:
  std::int64_t invoke(std::int64_t x) {
    ++seen_;
    return x;
  }
  std::int64_t finish() const { return seen_; }

 private:
  std::int64_t seen_ = 0;
};
FLUX_AGENT(Counted, "counted", "Gives integers back, and at the end how many they were");

struct Residue {
  std::int64_t residue;
  std::int64_t count;
};
FLUX_RECORD(Residue, residue, count)

class Residues {
 public:
  void invoke(std::int64_t x) { ++counts_[static_cast<std::size_t>((x % 3 + 3) % 3)]; }
  std::vector<Residue> finish() const {
    std::vector<Residue> rows;
    for (std::int64_t r = 0; r < 3; ++r) rows.push_back({r, counts_[static_cast<std::size_t>(r)]});
    return rows;
  }
  void merge(Residues&& other) {
    for (std::size_t r = 0; r < 3; ++r) counts_[r] += other.counts_[r];
  }

 private:
  std::int64_t counts_[3] = {0, 0, 0};
};
FLUX_AGENT(Residues, "residues", "Counts integers by x mod 3 (an aggregation that merges)");

struct MaybeA {
  std::optional<std::int64_t> a;
};
FLUX_RECORD(MaybeA, a)

struct Positive : flux::Select {
  bool invoke(const MaybeA& event) const { return event.a.value_or(0) > 0; }
};
FLUX_AGENT(Positive, "positive", "Lets objects pass whose member a is above 0 (a select)");

struct JustA {
  std::int64_t a;
};
FLUX_RECORD(JustA, a)

struct JustB {
  std::int64_t b;
};
FLUX_RECORD(JustB, b)

struct Successor : flux::Extend {
  JustB invoke(const JustA& event) const { return {flux::checked_add(event.a, 1)}; }
};
FLUX_AGENT(Successor, "successor", "Sets b to a + 1 (an extend)");

struct Rename : flux::Extend {
  void describe(flux::Ports& ports) const { ports.renames({{"a"}}, {{"c"}}); }
  void invoke(flux::Edits& edits) const { edits.rename(0); }
};
FLUX_AGENT(Rename, "a_to_c", "Renames a to c (an extend)");

struct Named {
  std::int64_t a;
  std::optional<std::string_view> b;
};
FLUX_RECORD(Named, a, b)

struct Swapped {
  std::optional<std::string_view> b;
  std::int64_t a;
  double half;
};
FLUX_RECORD(Swapped, b, a, half)

struct Swap {
  Swapped invoke(const Named& event) const {
    return {event.b, flux::checked_neg(event.a), static_cast<double>(event.a) / 2};
  }
};
FLUX_AGENT(Swap, "swap", "From {a, b?} to {b?, a: -a, half: a / 2} (record to record)");

struct Half {
  double invoke(double x) const { return x / 2; }
};
FLUX_AGENT(Half, "half", "Halves a float");

struct Square {
  double invoke(double x) const { return x * x; }
};
FLUX_AGENT(Square, "square", "Squares a float, which may leave its range");

struct Spell {
  std::string invoke(std::int64_t x) const { return "<" + std::to_string(x) + ">\n\"\xC3\xA9"; }
};
FLUX_AGENT(Spell, "spell", "An integer as text that needs escapes");

struct Spaced {
  flux::JsonText invoke(std::int64_t x) const {
    const char* space = x % 2 == 0 ? " " : "\n";
    return {std::string(space) + "{" + space + "\"x\" :" + space + std::to_string(x) + "}" + space};
  }
};
FLUX_AGENT(Spaced, "spaced", "An integer in text with white space, which is a line break if it is odd",
           FLUX_VERBATIM);

struct Narrow : flux::Extend {
  void describe(flux::Ports& ports) const {
    ports.keeps({{"a"}});
    ports.sets({{"c"}});
    ports.keeps({{"b"}});
  }
  void invoke(flux::Edits& edits) const {
    edits.remove(2);
    edits.set(1, {"[ ]"});
  }
};
FLUX_AGENT(Narrow, "narrow", "Keeps a and b, sets c and removes b (an extend)");

}  // namespace
