// flux laws: are agents what they say they are? For people, and for programs.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "cli/commands.hpp"
#include "core/error.hpp"
#include "json/check.hpp"
#include "laws/events.hpp"
#include "laws/laws.hpp"
#include "spec/text_file.hpp"

namespace flux::cli {

namespace {

using Json = nlohmann::ordered_json;
using laws::Verdict;

constexpr std::size_t kEvents = 1000;
constexpr std::size_t kEventsOfBlocking = 30;  // each may take a while
constexpr std::size_t kMostLines = 12;         // of what is shown to people

struct Tried {
  std::string call;
  std::vector<std::string> claims;
  std::optional<std::size_t> events;  // so many; none: it was not tried
  Verdict verdict;
};

bool is_file(const std::string& word) { return word.ends_with(".so"); }

// The agents of a plugin that is loaded, maybe by another name of its file.
std::vector<const plugin::Agent*> agents_of(const std::string& file, plugin::Registry& registry) {
  auto agents = registry.all();
  std::error_code none;
  std::erase_if(agents,
                [&](const auto* agent) { return !std::filesystem::equivalent(agent->file, file, none); });
  return agents;
}

// The agents of the plugin of this name.
std::vector<const plugin::Agent*> agents_in(const std::string& plugin, plugin::Registry& registry) {
  auto agents = registry.all();
  std::erase_if(agents, [&](const auto* agent) { return agent->plugin != plugin; });
  return agents;
}

std::optional<laws::Events> events_of(const Options& options) {
  if (!options.events_file) return {};
  const spec::TextFile file = spec::read_text_file(*options.events_file);
  laws::Events events;
  for (std::size_t begin = 0; begin < file.text.size();) {
    const std::size_t end = std::min(file.text.find('\n', begin), file.text.size());
    const std::size_t first = file.text.find_first_not_of(" \t\r", begin);
    std::string line = first < end ? file.text.substr(first, end - first) : "";
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (const auto flaw = line.empty() ? std::nullopt : json::find_flaw(line))
      throw Error(fmt::format("{}: not JSON: {}", file.place(first + flaw->offset), flaw->reason),
                  "an event is one line of JSON");
    if (!line.empty()) events.push_back(std::move(line));
    begin = end + 1;
  }
  return events;
}

class Trials {
 public:
  Trials(const Options& options, plugin::Registry& registry)
      : registry_(registry),
        given_(events_of(options)),
        seed_(options.seed ? *options.seed : std::random_device()()) {}

  void add(const std::string& word) {
    if (is_file(word)) {
      for (const plugin::Agent* agent : agents_of(word, registry_)) add(*agent);
      return;
    }
    const plugin::Lookup found = registry_.find(word);
    if (const auto* agent = std::get_if<const plugin::Agent*>(&found)) return add(**agent);
    if (const auto agents = agents_in(word, registry_); !agents.empty()) {
      for (const plugin::Agent* agent : agents) add(*agent);
      return;
    }
    try_call(laws::make_subject(word, registry_, host_));
  }

  const std::vector<Tried>& tried() const { return tried_; }
  std::uint64_t seed() const { return seed_; }

 private:
  // Without arguments.
  void add(const plugin::Agent& agent) {
    const auto calls = laws::calls_of(agent, registry_);
    if (calls.empty())
      skip(agent.name,
           fmt::format("it needs arguments, and no example shows any: flux laws '{}(...)'", agent.name));
    for (const std::string& call : calls) {
      std::optional<laws::Subject> subject;
      try {
        subject = laws::make_subject(call, registry_, host_);
      } catch (const Error& error) {
        skip(call, error.message);
        continue;
      }
      try_call(*subject);
    }
  }

  void try_call(const laws::Subject& subject) {
    const std::size_t count = subject.stage().is(FLUX_BLOCKING) ? kEventsOfBlocking : kEvents;
    const auto judged = [&](const laws::Events& events) { return laws::judge(subject, events, seed_); };
    const auto made = [&](laws::Extremes extremes) {
      return laws::make_events(subject, count, seed_, extremes);
    };
    Verdict verdict = judged(given_ ? *given_ : made(laws::Extremes::some));
    if (!given_ && verdict.kind == Verdict::Kind::unjudged) verdict = judged(made(laws::Extremes::none));
    if (verdict.kind != Verdict::Kind::broken && with_examples_.insert(subject.agent).second) {
      if (auto found = laws::find_false_example(*subject.agent, registry_, host_))
        verdict = std::move(*found);
    }
    tried_.push_back(
        {subject.call, laws::claims_of(subject), given_ ? given_->size() : count, std::move(verdict)});
  }

  void skip(const std::string& call, const std::string& why) {
    Verdict verdict;
    verdict.kind = Verdict::Kind::unjudged;
    verdict.message = why;
    tried_.push_back({call, {}, std::nullopt, std::move(verdict)});
  }

