#include "model_json.hpp"

#include <cfenv>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace laws {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t skip_space(const std::string& text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Where the value at `at` ends.
std::size_t end_of_value(const std::string& text, std::size_t at) {
  int depth = 0;
  bool is_in_string = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_in_string) {
      if (c == '\\') ++at;
      if (c == '"') is_in_string = false;
      if (c == '"' && depth == 0) return at + 1;
      continue;
    }
    if (c == '"') is_in_string = true;
    if (depth == 0 && (is_space(c) || c == ',' || c == ':' || c == '}' || c == ']')) return at;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at + 1;
  }
  return at;
}

// Offsets of one member in the text of its object.
struct Place {
  std::string name;
  std::size_t key, key_end, value, end;
};

std::vector<Place> places(const std::string& object) {
  std::vector<Place> found;
  std::size_t at = skip_space(object, 1);
  while (object[at] != '}') {
    Place place;
    place.key = at;
    place.key_end = end_of_value(object, at);
    place.name = nlohmann::json::parse(object.substr(at, place.key_end - at)).get<std::string>();
    place.value = skip_space(object, skip_space(object, place.key_end) + 1);
    place.end = end_of_value(object, place.value);
    at = skip_space(object, place.end);
    if (object[at] == ',') at = skip_space(object, at + 1);
    found.push_back(place);
  }
  return found;
}

// The object without the members for which goes(index) holds. What is left of the
// text between members belongs to the one behind it.
template <class Goes>
std::string keep(const std::string& object, const std::vector<Place>& all, Goes goes) {
  if (all.empty()) return object;
  std::string text = object.substr(0, all.front().key);
  bool is_first = true;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (goes(i)) continue;
    const std::size_t begin = is_first ? all[i].key : all[i - 1].end;
    text += object.substr(begin, all[i].end - begin);
    is_first = false;
  }
  return text + object.substr(all.back().end);
}

bool is_integer(const std::string& text) {
  const std::size_t begin = text[0] == '-' ? 1 : 0;
  return text.size() > begin && text.find_first_not_of("0123456789", begin) == std::string::npos;
}

std::string wants(const std::string& kind, const std::string& found, const std::string& name) {
  const std::string prefix = name.empty() ? "" : "member '" + name + "': ";
  return prefix + "wants " + kind + ", found " + found;
}

}  // namespace

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::string compact(std::string_view text) {
  std::string result;
  bool is_in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_in_string && is_space(text[i])) continue;
    result += text[i];
    if (text[i] == '"') is_in_string = !is_in_string;
    if (is_in_string && text[i] == '\\') result += text[++i];
  }
  return result;
}

bool is_object(std::string_view text) { return text.front() == '{'; }

std::string shown(const std::string& text) {
  if (text[0] == '{') return "an object";
  if (text[0] == '[') return "an array";
  return flux::printable(text, 80);
}

Read<std::int64_t> read_int(const std::string& text, const std::string& name) {
  std::int64_t value = 0;
  if (!is_integer(text)) return {0, Misfit{wants("int", shown(text), name)}};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec == std::errc()) return {value};
  return {0, Misfit{wants("int", shown(text) + ", which is beyond 64 bits", name)}};
}

Read<double> read_float(const std::string& text) {
  if (text[0] != '-' && (text[0] < '0' || text[0] > '9')) return {0, Misfit{wants("float", shown(text), {})}};
  const double value = std::strtod(text.c_str(), nullptr);
  if (std::isinf(value))
    return {0, Misfit{wants("float", shown(text) + ", which is beyond the range of a float", {})}};
  char exact[400];
  std::snprintf(exact, sizeof exact, "%.0f", value);
  if (!is_integer(text) || text == exact) return {value};
  return {0, Misfit{wants("float", shown(text) + ", which no float equals", {})}};
}

Read<std::string> read_string(const std::string& text, const std::string& name) {
  if (text[0] != '"') return {{}, Misfit{wants("string", shown(text), name)}};
  return {nlohmann::json::parse(text).get<std::string>()};
}

// The first precision that reads back the same has the shortest digits. Below a power
// of two doubles lie closer than above it, so there the nearest decimal may not read
// back where the next one up does.
std::string write_float(double number) {
  char text[64];
  int digits = -1;
  const auto reads_back = [&](int rounding) {
    std::fesetround(rounding);
    std::snprintf(text, sizeof text, "%.*e", digits, number);
    std::fesetround(FE_TONEAREST);
    return std::strtod(text, nullptr) == number;
  };
  do {
    ++digits;
  } while (!reads_back(FE_TONEAREST) && !reads_back(number < 0 ? FE_DOWNWARD : FE_UPWARD));
  const int exponent = std::atoi(std::string(text).substr(std::string(text).find('e') + 1).c_str());
  if (exponent < -4 || exponent >= 16) {
    const std::string all = text;
    return all.substr(0, all.find('e')) + "e" + std::to_string(exponent);
  }
  std::snprintf(text, sizeof text, "%.*f", std::max(1, digits - exponent), number);
  return text;
}

std::string write_string(const std::string& text) { return nlohmann::json(text).dump(); }

std::optional<std::string> member(const std::string& object, const std::string& name) {
  std::optional<std::string> found;
  for (const Place& place : places(object))
    if (place.name == name) found = object.substr(place.value, place.end - place.value);
  return found;
}

std::string with(const std::string& object, const std::string& name, const std::string& value) {
  const auto all = places(object);
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].name == name) last = i;
  if (!last) {
    const std::size_t end = all.empty() ? 1 : all.back().end;
    return object.substr(0, end) + (all.empty() ? "" : ",") + write_string(name) + ":" + value +
           object.substr(end);
  }
  std::string text = object;
  text.replace(all[*last].value, all[*last].end - all[*last].value, value);
  return keep(text, places(text), [&](std::size_t i) { return all[i].name == name && i != *last; });
}

std::string without(const std::string& object, const std::string& name) {
  const auto all = places(object);
  return keep(object, all, [&](std::size_t i) { return all[i].name == name; });
}

std::string renamed(const std::string& object, const std::string& from, const std::string& to) {
  if (!member(object, from)) return object;
  std::string text = without(object, to);
  const auto all = places(text);
  for (std::size_t i = all.size(); i-- > 0;)
    if (all[i].name == from) text.replace(all[i].key, all[i].key_end - all[i].key, write_string(to));
  return text;
}

}  // namespace laws
