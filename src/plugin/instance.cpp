#include "plugin/instance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "plugin/library.hpp"

namespace flux::plugin {
namespace {

flux_str str(std::string_view text) { return {text.data(), text.size()}; }

std::string_view view(flux_str text) {
  return text.data == nullptr ? std::string_view{} : std::string_view(text.data, text.size);
}

std::vector<flux_str> strs(const Path& path) {
  std::vector<flux_str> names;
  for (const std::string& name : path) names.push_back(str(name));
  return names;
}

// A Type of the host in the shape of the ABI. Points into the Type.
class AbiType {
 public:
  explicit AbiType(const Type& type) {
    for (const Field& field : type.fields) {
      const std::vector<flux_str>& path = paths_.emplace_back(strs(field.path));
      const std::vector<flux_str>& to = paths_.emplace_back(strs(field.to));
      std::uint32_t flags = 0;
      if (field.optional) flags = FLUX_FIELD_OPTIONAL;
      pointers_.push_back(&fields_.emplace_back(flux_field{sizeof(flux_field),
                                                           static_cast<std::uint32_t>(field.kind),
                                                           flags,
                                                           {path.data(), path.size()},
                                                           {to.data(), to.size()}}));
    }
    type_ = {sizeof(flux_type), static_cast<std::uint32_t>(pointers_.size()), pointers_.data(),
             type.name.empty() ? nullptr : type.name.c_str()};
  }
  AbiType(const AbiType&) = delete;
  AbiType& operator=(const AbiType&) = delete;

  const flux_type* get() const { return &type_; }

 private:
  std::deque<std::vector<flux_str>> paths_;
  std::deque<flux_field> fields_;
  std::vector<const flux_field*> pointers_;
  flux_type type_{};
};

// Takes the message of one call. Each call has its own, for calls may overlap.
class Reason {
 public:
  Reason() : error_{this, &Reason::set} {}
  Reason(const Reason&) = delete;
  Reason& operator=(const Reason&) = delete;

  flux_error* error() { return &error_; }

  // Why `function` failed, for people.
  std::string text(std::string_view function) const {
    return message_.empty() ? fmt::format("{}() failed and gave no reason", function)
                            : printable(message_, kMostOfAMessage);
  }

  static constexpr std::size_t kMostOfAMessage = 1000;  // a line for people, not a dump

 private:
  // What nobody will see of it is not looked at: the size may be garbage.
  static void set(flux_error* error, flux_str message) noexcept {
    static_cast<Reason*>(error->ctx)->message_ = view(message).substr(0, 2 * kMostOfAMessage);
  }

