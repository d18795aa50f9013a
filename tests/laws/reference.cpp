#include "reference.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <sstream>

#include "json/check.hpp"
#include "model_agents.hpp"
#include "model_json.hpp"

namespace laws {

namespace {

// Where an event was read. Rows of finish() come from nowhere.
struct Origin {
  std::size_t line;
  std::size_t offset;
  std::string event;  // as JSON
};

struct Letter {
  std::size_t line;
  std::size_t flux;
  std::string text;
};

enum class Why { failure, collapsed, agent_end, max_events };  // the first that applies is the reason

struct Stop {
  std::size_t flux;
  Why why;
};

struct Flux {
  std::string id;
  std::vector<std::unique_ptr<ModelAgent>> agents;
  std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
  bool collapses = false;
  std::uint64_t admitted = 0;
  std::uint64_t hundredths = 0;
  std::uint64_t outputs = 0;
  std::vector<std::unique_ptr<ModelAgent>> transform;
  std::uint64_t queue_size = 0;
  std::deque<std::string> queue;  // of what returned
  bool is_shut = false;
  bool has_collapsed = false;

  bool ends_behind(std::size_t agent) const {
    return std::any_of(agents.begin() + static_cast<std::ptrdiff_t>(agent) + 1, agents.end(),
                       [](const auto& later) { return later->is_done(); });
  }
  bool absorbs() const {
    return std::any_of(agents.begin(), agents.end(), [](const auto& agent) { return agent->absorbs(); });
  }
};

std::string name_of(const std::string& call) { return call.substr(0, call.find('(')); }

class Reference {
 public:
  Reference(const Pipeline& pipeline, bool is_fatal) : is_fatal_(is_fatal) {
    std::map<std::string, int> taken;
    for (const Lifted& lifted : pipeline) {
      Flux& flux = fluxes_.emplace_back();
      for (const std::string& call : lifted.calls) {
        flux.id += (flux.id.empty() ? "" : ">>") + name_of(call);
        if (call != "id") flux.agents.push_back(model_of(call));
      }
      const int count = ++taken[flux.id];
      if (count > 1) flux.id += "-" + std::to_string(count);
      flux.limit = lifted.limit.value_or(flux.limit);
      flux.collapses = lifted.collapses;
      flux.hundredths = lifted.feedback_hundredths;
      flux.queue_size = lifted.queue_size;
      for (const std::string& call : lifted.transform) flux.transform.push_back(model_of(call));
    }
    expected_.books.resize(fluxes_.size());
  }

  Expected run(std::string_view stream) {
    std::size_t line = 0;
    for (std::size_t at = 0; at < stream.size() && stops_.empty(); ++line) {
      const std::size_t end = std::min(stream.find('\n', at), stream.size());
      read(stream.substr(at, end - at), {line + 1, at, {}});
      end_of_event();
      at = end + 1;
    }
    drain();
    conclude();
    return std::move(expected_);
  }

 private:
  void read(std::string_view line, Origin origin) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string text = trimmed(line);
    if (text.empty()) return;
    origin_ = std::move(origin);
    const auto flaw = flux::json::find_flaw(text);
    origin_->event = flaw ? write_string(std::string(line)) : text;
    if (!flaw) return arrive(0, text);
    if (admit(0, From::upstream)) fail(0, first_agent(), {"decode", "not JSON: " + flaw->reason}, {});
  }

  enum class From { upstream, feedback };

  // Every event costs when it arrives, before anything is done with it.
  bool admit(std::size_t f, From from) {
    Flux& flux = fluxes_[f];
    ++(from == From::upstream ? expected_.books[f].upstream : expected_.books[f].fed_back);
    const bool is_late = flux.is_shut || (stop_ && f <= stop_->flux);
    if (is_late || flux.admitted == flux.limit) {
      ++expected_.books[f].unprocessed;
      if (!is_late && flux.collapses) stop(f, Why::collapsed);
      return false;
    }
    ++flux.admitted;
    if (flux.admitted == flux.limit && !flux.collapses) stop(f, Why::max_events);
    return true;
  }

  void arrive(std::size_t f, const std::string& event) {
    if (f == fluxes_.size()) {
      expected_.out += event + "\n";
      return;
    }
    serve(f, event, From::upstream);
    std::deque<std::string>& queue = fluxes_[f].queue;
    while (!queue.empty()) {
      const std::string first = queue.front();
      queue.pop_front();
      serve(f, first, From::feedback);
    }
  }