  plugin::Registry& registry_;
  const std::optional<laws::Events> given_;
  const std::uint64_t seed_;
  // What agents log says nothing about them, and they are run a hundred times.
  const plugin::Host host_{host().version, [](flux_level, std::string_view) {}};
  std::vector<Tried> tried_;
  std::set<const plugin::Agent*> with_examples_;  // those whose examples were tried
};

std::size_t count_of(const std::vector<Tried>& tried, Verdict::Kind kind) {
  return static_cast<std::size_t>(
      std::count_if(tried.begin(), tried.end(), [&](const Tried& one) { return one.verdict.kind == kind; }));
}

const char* word_of(Verdict::Kind kind) {
  switch (kind) {
    case Verdict::Kind::ok:
      return "ok";
    case Verdict::Kind::broken:
      return "broken";
    case Verdict::Kind::unjudged:
      return "not judged";
  }
  return "?";
}

Json json_of(const Trials& trials) {
  Json json = Json::array();
  for (const Tried& one : trials.tried()) {
    const Verdict& verdict = one.verdict;
    Json entry = {{"agent", one.call},
                  {"claims", one.claims},
                  {"verdict", word_of(verdict.kind)},
                  {"held", verdict.held},
                  {"events", one.events ? Json(*one.events) : Json(nullptr)},
                  {"seed", trials.seed()}};
    if (verdict.kind != Verdict::Kind::ok) entry["message"] = verdict.message;
    if (verdict.kind == Verdict::Kind::broken) {
      entry["law"] = verdict.law;
      entry["input"] = verdict.input;
      entry["expected"] = verdict.expected;
      entry["found"] = verdict.found;
    }
    json.push_back(std::move(entry));
  }
  return json;
}

std::string block_of(std::string_view heading, const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size() && i < kMostLines; ++i)
    text += fmt::format("    {:<10}{}\n", i == 0 ? heading : "", printable(lines[i], 300));
  if (lines.empty()) text += fmt::format("    {:<10}(nothing)\n", heading);
  if (lines.size() > kMostLines)
    text += fmt::format("    {:<10}... and {} more\n", "", lines.size() - kMostLines);
  return text;
}

std::string text_of(const Trials& trials) {
  std::size_t widest_call = 0;
  std::size_t widest_claims = 0;
  for (const Tried& one : trials.tried()) {
    widest_call = std::max(widest_call, one.call.size());
    widest_claims = std::max(widest_claims, fmt::format("{}", fmt::join(one.claims, ", ")).size());
  }
  std::string text;
  for (const Tried& one : trials.tried()) {
    const Verdict& verdict = one.verdict;
    text += fmt::format("{:<{}}  {:<{}}  ", one.call, widest_call,
                        fmt::format("{}", fmt::join(one.claims, ", ")), widest_claims);
    switch (verdict.kind) {
      case Verdict::Kind::ok:
        text += "ok\n";
        break;
      case Verdict::Kind::unjudged:
        text += fmt::format("not judged: {}\n", verdict.message);
        break;
      case Verdict::Kind::broken:
        text += fmt::format("BROKEN: {}\n", verdict.message);
        if (verdict.law != "absorb") text += block_of("input:", verdict.input);
        if (verdict.expected != verdict.found)
          text += block_of("expected:", verdict.expected) + block_of("found:", verdict.found);
        break;
    }
  }
  const auto& tried = trials.tried();
  text += fmt::format("{} tried, {} broken", tried.size(), count_of(tried, Verdict::Kind::broken));
  if (const std::size_t unjudged = count_of(tried, Verdict::Kind::unjudged); unjudged != 0)
    text += fmt::format(", {} not judged", unjudged);
  std::set<std::size_t> events;
  for (const Tried& one : tried)
    if (one.events) events.insert(*one.events);
  if (events.empty()) return text + "\n";
  const std::string range = events.size() == 1 ? fmt::format("{}", *events.begin())
                                               : fmt::format("{} to {}", *events.begin(), *events.rbegin());
  return text + fmt::format(" (seed {}, {} events each)\n", trials.seed(), range);
}

}  // namespace

int laws(const Options& options, const io::StandardStreams& streams) {
  Options with_files = options;
  for (const std::string& word : options.tried)
    if (is_file(word)) with_files.plugins.push_back(word);
  plugin::Registry registry;
  load_plugins(registry, with_files, nullptr);
  Trials trials(options, registry);
  for (const std::string& word : options.tried) trials.add(word);
  const int printed =
      print(streams, options.format == Format::json ? json_of(trials).dump(2) + "\n" : text_of(trials));
  if (printed != 0) return printed;
  return count_of(trials.tried(), Verdict::Kind::broken) == 0 ? 0 : static_cast<int>(Exit::failed);
}

}  // namespace flux::cli
