// exec("COMMAND"): a command that answers events line by line, as an agent: any
// language that can read a line and print one.
#include <flux/flux_plugin.h>

#include <cmath>
#include <exception>
#include <iterator>
#include <stdexcept>

#include "conversation.hpp"

namespace {

flux_str str(std::string_view text) { return {text.data(), text.size()}; }

std::chrono::milliseconds duration_of(const flux_value& value, const char* name, double least) {
  constexpr double kMost = 86'400;  // a day
  const double seconds = value.as.number;
  if (!(seconds >= least && seconds <= kMost))
    throw std::invalid_argument(std::string(name) + " must be between " + (least > 0 ? "0.001" : "0") +
                                " and 86400 (a day), found " + std::to_string(seconds));
  return std::chrono::milliseconds(std::llround(seconds * 1000));
}

// In the order of kParams.
Conversation::Terms terms_of(const flux_value* values) {
  Conversation::Terms terms;
  terms.command.assign(values[0].as.str.data, values[0].as.str.size);
  terms.timeout = duration_of(values[1], "timeout", 0.001);
  terms.restarts = values[2].as.int64;
  terms.backoff = duration_of(values[3], "backoff", 0);
  if (terms.command.find_first_not_of(" \t\n") == std::string::npos)
    throw std::invalid_argument("the command is empty");
  if (terms.command.find('\0') != std::string::npos)
    throw std::invalid_argument("the command has a zero byte");
  if (terms.restarts < 0)
    throw std::invalid_argument("restarts must be at least 0, found " + std::to_string(terms.restarts));
  return terms;
}

// ---- the boundary

Conversation& conversation_of(void* self) { return *static_cast<Conversation*>(self); }

void* create(const flux_agent*, const flux_host* host, const flux_value* values, flux_error* err) noexcept {
  try {
    return new Conversation(host, terms_of(values));
  } catch (const std::exception& why) {
    err->set(err, str(why.what()));
    return nullptr;
  }
}

void destroy(void* self) noexcept { delete static_cast<Conversation*>(self); }

template <class Call>
flux_status guarded(flux_error* err, Call call) noexcept {
  try {
    return call();
  } catch (const std::exception& why) {
    err->set(err, str(why.what()));
    return FLUX_FAILED;
  }
}

flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) noexcept {
  return guarded(err, [&] { return conversation_of(self).process(*in, *out, *err); });
}

flux_status finish(void* self, flux_out* out, flux_error* err) noexcept {
  return guarded(err, [&] { return conversation_of(self).finish(*out, *err); });
}

void interrupt(void* self) noexcept { conversation_of(self).interrupt(); }

constexpr flux_field kValue{sizeof(flux_field), FLUX_JSON, 0, {nullptr, 0}, {nullptr, 0}};
constexpr const flux_field* kValueFields[] = {&kValue};
constexpr flux_type kJson{sizeof(flux_type), 1, kValueFields, nullptr};

constexpr flux_value number(double value) {
  flux_value made{};
  made.kind = FLUX_DOUBLE;
  made.as.number = value;
  return made;
}
constexpr flux_value integer(std::int64_t value) {
  flux_value made{};
  made.kind = FLUX_INT64;
  made.as.int64 = value;
  return made;
}

constexpr flux_value kTimeout = number(30);
constexpr flux_value kRestarts = integer(5);
constexpr flux_value kBackoff = number(0.1);

constexpr flux_param param(const char* name, flux_kind kind, const char* summary, const flux_value* value) {
  return {sizeof(flux_param), static_cast<std::uint32_t>(kind), 0, 0, name, summary, value};
}
constexpr flux_param kCommand{sizeof(flux_param),
                              FLUX_STRING,
                              0,
                              FLUX_PARAM_REQUIRED,
                              "command",
                              "For sh -c: reads a line per event, prints a line for each, at once",
                              nullptr};
constexpr flux_param kTimeoutParam =
    param("timeout", FLUX_DOUBLE, "Seconds for an answer; then it is killed and started anew", &kTimeout);
constexpr flux_param kRestartsParam =
    param("restarts", FLUX_INT64, "How often in a row it may fail to last before the run fails", &kRestarts);
constexpr flux_param kBackoffParam =
    param("backoff", FLUX_DOUBLE, "Seconds before it is started anew; doubles up to 5", &kBackoff);
constexpr const flux_param* kParams[] = {&kCommand, &kTimeoutParam, &kRestartsParam, &kBackoffParam};

constexpr flux_example kSed{sizeof(flux_example), R"(exec("sed -u s/cat/dog/"))",
                            "{\"pet\": \"cat\"}\n\"caterpillar\"\n", "{\"pet\":\"dog\"}\n\"dogerpillar\"\n"};
// Behind the end of its input: a last result.
constexpr flux_example kThen{sizeof(flux_example), R"(exec("cat; echo true"))", "[1.10]\n[2.20]\n",
                             "[1.10]\n[2.20]\ntrue\n"};
constexpr const flux_example* kExamples[] = {&kSed, &kThen};

constexpr flux_agent make_agent() {
  flux_agent agent{};
  agent.struct_size = sizeof agent;
  agent.flags = FLUX_MAP | FLUX_BLOCKING;
  agent.result = FLUX_REPLACE;
  agent.name = "exec";
  agent.version = FLUX_PLUGIN_VERSION;
  agent.summary = "Asks a command: a line of JSON in, a line out, or {\"error\": \"why\"}";
  agent.input = &kJson;
  agent.output = &kJson;
  agent.params = kParams;
  agent.param_count = std::size(kParams);
  agent.examples = kExamples;
  agent.example_count = std::size(kExamples);
  agent.create = create;
  agent.destroy = destroy;
  agent.process = process;
  agent.finish = finish;
  agent.interrupt = interrupt;
  return agent;
}

constexpr flux_agent kAgent = make_agent();
constexpr const flux_agent* kAgents[] = {&kAgent};
constexpr flux_plugin kPlugin{
    FLUX_PLUGIN_MAGIC,   FLUX_ABI_MAJOR, FLUX_TARGET_MINOR, sizeof(flux_plugin), FLUX_PLUGIN_NAME,
    FLUX_PLUGIN_VERSION, "Apache-2.0",   kAgents,           std::size(kAgents),  nullptr};

}  // namespace

FLUX_ANNOUNCE("exec", "exec");

const flux_plugin* flux_plugin_entry() { return &kPlugin; }
