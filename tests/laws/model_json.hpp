// JSON text as the reference reads, changes and writes it: slowly, one value at a
// time, and with none of the code that it is there to judge.
//
// REQUIRES, of all functions: valid JSON text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace laws {

// Without white space around it.
std::string trimmed(std::string_view text);
// Without white space outside strings.
std::string compact(std::string_view text);

// A value or, where the text is none of the kind, why not: "wants int, found \"x\"".
// `name`: of the member that the text is the value of; empty: it is the event.
struct Misfit {
  std::string message;
};
template <class T>
struct Read {
  T value{};
  std::optional<Misfit> misfit = {};
};
Read<std::int64_t> read_int(const std::string& text, const std::string& name = {});
Read<double> read_float(const std::string& text);
Read<std::string> read_string(const std::string& text, const std::string& name = {});

std::string write_float(double number);
std::string write_string(const std::string& text);

bool is_object(std::string_view text);
// "\"x\"", "an object": a value as messages show it.
std::string shown(const std::string& text);

// The value of the last member of that name; nothing where there is none.
std::optional<std::string> member(const std::string& object, const std::string& name);

std::string with(const std::string& object, const std::string& name, const std::string& value);
std::string without(const std::string& object, const std::string& name);
std::string renamed(const std::string& object, const std::string& from, const std::string& to);

}  // namespace laws