  flux_error error_;
  std::string message_;
};

Outcome fault(std::string what) { return {FLUX_FAILED, std::move(what), true}; }

Outcome outcome_of(int status, const Reason& reason, std::string_view function) {
  if (status < FLUX_FAILED || status > FLUX_AGAIN)
    return fault(fmt::format("broke a rule: {}() returned {}, which is no flux_status", function, status));
  if (status == FLUX_FAILED) return {FLUX_FAILED, reason.text(function)};
  return {static_cast<flux_status>(status), {}};
}

// Of save() and restore(), which return 0 or -1.
Outcome outcome_of_int(int result, const Reason& reason, std::string_view function) {
  if (result != 0 && result != -1)
    return fault(fmt::format("broke a rule: {}() returned {}, which is neither 0 nor -1", function, result));
  return result == 0 ? Outcome{} : Outcome{FLUX_FAILED, reason.text(function)};
}

// Makes a call into the plugin; what came out of it, if that was an exception.
template <class Call>
std::optional<std::string> exception_of(std::string_view function, Call call) {
  const auto out = [&](std::string_view what) {
    return fmt::format("let a C++ exception out of {}(): {}", function, what);
  };
  try {
    call();
    return {};
  } catch (const std::exception& error) {
    return out(printable(error.what(), Reason::kMostOfAMessage));
  } catch (...) {
    return out("it is no std::exception");
  }
}

std::string whose(const Agent& agent) { return fmt::format("agent '{}'", agent.name); }

}  // namespace

// ---- values

Values::Values(const Agent& agent, std::vector<std::optional<Given>> given) : given_(std::move(given)) {
  for (std::size_t i = 0; i < agent.params.size(); ++i) {
    const Param& param = agent.params[i];
    if (!given_[i]) {
      values_.push_back(param.default_value.value_or(flux_value{}));
    } else if (given_[i]->is_list || param.is_many()) {
      values_.push_back(list(*given_[i]));
    } else {
      values_.push_back(scalar(given_[i]->items.front().value, given_[i]->kind));
    }
  }
}

flux_value Values::scalar(const Scalar& value, flux_kind kind) {
  flux_value made{};
  made.kind = kind;
  switch (kind) {
    case FLUX_INT64:
      made.as.int64 = std::get<std::int64_t>(value);
      break;
    case FLUX_DOUBLE:
      made.as.number = std::get<double>(value);
      break;
    case FLUX_BOOL:
      made.as.boolean = std::get<bool>(value) ? 1 : 0;
      break;
    case FLUX_STRING:
    case FLUX_JSON:
      made.as.str = str(std::get<std::string>(value));
      break;
    case FLUX_PATH:
      made.as.path = path(std::get<Path>(value));
      break;
    case FLUX_EXPR:
      made.as.column = static_cast<std::uint32_t>(std::get<std::int64_t>(value));
      break;
  }
  return made;
}

flux_value Values::list(const Given& given) {
  std::vector<flux_item>& items = lists_.emplace_back();
  for (const Item& item : given.items) items.push_back({path(item.name), scalar(item.value, given.kind)});
  flux_value made{};
  made.kind = given.kind;
  made.is_list = 1;
  made.as.list = {items.data(), items.size()};
  return made;
}

flux_path Values::path(const Path& path) {
  if (path.empty()) return {};
  const std::vector<flux_str>& names = names_.emplace_back(strs(path));
  return {names.data(), names.size()};
}

// ---- instance

struct Instance::Life {
  Life(const Agent& agent_, std::shared_ptr<const Values> values_, Host host_)
      : agent(agent_), values(std::move(values_)), host(std::move(host_)) {}
  Life(const Life&) = delete;
  Life& operator=(const Life&) = delete;
  ~Life() {
    if (self == nullptr) return;
    const Crossing crossing(agent, "destroy");
    if (const auto what = exception_of("destroy", [&] { agent.functions.destroy(self); })) complain(*what);
  }

  // Of a call that nobody waits for the outcome of.
  void complain(std::string_view what) const {
    host.log(FLUX_LEVEL_ERROR, fmt::format("flux: plugin '{}': {}: it {}", agent.file, whose(agent), what));
  }

  static void log(const flux_host* table, flux_level level, flux_str message) noexcept {
    const Life& life = *static_cast<const Life*>(table->ctx);
    life.host.log(level, fmt::format("flux: {}: {}", life.agent.name,
                                     printable(view(message), Reason::kMostOfAMessage)));
  }
  static const void* extension(const flux_host*, const char*) noexcept { return nullptr; }

