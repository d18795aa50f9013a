// jq("PROGRAM", name = VALUE…): the jq language as an agent, with libjq.
//
// What the program gives for an event flows on in pieces, so that range(1e9) costs no
// memory. An event that fails is taken back whole as long as none of its results has
// left: so the first ones, kAhead of them, wait until it is known how it goes on.
#include <flux/flux_plugin.h>

#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>

#include "program.hpp"

namespace {

constexpr std::size_t kAhead = 1024;          // results
constexpr std::size_t kAheadBytes = 1 << 20;  // or this much text

std::string_view view(flux_str text) { return {text.data, text.size}; }
flux_str str(std::string_view text) { return {text.data(), text.size()}; }

class Jq {
 public:
  Jq(const flux_host* host, const flux_value* values);

  flux_status process(const flux_batch& in, flux_out& out, flux_error& err);

 private:
  Program& program();
  void begin(std::string_view event);
  void look_ahead();
  bool give(std::size_t row, flux_out& out);

  const flux_host* const host_;
  std::string text_;
  std::vector<Program::Variable> variables_;
  std::optional<Program> program_;
  std::vector<Text> ahead_;  // results of the event at hand
  std::size_t given_ = 0;    // so many of them have left
};

std::vector<Program::Variable> variables_of(const flux_value& named) {
  std::vector<Program::Variable> variables;
  if (named.kind == 0) return variables;
  for (std::size_t i = 0; i < named.as.list.size; ++i) {
    const flux_item& item = named.as.list.items[i];
    if (item.name.size != 1) throw std::invalid_argument("a variable has one name, without dots");
    variables.emplace_back(view(item.name.names[0]), view(item.value.as.str));
  }
  return variables;
}

// Programs that have been compiled once. It takes libjq 14 ms, so that an instance per
// worker is better done by the workers, at once and only if an event comes.
class Checked {
 public:
  // Whether it is for the caller to compile this one.
  bool is_new(const std::string& text, const std::vector<Program::Variable>& variables) {
    std::string key = text;
    for (const auto& [name, json] : variables) key.append(1, '\0').append(name).append(1, '=').append(json);
    const std::lock_guard lock(mutex_);
    return known_.insert(std::move(key)).second;
  }

 private:
  std::mutex mutex_;  // for known_
  std::set<std::string> known_;
};

Jq::Jq(const flux_host* host, const flux_value* values)
    : host_(host), text_(view(values[0].as.str)), variables_(variables_of(values[1])) {
  static Checked checked;
  if (text_.find('\0') != std::string::npos) throw std::invalid_argument("the program has a zero byte");
  if (checked.is_new(text_, variables_)) program();
}

Program& Jq::program() {
  const auto debug = [this](std::string_view message) { host_->log(host_, FLUX_LEVEL_DEBUG, str(message)); };
  if (!program_) program_.emplace(text_, variables_, debug);
  return *program_;
}

void Jq::begin(std::string_view event) {
  ahead_.clear();
  given_ = 0;
  program().start(event);
  look_ahead();
}

// REQUIRES: all that was ahead has been given.
void Jq::look_ahead() {
  ahead_.clear();
  given_ = 0;
  std::size_t bytes = 0;
  while (program_->state() == Program::State::open && ahead_.size() < kAhead && bytes < kAheadBytes) {
    Text result = program_->next();
    if (program_->state() != Program::State::open) return;
    bytes += result.view().size();
    ahead_.push_back(std::move(result));
  }
}

// false: there is no room for all of it.
bool Jq::give(std::size_t row, flux_out& out) {
  for (; given_ < ahead_.size(); ++given_) {
    if (out.rows == out.capacity) return false;
    const std::string_view result = ahead_[given_].view();
    char* const room = out.text(&out, result.size());
    if (room == nullptr) return false;
    std::memcpy(room, result.data(), result.size());
    static_cast<flux_str*>(out.columns[0].data)[out.rows] = {room, result.size()};
    out.origin[out.rows++] = static_cast<std::uint32_t>(row);
  }
  return true;
}

// The cursor says no more than that the program is in the middle of row 0.
flux_status Jq::process(const flux_batch& in, flux_out& out, flux_error& err) {
  const auto* const events = static_cast<const flux_str*>(in.columns[0].data);
  const auto go_on_at = [&out](std::size_t row) {
    out.consumed = row;
    out.cursor = 1;
    return FLUX_MORE;
  };
  for (std::size_t row = 0; row < in.rows; ++row) {
    if (row > 0 || in.cursor == 0) {
      begin(view(events[row]));
      if (program_->state() == Program::State::failed) {
        out.fail(&out, row, FLUX_REFUSED, str(program_->message()));
        continue;
      }
    }
    while (give(row, out) && program_->state() == Program::State::open) look_ahead();
    if (given_ < ahead_.size()) return go_on_at(row);
    switch (program_->state()) {
      case Program::State::open:
      case Program::State::done:
        continue;
      case Program::State::halted:
        out.consumed = row + 1;
        return FLUX_END;
      case Program::State::failed:
      case Program::State::broken:
        break;
    }
    // The run fails; but what came before goes out, with whatever batch it came.
    if (row > 0 || out.rows > 0) return go_on_at(row);
    const bool is_halt = program_->state() == Program::State::broken;
    const std::string message =
        program_->message() + (is_halt ? "" : " (after results that cannot be taken back any more)");
    err.set(&err, str(message));
    return FLUX_FAILED;
  }
  return FLUX_OK;
}

// ---- the boundary

void* create(const flux_agent*, const flux_host* host, const flux_value* values, flux_error* err) noexcept {
  try {
    return new Jq(host, values);
  } catch (const std::exception& why) {
    err->set(err, str(why.what()));
    return nullptr;
  }
}

void destroy(void* self) noexcept { delete static_cast<Jq*>(self); }

flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) noexcept {
  try {
    return static_cast<Jq*>(self)->process(*in, *out, *err);
  } catch (const std::exception& why) {
    err->set(err, str(why.what()));
    return FLUX_FAILED;
  }
}