  void serve(std::size_t f, const std::string& event, From from) {
    if (!admit(f, from)) return;
    std::vector<Blame> blame;
    const std::vector<std::string> values = apply(f, 0, {event}, blame);
    if (!blame.empty()) {
      const bool is_as_read = f == 0 && from == From::upstream;
      return fail(f, blame[0].agent, blame[0].refusal, is_as_read ? std::nullopt : std::optional(event));
    }
    flux::runtime::Books& books = expected_.books[f];
    ++(!values.empty() ? books.gave : fluxes_[f].absorbs() ? books.absorbed : books.filtered);
    books.results += values.size();
    for (const std::string& value : values) {
      deliver(f, {value});
      const std::uint64_t n = ++fluxes_[f].outputs;
      const std::uint64_t hundredths = fluxes_[f].hundredths;
      if (n * hundredths / 100 > (n - 1) * hundredths / 100) send_back(f, value);
    }
  }

  // All that one output becomes on its way back, or nothing where an agent there says no.
  void send_back(std::size_t f, const std::string& value) {
    Flux& flux = fluxes_[f];
    std::vector<std::string> values = {value};
    for (const auto& agent : flux.transform) {
      std::vector<std::string> results;
      for (const std::string& each : values) {
        if (agent->is_done()) return drop(f);
        const Given given = agent->give(each);
        if (given.refusal) return drop(f);
        results.insert(results.end(), given.values.begin(), given.values.end());
      }
      values = std::move(results);
    }
    for (const std::string& each : values) {
      if (flux.queue.size() == flux.queue_size) {
        drop(f);
      } else {
        flux.queue.push_back(each);
      }
    }
  }

  void drop(std::size_t f) { ++expected_.books[f].feedback_dropped; }

  struct Blame {
    std::string agent;
    Refusal refusal;
  };

  // The agents of one flux from `first` on, and those that said no.
  std::vector<std::string> apply(std::size_t f, std::size_t first, std::vector<std::string> values,
                                 std::vector<Blame>& blame) {
    for (std::size_t a = first; a < fluxes_[f].agents.size(); ++a) {
      ModelAgent& agent = *fluxes_[f].agents[a];
      std::vector<std::string> results;
      for (const std::string& value : values) {
        if (agent.is_done()) break;
        const Given given = agent.give(value);
        if (given.refusal) blame.push_back({agent.name, *given.refusal});
        results.insert(results.end(), given.values.begin(), given.values.end());
        if (agent.is_done()) stop(f, Why::agent_end);
      }
      values = std::move(results);
    }
    return values;
  }

  void deliver(std::size_t f, const std::vector<std::string>& values) {
    expected_.books[f].delivered += values.size();
    for (const std::string& value : values) arrive(f + 1, value);
  }

  void fail(std::size_t f, const std::string& agent, const Refusal& why,
            const std::optional<std::string>& value) {
    ++expected_.books[f].failed;
    tell(f, agent, why, value);
  }

  void tell(std::size_t f, const std::string& agent, const Refusal& why,
            const std::optional<std::string>& value) {
    std::string text = "{\"error\":" + write_string(why.message) + ",\"kind\":\"" + why.kind +
                       "\",\"flux\":\"" + fluxes_[f].id + "\",\"agent\":\"" + agent + "\",";
    text += origin_ ? "\"source\":\"in\",\"line\":" + std::to_string(origin_->line) +
                          ",\"offset\":" + std::to_string(origin_->offset) + ",\"event\":" + origin_->event
                    : "\"source\":null,\"line\":null,\"offset\":null,\"event\":null";
    if (value && (!origin_ || *value != origin_->event)) text += ",\"value\":" + *value;
    letters_.push_back({origin_ ? origin_->line : kEnd, f, text + "}"});
    if (is_fatal_) stop(f, Why::failure);
  }

  // Of two stops on one line the one further down came first: an event gets there
  // before the next one starts.
  void stop(std::size_t f, Why why) {
    if (!stop_ || f >= stop_->flux) stop_ = Stop{f, why};
  }

  void end_of_event() {
    if (!stop_) return;
    leave_open();
    stops_.push_back(*stop_);
    for (std::size_t f = 0; f <= stop_->flux; ++f) fluxes_[f].is_shut = true;
    if (stop_->why == Why::collapsed) fluxes_[stop_->flux].has_collapsed = true;
    stop_.reset();
  }

  void leave_open() {
    const std::string line =
        origin_ ? "\"source\":\"in\",\"line\":" + std::to_string(origin_->line) + "," : "\"source\":null";
    for (std::size_t f = 0; f < stop_->flux; ++f) {
      for (const auto& agent : fluxes_[f].agents)
        expected_.left_open.push_back("\"flux\":\"" + fluxes_[f].id + "\",\"agent\":\"" + agent->name +
                                      "\"," + line);
    }
  }

  bool has_failed() const {
    return std::any_of(stops_.begin(), stops_.end(), [](const Stop& s) { return s.why == Why::failure; });
  }

