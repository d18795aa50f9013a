#include "model_agents.hpp"

#include <cmath>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>

#include "model_json.hpp"

namespace laws {

namespace {

__extension__ using Wide = __int128;
using Ints = std::vector<std::int64_t>;

Refusal misfit(const Misfit& why) { return {"type", why.message}; }

bool is_beyond_int(Wide value) {
  return value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max();
}

// A result, or the overflow that it is.
Given checked(std::int64_t a, const char* sign, std::int64_t b, Wide result) {
  if (!is_beyond_int(result)) return {{std::to_string(static_cast<std::int64_t>(result))}};
  return {{}, Refusal{"overflow", std::to_string(a) + sign + std::to_string(b) + " does not fit in an int"}};
}

Given all(const Ints& values) {
  Given given;
  for (const std::int64_t value : values) given.values.push_back(std::to_string(value));
  return given;
}

// An agent that is a function, of any event or of those of one kind.
class OfAny : public ModelAgent {
 public:
  using Function = std::function<Given(const std::string&)>;
  OfAny(std::string agent, Function function)
      : ModelAgent(std::move(agent)), function_(std::move(function)) {}
  Given give(const std::string& event) override { return function_(event); }

 private:
  Function function_;
};

template <class T>
OfAny::Function reading(Read<T> (*read)(const std::string&), std::function<Given(const T&)> function) {
  return [=](const std::string& event) -> Given {
    const Read<T> found = read(event);
    if (found.misfit) return {{}, misfit(*found.misfit)};
    return function(found.value);
  };
}

OfAny::Function of_ints(std::function<Given(const std::int64_t&)> function) {
  return reading<std::int64_t>([](const std::string& text) { return read_int(text); }, std::move(function));
}

OfAny::Function of_floats(std::function<Given(const double&)> function) {
  return reading<double>(read_float, std::move(function));
}

OfAny::Function of_strings(std::function<Given(const std::string&)> function) {
  return reading<std::string>([](const std::string& text) { return read_string(text); }, std::move(function));
}

OfAny::Function of_objects(OfAny::Function function) {
  return [=](const std::string& event) -> Given {
    if (is_object(event)) return function(event);
    return {{}, Refusal{"type", "wants an object, found " + shown(event)}};
  };
}

Given finite(double number) {
  if (std::isfinite(number)) return {{write_float(number)}};
  return {{}, Refusal{"overflow", "the result is not a finite number"}};
}

Given successor(const std::string& event) {
  const auto a = member(event, "a");
  if (!a) return {{}, Refusal{"type", "member 'a' is missing, and int is wanted"}};
  const auto number = read_int(*a, "a");
  if (number.misfit) return {{}, misfit(*number.misfit)};
  Given next = checked(number.value, " + ", 1, Wide{number.value} + 1);
  if (!next.refusal) next.values[0] = with(event, "b", next.values[0]);
  return next;
}

Given positive(const std::string& event) {
  const auto a = member(event, "a");
  if (!a || *a == "null") return {};
  const auto number = read_int(*a, "a");
  if (number.misfit) return {{}, misfit(*number.misfit)};
  return number.value > 0 ? Given{{event}} : Given{};
}

Given swapped(const std::string& event) {
  const auto a = member(event, "a");
  if (!a) return {{}, Refusal{"type", "member 'a' is missing, and int is wanted"}};
  const auto number = read_int(*a, "a");
  if (number.misfit) return {{}, misfit(*number.misfit)};
  std::string text = "{";
  const auto b = member(event, "b");
  if (b && *b != "null") {
    const auto name = read_string(*b, "b");
    if (name.misfit) return {{}, misfit(*name.misfit)};
    text += "\"b\":" + write_string(name.value) + ",";
  }
  const Given opposite = checked(0, " - ", number.value, -Wide{number.value});
  if (opposite.refusal) return opposite;
  return {{text + "\"a\":" + opposite.values[0] +
           ",\"half\":" + write_float(static_cast<double>(number.value) / 2) + "}"}};
}

// head(n), skip(n), every(n): which events pass depends on how many came before.
class Nth : public ModelAgent {
 public:
  Nth(std::string agent, std::int64_t n) : ModelAgent(std::move(agent)), n_(n) {}
  Given give(const std::string& event) override {
    ++seen_;
    const bool passes = name == "head" || (name == "skip" ? seen_ > n_ : seen_ % n_ == 0);
    return passes ? Given{{event}} : Given{};
  }
  bool is_done() const override { return name == "head" && seen_ == n_; }

 private:
  std::int64_t n_;
  std::int64_t seen_ = 0;
};

// Agents on ints that remember: step() gets each one.
class Remembering : public ModelAgent {
 public:
  using ModelAgent::ModelAgent;
  Given give(const std::string& event) final {
    const auto number = read_int(event);
    if (number.misfit) return {{}, misfit(*number.misfit)};
    return step(number.value);
  }

 protected:
  virtual Given step(std::int64_t x) = 0;
};

class Total final : public Remembering {
 public:
  using Remembering::Remembering;
  Given step(std::int64_t x) override {
    const Given given = checked(total_, " + ", x, Wide{total_} + x);
    if (!given.refusal) total_ += x;
    return given;
  }

 private:
  std::int64_t total_ = 0;
};

class Window final : public Remembering {
 public:
  using Remembering::Remembering;
  Given step(std::int64_t x) override {
    seen_.push_back(x);
    if (seen_.size() > 3) seen_.pop_front();
    return all({seen_.begin(), seen_.end()});
  }

