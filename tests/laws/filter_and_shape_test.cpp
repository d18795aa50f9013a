// The agents that select and shape events, in the real engine, against a few plain lines
// that say what they mean.
#include <doctest/doctest.h>

#include <algorithm>
#include <list>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine.hpp"
#include "for_all.hpp"
#include "model_json.hpp"
#include "random.hpp"

using namespace laws;

namespace {

using Lines = std::vector<std::string>;

std::string text_of(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

Lines lines_of(const std::string& text) {
  Lines lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

const Lines kScalars = {"0",           "1",    "1.0",  "1.10", "1e400", "\"x\"",
                        "\"\\u0078\"", "\"\"", "null", "true", "[ 1,2]"};

// How members of random events come out.
struct Shape {
  bool may_repeat = true;   // a name may stand twice in one object
  bool has_escapes = true;  // also in names
};

std::string random_object(Random& random, const Shape& shape, int depth);

std::string random_value(Random& random, const Shape& shape, int depth) {
  if (depth > 0 && random.one_in(3)) return random_object(random, shape, depth - 1);
  return random.any_of(kScalars);
}

std::string random_object(Random& random, const Shape& shape, int depth) {
  static const Lines kSpaces = {"", "", "", " ", "  ", "\t"};
  const auto space = [&] { return random.any_of(kSpaces); };
  std::string text = "{" + space();
  std::set<std::string> taken;
  bool is_first = true;
  for (auto left = random.below(6); left > 0; --left) {
    const std::string name = random.any_of<std::string>({"a", "b", "c", "id"});
    if (!taken.insert(name).second && !shape.may_repeat) continue;
    const bool is_escaped = shape.has_escapes && name == "a" && random.one_in(3);
    if (!is_first) text += "," + space();
    is_first = false;
    text += (is_escaped ? "\"\\u0061\"" : "\"" + name + "\"") + space() + ":" + space() +
            random_value(random, shape, depth) + space();
  }
  return text + "}";
}

Lines random_objects(Random& random, std::size_t most, const Shape& shape = {}) {
  Lines lines;
  for (auto left = random.below(most); left > 0; --left) lines.push_back(random_object(random, shape, 2));
  return lines;
}

Lines through(Random& random, const std::string& spec, const Lines& events) {
  const std::string stream = text_of(events);
  const Found found = run(spec, random_way(random), random_cut(random, stream));
  require_balance(found.summary);
  return lines_of(found.out);
}

// One text for equal values: objects in the order of their names, and the last of several
// members of one name. Numbers are what is written, so the parser gets them as strings.
std::string canonical(const std::string& json) {
  std::string quoted;
  for (std::size_t i = 0; i < json.size();) {
    std::size_t end = i + 1;
    if (json[i] == '"') {
      while (json[end] != '"') end += json[end] == '\\' ? 2 : 1;
      quoted += json.substr(i, ++end - i);
    } else if (json[i] == '-' || (json[i] >= '0' && json[i] <= '9')) {
      end = std::min(json.find_first_not_of("+-.eE0123456789", i), json.size());
      quoted += "\"number " + json.substr(i, end - i) + "\"";
    } else {
      quoted += json[i];
    }
    i = end;
  }
  return nlohmann::json::parse(quoted).dump();
}

// A member's value as one to compare with; none if it is null.
std::optional<std::string> value_of(const std::string& event, const std::string& name) {
  const std::optional<std::string> text = member(event, name);
  if (!text || *text == "null") return {};
  return canonical(*text);
}

}  // namespace

TEST_CASE("agents that filter and shape give the same bytes for every way") {
  for_all(cases(300), [](Random& random) {
    const std::string spec = random.any_of<std::string>(
        {"sample(0.37)", "sample(0.5, by=a)", "dedupe", "dedupe(by=a, size=3)", "dedupe(by=[a, b])",
         "changed(a)", "changed(a, b)", "throttle(2, per=\"3s\", on=a)",
         "throttle(1, per=\"1s\", on=a, by=b, size=2)", "tail(5)", "pick(a)", "pick(b, a.c)", "rename(a = b)",
         "default(a = 1, b.c = {})", "redact(a, b.c)", "redact(a, key=\"k\")", "flatten",
         "dedupe(by=a) | pick(a, b) | tail(7)", "flatten | sample(0.5) | rename(a = z)"});
    const std::string stream =
        random.one_in(2) ? text_of(random_objects(random, 150)) : random_stream(random, random.below(150));
    CAPTURE(spec);
    CAPTURE(stream);
    const Found once = run(spec, {}, stream);
    const Found again = run(spec, random_way(random), random_cut(random, stream));
    REQUIRE(again.out == once.out);
    REQUIRE(again.letters == once.letters);
    require_balance(again.summary);
  });
}

TEST_CASE("of every prefix sample passes exactly the fraction") {
  for_all(cases(100), [](Random& random) {
    const std::uint64_t thousandths = random.below(1001);
    const std::string rate = thousandths == 1000 ? "1" : "0." + std::to_string(1000 + thousandths).substr(1);
    const std::size_t count = random.below(3000);
    CAPTURE(rate);
    CAPTURE(count);
    const Lines passed = through(random, "sample(" + rate + ")", Lines(count, "7"));
    REQUIRE(passed.size() == count * thousandths / 1000);
  });
}

TEST_CASE("dedupe is a list of the values met last") {
  for_all(cases(200), [](Random& random) {
    const Lines events = random_objects(random, 200);
    const std::size_t size = 1 + random.below(6);
    Lines expected;
    std::list<std::string> known;
    for (const std::string& event : events) {
      const std::optional<std::string> value = value_of(event, "a");
      if (!value) {
        expected.push_back(event);
        continue;
      }
      const auto at = std::find(known.begin(), known.end(), *value);
      if (at == known.end()) expected.push_back(event);
      if (at != known.end()) known.erase(at);
      known.push_front(*value);
      if (known.size() > size) known.pop_back();
    }
    REQUIRE(through(random, "dedupe(by=a, size=" + std::to_string(size) + ")", events) == expected);
  });
}

TEST_CASE("changed compares neighbours") {
  for_all(cases(100), [](Random& random) {
    const Lines events = random_objects(random, 200);
    Lines expected;
    for (std::size_t i = 0; i < events.size(); ++i)
      if (i == 0 || value_of(events[i], "a") != value_of(events[i - 1], "a")) expected.push_back(events[i]);
    REQUIRE(through(random, "changed(a)", events) == expected);
  });
}

TEST_CASE("throttle lets the first n of each window pass where time goes on") {
  for_all(cases(100), [](Random& random) {
    const auto n = static_cast<std::size_t>(1 + random.below(3));
    const std::uint64_t per = 1 + random.below(5);
    Lines events;
    Lines expected;
    std::map<std::pair<std::uint64_t, std::string>, std::size_t> passed;
    std::uint64_t milliseconds = 0;
    for (auto left = random.below(300); left > 0; --left) {
      milliseconds += random.below(2000);
      const std::string host = random.any_of<std::string>({"1", "\"1\"", "null"});
      events.push_back("{\"h\":" + host + ",\"t\":" + std::to_string(milliseconds / 1000) + "." +
                       std::to_string(1000 + milliseconds % 1000).substr(1) + "}");
      if (passed[{milliseconds / 1000 / per, host}]++ < n) expected.push_back(events.back());
    }
    const std::string spec =
        "throttle(" + std::to_string(n) + ", per=\"" + std::to_string(per) + "s\", on=t, by=h)";
    CAPTURE(spec);
    REQUIRE(through(random, spec, events) == expected);
  });
}

TEST_CASE("tail is the end of the stream") {
  for_all(cases(100), [](Random& random) {
    const Lines events = random_objects(random, 100);
    const std::size_t n = std::min<std::size_t>(events.size(), random.below(100));
    const Lines expected(events.end() - static_cast<std::ptrdiff_t>(n), events.end());
    REQUIRE(through(random, "tail(" + std::to_string(n) + ")", events) == expected);
  });
}

TEST_CASE("to pick members is to drop all others") {
  for_all(cases(200), [](Random& random) {
    const Lines events = random_objects(random, 100);
    REQUIRE(through(random, "pick(a, c)", events) == through(random, "drop(b, id)", events));
  });
}

TEST_CASE("a rename there and back gives the event back") {
  for_all(cases(200), [](Random& random) {
    const Lines events = random_objects(random, 100, {.has_escapes = false});
    const std::string spec =
        random.any_of<std::string>({"rename(a = z) | rename(z = a)", "rename(a.b = a.z) | rename(a.z = a.b)",
                                    "rename(a = y, b.c = b.z) >> rename(b.z = b.c, y = a)"});
    CAPTURE(spec);
    REQUIRE(through(random, spec, events) == events);
  });
}

TEST_CASE("what has a default is there, and a second time nothing changes") {
  for_all(cases(200), [](Random& random) {
    const Lines events = random_objects(random, 100);
    const Lines once = through(random, "default(a = 1.10, z.y = [])", events);
    REQUIRE(once.size() == events.size());
    REQUIRE(through(random, "has(a, z.y)", once) == once);
    REQUIRE(through(random, "default(a = 2, z.y = 3)", once) == once);
    for (std::size_t i = 0; i < events.size(); ++i)
      REQUIRE(member(once[i], "a") == (value_of(events[i], "a") ? member(events[i], "a") : "1.10"));
  });
}

TEST_CASE("of what is redacted nothing is left") {
  for_all(cases(300), [](Random& random) {
    // The secret stands only where it must not stay, in events with all sorts of twins.
    Lines events;
    for (auto left = random.below(50); left > 0; --left) {
      const auto put = [&](const std::string& name) {
        return "\"" + name + "\":" + random.any_of<std::string>({"\"SECRET\"", "null", "[\"SECRET\"]", "1"});
      };
      std::string event = "{\"n\":0";
      for (auto members = random.below(5); members > 0; --members) {
        switch (random.below(3)) {
          case 0:
            event += "," + put(random.any_of<std::string>({"p", "\\u0070"}));
            break;
          case 1:
            event += ",\"u\":{" + put("q") + "," + put(random.any_of<std::string>({"q", "\\u0071"})) + "}";
            break;
          default:
            event += random.any_of<std::string>({",\"u\":{}", ",\"u\":null", ",\"p\":null", ",\"u\":1"});
        }
      }
      events.push_back(event + "}");
    }
    CAPTURE(text_of(events));
    const std::string spec = random.any_of<std::string>({"redact(p, u.q)", "redact(u.q, p, key=\"k\")"});
    const Lines redacted = through(random, spec, events);
    REQUIRE(redacted.size() == events.size());
    REQUIRE(text_of(redacted).find("SECRET") == std::string::npos);
    REQUIRE(through(random, "redact(p, u.q)", redacted) == through(random, "redact(u.q, p)", events));
  });
}

namespace {

void flatten_into(const nlohmann::json& object, const std::string& prefix, nlohmann::json& flat) {
  for (const auto& [name, value] : object.items()) {
    if (value.is_object() && !value.empty()) {
      flatten_into(value, prefix + name + ".", flat);
    } else {
      flat[prefix + name] = value;
    }
  }
}

}  // namespace

TEST_CASE("flatten says the same in one object, and a flat event is left as it is") {
  for_all(cases(200), [](Random& random) {
    Lines events = random_objects(random, 60, {.may_repeat = false});
    // 1e400 is valid, but more than the reference can read.
    std::erase_if(events, [](const std::string& event) { return event.find("1e400") != std::string::npos; });
    const Lines flat = through(random, "flatten", events);
    REQUIRE(flat.size() == events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
      CAPTURE(events[i]);
      nlohmann::json expected = nlohmann::json::object();
      flatten_into(nlohmann::json::parse(events[i]), "", expected);
      REQUIRE(nlohmann::json::parse(flat[i]) == expected);
    }
    REQUIRE(through(random, "flatten", flat) == flat);
  });
}

TEST_CASE("a chain of agents gives what its agents give one after the other") {
  // Members are looked at again and again: with all rows, with fewer, and behind edits of them.
  const Lines agents = {"where(a != \"x\")",   "where(a != \"\")", "where(a != 1)",
                        "where(b > 0)",        "where(b <= 1)",    "where(c == null || c != true)",
                        "where(has(id))",      "where(1 > b)",     "set(a = b)",
                        "set(b = 1.5, c = a)", "drop(c)",          "rename(id = b)"};
  for_all(cases(300), [&](Random& random) {
    Lines events = random_objects(random, 100);
    for (auto bad = random.below(3); bad > 0 && !events.empty(); --bad)
      events[random.below(events.size())] = "{\"a\"";
    std::string chain;
    Lines expected = events;
    for (auto left = 2 + random.below(6); left > 0; --left) {
      const std::string agent = random.any_of(agents);
      chain += (chain.empty() ? "" : random.one_in(2) ? " | " : " >> ") + agent;
      expected = through(random, agent, expected);
    }
    CAPTURE(chain);
    CAPTURE(text_of(events));
    REQUIRE(through(random, chain, events) == expected);
  });
}