  // What fluxes hold back flows on, flux by flux.
  void drain() {
    expected_.stopped_early = !stops_.empty();
    origin_.reset();
    for (std::size_t f = 0; f < fluxes_.size() && !has_failed(); ++f) {
      if (fluxes_[f].has_collapsed) continue;
      for (std::size_t a = 0; a < fluxes_[f].agents.size(); ++a) {
        const std::vector<std::string> rows = fluxes_[f].agents[a]->finish();
        if (fluxes_[f].ends_behind(a)) continue;
        for (const std::string& row : rows) finish(f, a + 1, row);
      }
      expected_.stopped_early = expected_.stopped_early || stop_;
      end_of_event();
    }
  }

  void finish(std::size_t f, std::size_t next, const std::string& row) {
    std::vector<Blame> blame;
    const bool is_wanted = f + 1 == fluxes_.size() || !fluxes_[f + 1].is_shut;
    const std::vector<std::string> values = is_wanted ? apply(f, next, {row}, blame) : std::vector{row};
    for (const Blame& each : blame) tell(f, each.agent, each.refusal, {});
    expected_.books[f].finish_rows += values.size();
    deliver(f, values);
  }

  void conclude() {
    std::stable_sort(letters_.begin(), letters_.end(), [](const Letter& a, const Letter& b) {
      return std::pair(a.line, a.flux) < std::pair(b.line, b.flux);
    });
    for (const Letter& letter : letters_) expected_.letters += letter.text + "\n";
    for (const Flux& flux : fluxes_) expected_.has_collapsed.push_back(flux.has_collapsed);
    expected_.reason = "end of input";
    const auto first = std::min_element(stops_.begin(), stops_.end(),
                                        [](const Stop& a, const Stop& b) { return a.why < b.why; });
    if (first == stops_.end()) return;
    const std::string id = "'" + fluxes_[first->flux].id + "'";
    switch (first->why) {
      case Why::failure:
        expected_.exit = 1;
        expected_.reason = "an event failed, and --on-error is fail";
        return;
      case Why::collapsed:
        expected_.exit = 3;
        expected_.reason = id + " collapsed: its entropy is exhausted";
        return;
      case Why::agent_end:
        expected_.reason = id + " ended";
        return;
      case Why::max_events:
        expected_.reason = id + " reached max_events";
        return;
    }
  }

  std::string first_agent() const {
    for (const Flux& flux : fluxes_)
      if (!flux.agents.empty()) return flux.agents.front()->name;
    return fluxes_.front().id;
  }

  static constexpr std::size_t kEnd = std::numeric_limits<std::size_t>::max();

  const bool is_fatal_;
  std::deque<Flux> fluxes_;
  std::optional<Origin> origin_;
  std::optional<Stop> stop_;  // of the event at hand
  std::vector<Stop> stops_;
  std::vector<Letter> letters_;
  Expected expected_;
};

}  // namespace

std::string Expected::settled(const std::string& letters_of_a_run) const {
  std::string rest;
  std::istringstream stream(letters_of_a_run);
  for (std::string letter; std::getline(stream, letter);) {
    const auto is_in = [&](const std::string& part) { return letter.find(part) != std::string::npos; };
    if (std::none_of(left_open.begin(), left_open.end(), is_in)) rest += letter + "\n";
  }
  return rest;
}

std::string spec_of(const Pipeline& pipeline) {
  std::string spec;
  for (const Lifted& flux : pipeline) {
    spec += spec.empty() ? "" : " | ";
    for (std::size_t i = 0; i < flux.calls.size(); ++i) spec += (i == 0 ? "" : " >> ") + flux.calls[i];
    std::string settings = flux.settings;
    if (flux.feedback_hundredths != 0) {
      const auto add = [&](const std::string& setting) {
        settings.insert(settings.empty() ? 0 : 1, settings.empty() ? "{" + setting + "}" : setting + ", ");
      };
      std::string transform;
      for (const std::string& call : flux.transform) transform += (transform.empty() ? "" : " | ") + call;
      const std::string digits = std::to_string(100 + flux.feedback_hundredths);
      add("feedback_fraction=" + std::string(digits[0] == '2' ? "1." : "0.") + digits.substr(1));
      if (!transform.empty()) add("feedback_transform=\"" + transform + "\"");
      if (flux.queue_size != 50) add("feedback_queue_size=" + std::to_string(flux.queue_size));
    }
    spec += settings;
  }
  return spec;
}

Expected refer(const Pipeline& pipeline, std::string_view stream, bool is_fatal) {
  return Reference(pipeline, is_fatal).run(stream);
}

}  // namespace laws
