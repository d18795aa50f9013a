// Completion inside a pipeline spec. What is typed is unfinished, so the parser of
// specs is of no help: this only follows brackets and strings to see what fits.
#include <fmt/format.h>

#include "cli/completion.hpp"
#include "cli/option_groups.hpp"
#include "settings/config.hpp"

namespace flux::cli {

namespace {

enum class Expects { agent, parameter, setting, nothing };

// Where the end of a spec is.
struct Cursor {
  Expects expects = Expects::agent;
  std::size_t word = 0;    // where the unfinished word begins
  std::string_view agent;  // of the parameters
};

class Scanner {
 public:
  explicit Scanner(std::string_view spec) : spec_(spec) {}

  Cursor scan() {
    for (at_ = 0; at_ < spec_.size(); ++at_) step(spec_[at_]);
    if (in_string_) cursor_.expects = Expects::nothing;
    while (cursor_.word < spec_.size() && spec_[cursor_.word] == ' ') ++cursor_.word;
    return cursor_;
  }

 private:
  void step(char c) {
    if (in_string_) {
      if (c == '\\') ++at_;
      if (c == '"') in_string_ = false;
    } else if (c == '"') {
      in_string_ = true;
    } else if (c == '(' || c == '[' || c == '{') {
      open(c);
    } else if (c == ')' || c == ']' || c == '}') {
      if (!open_.empty()) open_.pop_back();
      cursor_.expects = Expects::nothing;
    } else if (open_.empty()) {
      if (c == '|' || c == '>') begin(Expects::agent);
    } else if (open_.size() == 1 && c == ',') {
      begin(open_ == "(" ? Expects::parameter : Expects::setting);
    } else if (open_.size() == 1 && c == '=') {
      cursor_.expects = Expects::nothing;
    }
  }

  void open(char c) {
    if (open_.empty()) {
      if (c == '(') cursor_.agent = spec_.substr(cursor_.word, at_ - cursor_.word);
      begin(c == '(' ? Expects::parameter : c == '{' ? Expects::setting : Expects::nothing);
    }
    open_.push_back(c);
  }

  void begin(Expects what) {
    cursor_.expects = what;
    cursor_.word = at_ + 1;
  }

  std::string_view spec_;
  std::size_t at_ = 0;
  std::string open_;  // brackets
  bool in_string_ = false;
  Cursor cursor_;
};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::vector<Candidate> parameters_of(std::string_view name, plugin::Registry& registry) {
  std::vector<Candidate> all;
  const plugin::Lookup found = registry.find(trimmed(name));
  if (const auto* agent = std::get_if<const plugin::Agent*>(&found))
    for (const plugin::Param& param : (*agent)->params) all.push_back({param.name + "=", param.summary});
  return all;
}

std::vector<Candidate> settings() {
  std::vector<Candidate> all;
  for (const std::string& name : settings::setting_names())
    all.push_back({name + "=", help_of_setting(name)});
  return all;
}

}  // namespace

Completion complete_pipeline(std::string_view typed, plugin::Registry& registry) {
  const Cursor cursor = Scanner(typed).scan();
  const std::string_view before = typed.substr(0, cursor.word);
  const std::string_view word = typed.substr(cursor.word);
  Completion completion;
  completion.goes_on = true;
  std::vector<Candidate> fitting;
  if (cursor.expects == Expects::agent) fitting = complete_agent(word, registry).candidates;
  if (cursor.expects == Expects::parameter) fitting = parameters_of(cursor.agent, registry);
  if (cursor.expects == Expects::setting) fitting = settings();
  for (Candidate& candidate : fitting) {
    if (!candidate.text.starts_with(word)) continue;
    completion.candidates.push_back({fmt::format("{}{}", before, candidate.text), std::move(candidate.what)});
  }
  return completion;
}

Completion complete_agent(std::string_view typed, plugin::Registry& registry) {
  Completion completion;
  for (const plugin::Agent* agent : registry.all()) {
    const bool is_known_by_name = std::holds_alternative<const plugin::Agent*>(registry.find(agent->name));
    const std::string name = is_known_by_name ? agent->name : agent->qualified_name();
    if (name.starts_with(typed)) completion.candidates.push_back({name, agent->summary});
  }
  return completion;
}

}  // namespace flux::cli
