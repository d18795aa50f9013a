#include "laws/events.hpp"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string_view>

#include "json/check.hpp"

namespace flux::laws {

namespace {

using Json = nlohmann::ordered_json;

// Few different values, so that some come again: agents group, compare and remember.
constexpr const char* kTexts[] = {"a", "b",  "error", "info", "",         "x y", "A,b;c=1",
                                  "1", "42", "\"q\"", "é",    "日本\n語", "😀",   "2024-02-03T04:05:06Z"};
constexpr const char* kNames[] = {"a", "b", "id", "level", "user", "n"};

class Maker {
 public:
  Maker(std::uint64_t seed, Extremes extremes) : bits_(seed), has_extremes_(extremes == Extremes::some) {}

  std::uint64_t below(std::uint64_t limit) { return bits_() % limit; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  std::int64_t whole() {
    constexpr std::int64_t kEdges[] = {std::numeric_limits<std::int64_t>::max(),
                                       std::numeric_limits<std::int64_t>::min(),
                                       std::numeric_limits<std::int64_t>::max() / 2 + 1};
    if (has_extremes_ && one_in(20)) return kEdges[below(std::size(kEdges))];
    if (one_in(4)) return static_cast<std::int64_t>(below(1'000'000));
    return static_cast<std::int64_t>(below(20)) - 5;
  }

  double number() {
    if (has_extremes_ && one_in(20)) return one_in(2) ? 1e308 : -1e-308;
    if (one_in(3)) return static_cast<double>(below(1000)) / 8;
    return static_cast<double>(below(20)) - 5;
  }

  std::string text() {
    if (one_in(30)) return std::string(below(2000), 'x');
    return kTexts[below(std::size(kTexts))];
  }

  Json value(int depth = 0) {
    switch (below(depth < 2 ? 8 : 5)) {
      case 0:
        return nullptr;
      case 1:
        return one_in(2);
      case 2:
        return whole();
      case 3:
        return number();
      case 4:
        return text();
      case 5: {
        Json list = Json::array();
        for (std::uint64_t left = below(4); left > 0; --left) list.push_back(value(depth + 1));
        return list;
      }
      default:
        return object(depth + 1);
    }
  }

  Json object(int depth) {
    Json object = Json::object();
    for (std::uint64_t left = below(4); left > 0; --left)
      object[kNames[below(std::size(kNames))]] = value(depth);
    return object;
  }

  Json of_kind(Kind kind) {
    switch (kind) {
      case Kind::int64:
        return whole();
      case Kind::float64:
        return number();
      case Kind::boolean:
        return one_in(2);
      case Kind::string:
        return text();
      case Kind::json:
        return value();
    }
    return nullptr;
  }

 private:
  std::mt19937_64 bits_;
  const bool has_extremes_;
};

void put(Json& event, const Path& path, Json value) {
  Json* at = &event;
  for (const std::string& name : path) {
    if (!at->is_object()) *at = Json::object();
    at = &(*at)[name];
  }
  *at = std::move(value);
}

Json make_event(const plan::Stage& stage, Maker& maker) {
  const auto& fields = stage.input.fields;
  const bool is_bare = stage.input.is_bare();
  const bool wants_object = stage.input.is_record() || stage.agent->result == plugin::Result::extend;
  Json event = is_bare && fields[0].kind != Kind::json ? maker.of_kind(fields[0].kind)
               : wants_object || !maker.one_in(3)      ? maker.object(0)
                                                       : maker.value();
  if (!event.is_object()) return event;
  for (const Field& field : fields) {
    if (field.path.empty() || (field.optional && maker.one_in(4))) continue;
    put(event, field.path, field.optional && maker.one_in(8) ? Json(nullptr) : maker.of_kind(field.kind));
  }
  for (const plan::LookedAt& looked_at : stage.looked_at)
    if (!looked_at.path.empty() && !maker.one_in(6)) put(event, looked_at.path, maker.value(1));
  return event;
}

// The lines that the agent's examples are about.
Events examples_of(const plugin::Agent& agent) {
  Events lines;
  for (const plugin::Example& example : agent.examples) {
    std::string_view rest = example.input;
    while (!rest.empty()) {
      const std::size_t newline = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, newline);
      if (json::is_value(line)) lines.emplace_back(line);
      rest.remove_prefix(std::min(newline + 1, rest.size()));
    }
  }
  return lines;
}

// ---- simpler ones

void add(std::vector<Json>& simpler, Json value, const Json& original) {
  if (value != original) simpler.push_back(std::move(value));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the event
std::vector<Json> simpler_values(const Json& value) {
  std::vector<Json> found;
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    for (const std::int64_t candidate : {std::int64_t{0}, std::int64_t{1}, number / 2, number - 1})
      if (std::abs(static_cast<double>(candidate)) < std::abs(static_cast<double>(number)))
        add(found, candidate, value);
  } else if (value.is_number_float()) {
    const auto number = value.get<double>();
    for (const double candidate : {0.5, std::trunc(number), number / 2})
      if (std::abs(candidate) < std::abs(number)) add(found, candidate, value);
  } else if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() > 1) found.emplace_back("");
    if (text.size() > 1) found.emplace_back("a");
    std::size_t half = text.size() / 2;
    while (half > 0 && (static_cast<unsigned char>(text[half]) & 0xC0) == 0x80) --half;
    if (half > 0) add(found, text.substr(0, half), value);
  } else if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      Json without = value;
      without.erase(name);
      found.push_back(std::move(without));
    }
    for (const auto& [name, member] : value.items()) {
      for (Json& candidate : simpler_values(member)) {
        Json with = value;
        with[name] = std::move(candidate);
        found.push_back(std::move(with));
      }
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      Json without = value;
      without.erase(i);
      found.push_back(std::move(without));
    }
  }
  return found;
}

}  // namespace

Events make_events(const Subject& subject, std::size_t count, std::uint64_t seed, Extremes extremes) {
  Maker maker(seed, extremes);
  const Events examples = examples_of(*subject.agent);
  Events events;
  while (events.size() < count) {
    const bool is_example = !examples.empty() && maker.one_in(3);
    events.push_back(is_example ? examples[maker.below(examples.size())]
                                : make_event(subject.stage(), maker).dump());
  }
  return events;
}

std::vector<std::string> simpler(const std::string& event) {
  std::vector<std::string> texts;
  for (const Json& value : simpler_values(Json::parse(event, nullptr, false))) texts.push_back(value.dump());
  return texts;
}

}  // namespace flux::laws
