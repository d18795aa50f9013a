// One living instance of an agent, and the parameter values that it lives on.
//
// Thread safety: the tags of flux_plugin.h, passed on: calls on one Instance must
// not overlap, except process() of a FLUX_CONCURRENT agent and interrupt(), which
// any thread may call at any time. Values never change once built.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "abi/flux_plugin.h"
#include "core/type.hpp"
#include "plugin/crash.hpp"
#include "plugin/descriptor.hpp"

namespace flux::plugin {

// One value of the kind that its parameter declares: int64_t for an int and for the
// column of an expression, string for a string and for the text of a JSON value.
using Scalar = std::variant<std::int64_t, double, bool, std::string, Path>;

struct Item {
  Path name;  // of a `named` parameter: what stood before the '='; else empty
  Scalar value;
};

// What was given for one parameter. Not a list: one item.
struct Given {
  bool is_list = false;
  std::vector<Item> items;
  flux_kind kind;
};

// The values of an agent's parameters in the shape of the ABI, with defaults filled
// in and everything that they point at. A list parameter always arrives as a list,
// also when one value was given alone.
class Values {
 public:
  // REQUIRES: one entry per parameter, of the kind that it declares; a value that is
  // not a list has one item.
  Values(const Agent& agent, std::vector<std::optional<Given>> given);
  Values(Values&&) noexcept = default;
  Values& operator=(Values&&) noexcept = default;

  // One per parameter; kind 0 where neither a value nor a default is there.
  const flux_value* data() const { return values_.data(); }
  std::size_t size() const { return values_.size(); }

 private:
  flux_value scalar(const Scalar& value, flux_kind kind);
  flux_value list(const Given& given);
  flux_path path(const Path& path);

  // Elements of these are pointed at, and so never move.
  std::vector<std::optional<Given>> given_;
  std::deque<std::vector<flux_str>> names_;
  std::deque<std::vector<flux_item>> lists_;
  std::vector<flux_value> values_;
};

// What flux is to its plugins.
struct Host {
  const char* version;  // of flux, static: "0.1.0"
  // Takes one line without its end: "flux: NAME: message". Called by any thread, at
  // any time; must not throw.
  std::function<void(flux_level, std::string_view line)> log;
};

// How a call ended.
struct Outcome {
  flux_status status = FLUX_OK;
  std::string message;  // of FLUX_FAILED: why; ready for people
  // The agent did what no plugin may do; the message goes on behind its name:
  // "broke a rule: process() returned 7, which is no flux_status".
  bool is_fault = false;
};

// The whole of it, for people: "'shout' failed: MESSAGE", or a fault with all names.
// REQUIRES: the status is FLUX_FAILED.
std::string complaint(const Outcome& outcome, const Agent& agent, std::string_view flux);

// An exception that a plugin lets out ends at the call that it comes out of, and makes
// that call failed. So it does for other runtimes of C++ that unwind as ours does; where
// one unwinds otherwise, or panics through C, the process aborts, and report_crashes()
// has words for that.
class Instance {
 public:
  // `values` is shared by the instances of one flux, one per worker. Throws Error
  // with the plugin's own message if it makes no instance.
  // REQUIRES: `agent` outlives the instance.
  Instance(const Agent& agent, std::shared_ptr<const Values> values, Host host);

  // The types of this instance, for events of type `given`; nullopt: any JSON.
  // Throws Error if the plugin refuses, or if what it states breaks a rule.
  Ports describe(const std::optional<Type>& given);

  // `work`: for the report, should it crash.
  Outcome process(const flux_batch& in, flux_out& out, const Work* work = nullptr);

  // FLUX_OK if the agent has no finish(): then nothing is held back.
  Outcome finish(flux_out& out, const Work* work = nullptr);

  // Takes over all that `other` has seen, which is only good to be destroyed then.
  // REQUIRES: the agent has merge().
  Outcome merge(Instance& other, const Work* work = nullptr);

  // Makes a process() that waits return soon, if the agent knows how.
  void interrupt();

  // REQUIRES: the agent has a state_version, save() and restore().
  Outcome save(flux_writer& to);
  Outcome restore(std::uint32_t state_version, std::string_view from);

  const Agent& agent() const;

 private:
  struct Life;  // what the plugin holds pointers to, and so must not move
  std::unique_ptr<Life, void (*)(Life*)> life_;
};

}  // namespace flux::plugin