 private:
  std::deque<std::int64_t> seen_;
};

class Counted final : public Remembering {
 public:
  using Remembering::Remembering;
  Given step(std::int64_t x) override {
    ++seen_;
    return all({x});
  }
  std::vector<std::string> finish() override { return {std::to_string(seen_)}; }

 private:
  int seen_ = 0;
};

class Residues final : public Remembering {
 public:
  using Remembering::Remembering;
  Given step(std::int64_t x) override {
    ++counts_[static_cast<std::size_t>((x % 3 + 3) % 3)];
    return {};
  }
  std::vector<std::string> finish() override {
    std::vector<std::string> rows;
    for (std::size_t r = 0; r < 3; ++r)
      rows.push_back("{\"residue\":" + std::to_string(r) + ",\"count\":" + std::to_string(counts_[r]) + "}");
    return rows;
  }
  bool absorbs() const override { return true; }

 private:
  int counts_[3] = {0, 0, 0};
};

// Totals that leave the range of int end the run: streams that are drawn here stay
// far from it, or take `residues`.
class Sum final : public Remembering {
 public:
  using Remembering::Remembering;
  Given step(std::int64_t x) override {
    total_ += x;
    return {};
  }
  std::vector<std::string> finish() override { return {std::to_string(static_cast<std::int64_t>(total_))}; }
  bool absorbs() const override { return true; }

 private:
  Wide total_ = 0;
};

Ints counting(std::int64_t from, std::int64_t count) {
  Ints values;
  for (std::int64_t i = 0; i < count; ++i) values.push_back(from + i);
  return values;
}

OfAny::Function function_of(const std::string& name, std::int64_t n) {
  if (name == "id") return [](const std::string& event) { return Given{{event}}; };
  if (name == "double") return of_ints([](auto x) { return checked(x, " * ", 2, Wide{x} * 2); });
  if (name == "addone") return of_ints([](auto x) { return checked(x, " + ", 1, Wide{x} + 1); });
  if (name == "negate") return of_ints([](auto x) { return checked(0, " - ", x, -Wide{x}); });
  if (name == "odd") return of_ints([](auto x) { return x % 2 != 0 ? all({x}) : Given{}; });
  if (name == "upto") return of_ints([](auto x) { return all(counting(1, x % 5)); });
  if (name == "burst") return of_ints([n](auto x) { return all(counting(x % 1000, n)); });
  if (name == "refuse")
    return of_ints([n](auto x) -> Given {
      if (x % n != 0) return all({x});
      return {{}, Refusal{"agent", std::to_string(x) + " is a multiple of " + std::to_string(n)}};
    });
  if (name == "half") return of_floats([](auto x) { return finite(x / 2); });
  if (name == "square") return of_floats([](auto x) { return finite(x * x); });
  if (name == "spell")
    return of_ints([](auto x) { return Given{{write_string("<" + std::to_string(x) + ">\n\"\xC3\xA9")}}; });
  if (name == "echo") return of_strings([](const auto& text) { return Given{{write_string(text)}}; });
  if (name == "length")
    return of_strings([](const auto& text) {
      std::int64_t count = 0;
      for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      return all({count});
    });
  if (name == "repeat")
    return [n](const std::string& event) {
      return Given{std::vector<std::string>(static_cast<std::size_t>(n), compact(event))};
    };
  if (name == "successor") return of_objects(successor);
  if (name == "positive") return of_objects(positive);
  if (name == "swap") return of_objects(swapped);
  if (name == "a_to_c")
    return of_objects([](const std::string& event) { return Given{{renamed(event, "a", "c")}}; });
  return {};
}

// has(a) and drop(a), whose argument is a name.
OfAny::Function function_of_member(const std::string& name, const std::string& path) {
  if (name == "drop")
    return of_objects([=](const std::string& event) { return Given{{without(event, path)}}; });
  return of_objects([=](const std::string& event) {
    const auto found = member(event, path);
    return found && *found != "null" ? Given{{event}} : Given{};
  });
}

}  // namespace

const std::vector<std::string>& modelled_agents() {
  static const std::vector<std::string> calls = {
      "id",          "double",    "addone",    "negate",  "odd",       "upto",      "burst(3)",
      "burst(1500)", "refuse(2)", "refuse(7)", "total",   "window",    "counted",   "residues",
      "every(3)",    "head(4)",   "head(50)",  "skip(3)", "repeat(0)", "repeat(3)", "half",
      "square",      "spell",     "echo",      "length",  "has(a)",    "has(b)",    "drop(a)",
      "drop(b)",     "positive",  "successor", "a_to_c",  "swap"};
  return calls;
}

std::unique_ptr<ModelAgent> model_of(const std::string& call) {
  const std::size_t open = call.find('(');
  const std::string name = call.substr(0, open);
  const std::string argument = open == std::string::npos ? "" : call.substr(open + 1, call.size() - open - 2);
  if (name == "has" || name == "drop")
    return std::make_unique<OfAny>(name, function_of_member(name, argument));
  const std::int64_t n = argument.empty() ? 0 : std::stoll(argument);
  if (name == "head" || name == "skip" || name == "every") return std::make_unique<Nth>(name, n);
  if (name == "total") return std::make_unique<Total>(name);
  if (name == "window") return std::make_unique<Window>(name);
  if (name == "counted") return std::make_unique<Counted>(name);
  if (name == "residues") return std::make_unique<Residues>(name);
  if (name == "sum") return std::make_unique<Sum>(name);
  return std::make_unique<OfAny>(name, function_of(name, n));
}

}  // namespace laws