constexpr flux_field kValue{sizeof(flux_field), FLUX_JSON, 0, {nullptr, 0}, {nullptr, 0}};
constexpr const flux_field* kValueFields[] = {&kValue};
constexpr flux_type kJson{sizeof(flux_type), 1, kValueFields, nullptr};

constexpr flux_param kProgram{sizeof(flux_param),       FLUX_STRING, 0, FLUX_PARAM_REQUIRED, "program",
                              "The program, in quotes", nullptr};
constexpr flux_param kVariables{sizeof(flux_param),
                                FLUX_JSON,
                                0,
                                FLUX_PARAM_NAMED,
                                "variables",
                                "What the program finds in $name",
                                nullptr};
constexpr const flux_param* kParams[] = {&kProgram, &kVariables};

constexpr flux_example kFilter{sizeof(flux_example), R"(jq("select(.ms > 99) | {path, ms}"))",
                               "{\"path\": \"/a\", \"ms\": 120}\n{\"path\": \"/b\", \"ms\": 5}\n",
                               "{\"path\":\"/a\",\"ms\":120}\n"};
constexpr flux_example kMany{sizeof(flux_example), R"(jq(".[] * $by", by=10))", "[1, 2]\n[]\n[3]\n",
                             "10\n20\n30\n"};
constexpr const flux_example* kExamples[] = {&kFilter, &kMany};

constexpr flux_agent make_agent() {
  flux_agent agent{};
  agent.struct_size = sizeof agent;
  agent.flags = FLUX_STATELESS;
  agent.result = FLUX_REPLACE;
  agent.name = "jq";
  agent.version = FLUX_PLUGIN_VERSION;
  agent.summary = "Runs a program of the jq language on each event (its numbers are doubles)";
  agent.input = &kJson;
  agent.output = &kJson;
  agent.params = kParams;
  agent.param_count = std::size(kParams);
  agent.examples = kExamples;
  agent.example_count = std::size(kExamples);
  agent.create = create;
  agent.destroy = destroy;
  agent.process = process;
  return agent;
}

constexpr flux_agent kAgent = make_agent();
constexpr const flux_agent* kAgents[] = {&kAgent};
constexpr flux_plugin kPlugin{
    FLUX_PLUGIN_MAGIC,   FLUX_ABI_MAJOR, FLUX_TARGET_MINOR, sizeof(flux_plugin), FLUX_PLUGIN_NAME,
    FLUX_PLUGIN_VERSION, "Apache-2.0",   kAgents,           std::size(kAgents),  nullptr};

}  // namespace

FLUX_ANNOUNCE("jq", "jq");

const flux_plugin* flux_plugin_entry() { return &kPlugin; }
