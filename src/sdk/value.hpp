// What an agent may take and give besides the scalars of C++ (std::int64_t,
// double, bool, std::string_view, std::string), and how it says no.
//
// Plain values. Views (Json, std::string_view) that invoke() is handed live until
// it returns; those in parameters live as long as the agent.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flux_plugin.h"

namespace flux {

// The event, of which nothing is wanted: bool invoke(flux::Any).
struct Any {};

// The JSON text of one value, as it stands in the line.
struct Json {
  std::string_view text;
  bool operator==(const Json&) const = default;
};

// The same, for results that an agent has put together itself.
struct JsonText {
  std::string text;
  bool operator==(const JsonText&) const = default;
};

// A way to a member, as a parameter gives it: user.name is {"user", "name"}.
struct Member {
  std::vector<std::string> names;
  bool operator==(const Member&) const = default;
};

// As people write it: "user.name".
inline std::string to_string(const Member& path) {
  std::string text;
  for (const std::string& name : path.names) {
    if (!text.empty()) text += '.';
    text += name;
  }
  return text;
}

// The agent says no to one event. Throw it, or return it from an invoke() that
// gives a Result: that costs less where many events are refused.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A number left the range of its kind: that event's failure, never wrap-around.
class Overflow : public std::overflow_error {
 public:
  using std::overflow_error::overflow_error;
};

// One result, or why there is none.
template <class T>
class Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(const Refused& why) : reason_(FLUX_REFUSED), message_(why.what()) {}
  Result(const Overflow& why) : reason_(FLUX_OVERFLOW), message_(why.what()) {}

  explicit operator bool() const { return value_.has_value(); }
  const T& operator*() const { return *value_; }
  flux_reason reason() const { return reason_; }
  std::string_view message() const { return message_; }

 private:
  std::optional<T> value_;
  flux_reason reason_ = FLUX_REFUSED;
  std::string message_;
};

// `count` results, made one by one when there is room for them: at(0) .. at(count - 1).
template <class F>
class Series {
 public:
  Series(std::size_t count, F at) : count_(count), at_(std::move(at)) {}
  std::size_t size() const { return count_; }
  auto operator[](std::size_t index) const { return at_(index); }

 private:
  std::size_t count_;
  F at_;
};

namespace detail {

inline std::string_view view(flux_str text) { return {text.data, text.size}; }
inline flux_str str(std::string_view text) { return {text.data(), text.size()}; }

// Out of line of the loops, so that these stay small.
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_overflow(std::int64_t a, const char* sign,
                                                                  std::int64_t b) {
  throw Overflow(std::to_string(a) + sign + std::to_string(b) + " does not fit in an int");
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_not_finite() {
  throw Overflow("the result is not a finite number");
}

}  // namespace detail

inline std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum;
  if (__builtin_add_overflow(a, b, &sum)) detail::throw_overflow(a, " + ", b);
  return sum;
}

inline std::int64_t checked_sub(std::int64_t a, std::int64_t b) {
  std::int64_t difference;
  if (__builtin_sub_overflow(a, b, &difference)) detail::throw_overflow(a, " - ", b);
  return difference;
}

inline std::int64_t checked_mul(std::int64_t a, std::int64_t b) {
  std::int64_t product;
  if (__builtin_mul_overflow(a, b, &product)) detail::throw_overflow(a, " * ", b);
  return product;
}

inline std::int64_t checked_neg(std::int64_t a) { return checked_sub(0, a); }

}  // namespace flux