  const Agent& agent;
  std::shared_ptr<const Values> values;
  Host host;
  flux_host table{sizeof(flux_host), FLUX_ABI_MAJOR, kAbiMinor, host.version, this, &log, &extension};
  void* self = nullptr;
};

Instance::Instance(const Agent& agent, std::shared_ptr<const Values> values, Host host)
    : life_(new Life(agent, std::move(values), std::move(host)), [](Life* life) { delete life; }) {
  Reason reason;
  const Crossing crossing(agent, "create");
  const auto what = exception_of("create", [&] {
    life_->self = agent.functions.create(agent.raw, &life_->table, life_->values->data(), reason.error());
  });
  if (what) throw Error(fmt::format("plugin '{}': {}: it {}", agent.file, whose(agent), *what));
  if (life_->self == nullptr) throw Error(fmt::format("{}: {}", whose(agent), reason.text("create")));
}

namespace {

// What the instance says, or the agent where the instance has nothing to add.
Ports stated_ports(const Agent& agent, void* self, const std::optional<Type>& given) {
  if (agent.functions.describe == nullptr) return {agent.input, agent.output, false};
  std::optional<AbiType> abi_given;
  if (given) abi_given.emplace(*given);
  flux_ports ports{sizeof(flux_ports), given ? abi_given->get() : nullptr, agent.functions.input,
                   agent.functions.output, 0};
  Reason reason;
  const Crossing crossing(agent, "describe");
  int status = FLUX_FAILED;
  const auto what =
      exception_of("describe", [&] { status = agent.functions.describe(self, &ports, reason.error()); });
  if (what) throw Error(fmt::format("plugin '{}': {}: it {}", agent.file, whose(agent), *what));
  if (status != FLUX_OK) throw Error(fmt::format("{}: {}", whose(agent), reason.text("describe")));
  Ports stated = ports_of(ports.input, ports.output, agent.result,
                          fmt::format("plugin '{}': {}", agent.file, whose(agent)));
  stated.in_order = ports.in_order != 0;
  return stated;
}

}  // namespace

Ports Instance::describe(const std::optional<Type>& given) {
  const Agent& agent = life_->agent;
  Ports ports = stated_ports(agent, life_->self, given);
  if (agent.result == Result::replace && ports.output.is_nothing() && !agent.is(FLUX_SINK))
    throw Error(fmt::format("plugin '{}': {}: it gives new values, but its output type has no field",
                            agent.file, whose(agent)),
                "state the output type, in the agent or in describe()");
  return ports;
}

Outcome Instance::process(const flux_batch& in, flux_out& out, const Work* work) {
  Reason reason;
  int status = FLUX_FAILED;
  const Crossing crossing(life_->agent, "process", work);
  auto what = exception_of(
      "process", [&] { status = life_->agent.functions.process(life_->self, &in, &out, reason.error()); });
  return what ? fault(*std::move(what)) : outcome_of(status, reason, "process");
}

Outcome Instance::finish(flux_out& out, const Work* work) {
  if (life_->agent.functions.finish == nullptr) return {};
  Reason reason;
  int status = FLUX_FAILED;
  const Crossing crossing(life_->agent, "finish", work);
  auto what = exception_of(
      "finish", [&] { status = life_->agent.functions.finish(life_->self, &out, reason.error()); });
  return what ? fault(*std::move(what)) : outcome_of(status, reason, "finish");
}

Outcome Instance::merge(Instance& other, const Work* work) {
  Reason reason;
  int status = FLUX_FAILED;
  const Crossing crossing(life_->agent, "merge", work);
  auto what = exception_of("merge", [&] {
    status = life_->agent.functions.merge(life_->self, other.life_->self, reason.error());
  });
  return what ? fault(*std::move(what)) : outcome_of(status, reason, "merge");
}

void Instance::interrupt() {
  if (life_->agent.functions.interrupt == nullptr) return;
  const Crossing crossing(life_->agent, "interrupt");
  const auto what = exception_of("interrupt", [&] { life_->agent.functions.interrupt(life_->self); });
  if (what) life_->complain(*what);
}

Outcome Instance::save(flux_writer& to) {
  Reason reason;
  int result = -1;
  const Crossing crossing(life_->agent, "save");
  auto what =
      exception_of("save", [&] { result = life_->agent.functions.save(life_->self, &to, reason.error()); });
  return what ? fault(*std::move(what)) : outcome_of_int(result, reason, "save");
}

Outcome Instance::restore(std::uint32_t state_version, std::string_view from) {
  Reason reason;
  int result = -1;
  const Crossing crossing(life_->agent, "restore");
  auto what = exception_of("restore", [&] {
    result = life_->agent.functions.restore(life_->self, state_version, str(from), reason.error());
  });
  return what ? fault(*std::move(what)) : outcome_of_int(result, reason, "restore");
}

std::string complaint(const Outcome& outcome, const Agent& agent, std::string_view flux) {
  if (!outcome.is_fault) return fmt::format("'{}' failed: {}", agent.name, outcome.message);
  return fmt::format("{} {}", blame(agent, flux), outcome.message);
}

const Agent& Instance::agent() const { return life_->agent; }

}  // namespace flux::plugin
