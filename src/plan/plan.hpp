// What will run: fluxes with their agents, types and limits, cut into segments that
// may run in parallel or must run in order. A plan is made before anything is read
// and never changes afterwards; `flux check` prints it, `flux run` runs it.
//
// Thread safety: immutable once made; any thread may read it. Instances are made
// from it, one per worker where agents allow that.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/type.hpp"
#include "expr/expression.hpp"
#include "plugin/instance.hpp"
#include "settings/config.hpp"
#include "spec/ast.hpp"

namespace flux::plan {

// How the rows of a batch carry their values at one point of the pipeline.
enum class Form : std::uint8_t {
  text,     // as JSON text, with the spans of wanted members: from the wire, or edited
  columns,  // as typed columns: what a replace agent gave
};

// Members that are looked for in one go, wherever text is read: one list for all
// agents that see the same text. An index into Plan::reads.
using ReadIndex = std::size_t;

// An expression among the arguments of a call: one more input column of its agent.
struct Computed {
  std::shared_ptr<const expr::Expression> expression;
  Kind kind = Kind::json;           // of the column
  std::vector<std::size_t> inputs;  // what it looks at, by index into Stage::looked_at
};

// Something that expressions look at: a member, or the event itself.
struct LookedAt {
  Path path;
  std::size_t place = 0;  // of text: which member of read_in; of columns: which one
  bool operator==(const LookedAt&) const = default;
};

// One agent of a flux.
struct Stage {
  const plugin::Agent* agent = nullptr;
  std::shared_ptr<const plugin::Values> values;
  Span span;                       // of the call in the spec
  Type given;                      // what the events are that come
  Type input;                      // what this instance wants of them
  Type output;                     // what it gives; of a select: the same as given
  bool in_order = false;           // this instance is serial, whatever its agent allows
  Form form = Form::text;          // of the rows that come
  bool reads_text = false;         // wants more of columns than they hold: they are made text first
  ReadIndex read_in = 0;           // of the text that it sees
  ReadIndex read_out = 0;          // of the text that it gives
  std::vector<std::size_t> slots;  // of text: input field i is member slots[i] of read_in
  std::vector<Computed> computed;  // columns behind those of the input
  std::vector<LookedAt> looked_at;

  bool is_serial() const;
  bool is(std::uint32_t flag) const { return agent->is(flag); }
};

// What lines become.
enum class Wire : std::uint8_t {
  text,  // JSON values as text
  ints,  // JSON integers as an int column: nothing else would be accepted
  raw,   // lines as a string column (-R)
};

struct Flux {
  std::string id;
  std::vector<Stage> stages;  // none: it gives every event back as it is
  settings::FluxConfig config;
  settings::Limit limit;
  bool has_gate = false;  // counts its events in order, to stop at the limit exactly
  Type given;
  Type gives;
  Form form = Form::text;  // of the rows that come
  Form gives_form = Form::text;
  std::string spec;  // as written

  ReadIndex read_in = 0;   // of the text that comes, if it does
  Wire wire = Wire::text;  // what lines become, where they come out of a buffer
  // Of one with feedback, which takes and gives text: what returns is text, too.
  ReadIndex read_out = 0;
  std::vector<Flux> transform;  // one, or none where outputs return as they are

  bool drops() const { return config.drop_policy != settings::DropPolicy::block; }
  bool feeds_back() const { return config.feedback.is_on(); }
  bool is_serial() const;
  bool maps() const;        // never gives more than one event for one that came
  bool multiplies() const;  // may give more events than came, or some at the end
  bool is(std::uint32_t flag) const;
};

// Something that is done to every batch, in order.
struct Step {
  enum class Kind : std::uint8_t { admit, run } kind;
  std::size_t flux;
  bool operator==(const Step&) const = default;
};

// Steps between two turnstiles. Parallel and serial ones alternate; the first and
// the last are parallel, and may be empty but for decoding and encoding.
struct Segment {
  bool is_serial = false;
  std::vector<Step> steps;
  bool operator==(const Segment&) const = default;
};

// How many events the source may give, so that what lies beyond is not read.
settings::Limit limit_of_source(const std::vector<Flux>& fluxes);

struct Plan {
  spec::Pipeline pipeline;
  std::vector<Flux> fluxes;
  std::vector<Segment> segments;
  std::vector<std::vector<Path>> reads;  // members looked for, by ReadIndex
  Wire wire = Wire::text;
  ReadIndex wire_read = 0;
  bool is_blocking = false;  // some agent may wait for long: small batches
  bool fuse = true;

  // The fluxes that `segments` run: all of them, or those between two drop buffers.
  std::size_t first = 0;
  std::size_t behind_last = kAll;

  static constexpr std::size_t kAll = ~std::size_t{0};
  bool may_drop() const;  // some flux drops what its consumer is too slow for
  std::size_t end() const { return behind_last == kAll ? fluxes.size() : behind_last; }
  const Flux& last() const { return fluxes[end() - 1]; }
};

// A plan is cut where a flux has a drop policy: what is behind it runs apart. Each
// section is the same plan with its own segments. Not cut: the plan itself.
std::vector<Plan> sections_of(const Plan& plan);

}  // namespace flux::plan
