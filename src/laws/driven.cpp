#include "laws/driven.hpp"

#include <fmt/format.h>

#include <barrier>
#include <thread>
#include <vector>

#include "core/bytes.hpp"
#include "json/integer.hpp"
#include "json/number.hpp"

namespace flux::laws {

namespace {

using runtime::AgentCall;
using runtime::Batch;

constexpr std::ptrdiff_t kThreads = 4;
constexpr std::size_t kInAStorm = 3;  // events of a batch: many calls, so that some overlap

// Remembers what one thread of a storm has to tell.
struct Heard : Witness {
  void tell(const Entry& entry) override { entries.push_back(entry); }
  void accuse(std::string_view of, std::string_view what) override {
    law = of;
    offence = what;
  }
  std::vector<Entry> entries;
  std::string law;
  std::string offence;
};

// Where a snapshot is written to.
struct Snapshot : flux_writer {
  Snapshot() : flux_writer{this, &Snapshot::put} {}
  static int put(flux_writer* to, const void* bytes, std::size_t size) noexcept {
    static_cast<Snapshot*>(to->ctx)->text.append(static_cast<const char*>(bytes), size);
    return 0;
  }
  std::string text;
};

}  // namespace

Driven::Driven(const Subject& subject, std::span<const std::string> events, Witness& witness)
    : subject_(subject),
      events_(events),
      witness_(witness),
      input_(subject.plan, subject.stage()),
      reader_(json::Wanted(subject.plan.reads[subject.stage().read_in])),
      encoder_(subject.flux().gives) {}

void Driven::take(const Step& step) {
  if (step.what == Step::Do::drop) {
    ones_.erase(step.instance);
    return;
  }
  One& it = one(step.instance);
  if (it.is_broken) return;
  switch (step.what) {
    case Step::Do::feed:
      return it.has_ended ? void() : feed(it, step);
    case Step::Do::storm:
      return storm(it, step);
    case Step::Do::finish:
      return finish(it, step);
    case Step::Do::merge:
      return merge(it, step);
    case Step::Do::renew:
      return renew(it, step);
    case Step::Do::drop:
      return;
  }
}

Driven::One& Driven::one(std::uint32_t index) {
  const auto found = ones_.find(index);
  return found != ones_.end() ? found->second : ones_.emplace(index, fresh()).first->second;
}

// Made as the runtime makes it: an instance is asked for its types before it is used.
Driven::One Driven::fresh() const {
  const plan::Stage& stage = subject_.stage();
  const auto instance = std::make_shared<plugin::Instance>(*stage.agent, stage.values, subject_.host);
  const bool is_anything = stage.given.is_bare(Kind::json);
  instance->describe(is_anything ? std::nullopt : std::optional(stage.given));
  return sharing(instance);
}

Driven::One Driven::sharing(const std::shared_ptr<plugin::Instance>& instance) const {
  One made;
  made.instance = instance;
  made.call =
      std::make_unique<AgentCall>(subject_.plan, subject_.stage(), *instance, subject_.plan.fluxes[0].id);
  return made;
}

// Lines as the first agent of a pipeline gets them.
Batch Driven::batch_of(const std::vector<std::uint32_t>& events) {
  Batch batch;
  auto line = ticket_.arena.array<std::uint32_t>(events.size());
  if (subject_.stage().form == plan::Form::columns) {  // what is no int fails in the decoder
    auto values = ticket_.arena.array<std::int64_t>(events.size());
    for (const std::uint32_t event : events) {
      if (json::parse_int(events_[event], values[batch.rows]) != json::IntResult::ok) continue;
      line[batch.rows++] = event;
    }
    auto columns = ticket_.arena.array<Column>(1);
    columns[0] = {Kind::int64, values.data(), nullptr};
    batch.columns = columns;
    batch.line = line.first(batch.rows);
    return batch;
  }
  std::string lines;
  for (const std::uint32_t event : events) {
    line[batch.rows++] = event;
    lines += events_[event];
    lines += '\n';
  }
  batch.line = line;
  return runtime::documents_of(batch, lines, reader_, ticket_.arena);
}

void Driven::feed(One& one, const Step& step) {
  ticket_.arena.reset(1 << 20);
  const Batch in = batch_of(step.events);
  Batch rows = input_.prepare(in, ticket_.arena);
  std::vector<runtime::Misfit> misfits;
  std::span<const flux_column> columns = input_.bind(rows, ticket_.arena, misfits);
  while (!misfits.empty()) {  // those do not come to the agent
    auto fitting = ticket_.arena.array<std::uint32_t>(rows.rows);
    std::uint32_t count = 0;
    auto misfit = misfits.begin();
    for (std::uint32_t row = 0; row < rows.rows; ++row) {
      if (misfit != misfits.end() && misfit->row == row) {
        ++misfit;
      } else {
        fitting[count++] = row;
      }
    }
    rows = rows.pick(fitting.first(count), ticket_.arena);
    misfits.clear();
    columns = input_.bind(rows, ticket_.arena, misfits);
  }
  std::uint32_t done = 0;
  std::uint64_t cursor = 0;
  do {
    one.call->process(rows, done, columns, cursor, ticket_);
    done += one.call->consumed();
    cursor = one.call->cursor();
    if (done != 0) one.last = rows.line[done - 1];
    if (!take_outcome(one, rows, step.label)) return;
  } while (done < rows.rows);
}

// False: there will be no next call.
bool Driven::take_outcome(One& one, const Batch& in, std::uint32_t label) {
  AgentCall& call = *one.call;
  if (call.outcome().is_fault) witness_.accuse("boundary", call.outcome().message);
  if (call.status() == FLUX_FAILED) {
    one.is_broken = true;
    witness_.tell({Entry::What::broken, label, one.last, call.outcome().message});
    return false;
  }
  tell_results(call.results(), label);
  for (const AgentCall::Failed& failed : call.failed()) {
    if (failed.wrong_type == AgentCall::WrongType::is_no_text) witness_.accuse("types", failed.message);
    const bool is_no_json = failed.wrong_type == AgentCall::WrongType::is_no_json;
    witness_.tell({is_no_json ? Entry::What::no_json : Entry::What::failure, label, in.line[failed.row],
                   failed.message});
  }
  if (call.status() == FLUX_END) {
    one.has_ended = true;
    witness_.tell({Entry::What::end, label, one.last, {}});
  }
  return call.status() == FLUX_MORE;
}

void Driven::tell_results(const Batch& rows, std::uint32_t label) {
  for (const Column& column : rows.columns) {
    for (std::uint32_t row = 0; column.kind == Kind::boolean && row < rows.rows; ++row) {
      const bool has_value = column.present == nullptr || column.present[row] == FLUX_PRESENT;
      if (has_value && column.as<std::uint8_t>()[row] > 1)
        witness_.accuse("types",
                        fmt::format("a bool is {}, and may be 0 or 1", column.as<std::uint8_t>()[row]));
    }
  }
  Bytes text;
  for (std::uint32_t row = 0; row < rows.rows; ++row) {
    text.clear(1 << 20);
    encoder_.put_row(rows, row, text);
    witness_.tell({Entry::What::result, label, rows.line[row], std::string(text.view())});
  }
}

void Driven::storm(One& one, const Step& step) {
  std::vector<Heard> heard(kThreads);
  {
    std::barrier start(kThreads);
    std::vector<std::jthread> threads;
    for (std::ptrdiff_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        Driven driven(subject_, events_, heard[static_cast<std::size_t>(t)]);
        driven.ones_.emplace(step.instance, driven.sharing(one.instance));
        start.arrive_and_wait();
        Step batch{Step::Do::feed, step.instance, 0, step.label, {}};
        for (auto i = static_cast<std::size_t>(t); i < step.events.size(); i += kThreads) {
          batch.events.push_back(step.events[i]);
          if (batch.events.size() < kInAStorm && i + kThreads < step.events.size()) continue;
          driven.take(batch);
          batch.events.clear();
        }
      });
    }
  }
  for (const Heard& listener : heard) {
    for (const Entry& entry : listener.entries) witness_.tell(entry);
    if (!listener.offence.empty()) witness_.accuse(listener.law, listener.offence);
  }
}

void Driven::finish(One& one, const Step& step) {
  if (subject_.stage().agent->functions.finish == nullptr) return;
  do {
    ticket_.arena.reset(1 << 20);
    one.call->finish(ticket_);
    const AgentCall& call = *one.call;
    if (call.outcome().is_fault) return witness_.accuse("boundary", call.outcome().message);
    if (call.status() == FLUX_FAILED) return fail(one, step, call.outcome().message);
    if (!call.failed().empty()) {
      if (call.failed().front().wrong_type != AgentCall::WrongType::no)
        witness_.accuse("types", call.failed().front().message);
      return fail(one, step, call.failed().front().message);
    }
    tell_results(call.results(), step.label);
  } while (one.call->status() == FLUX_MORE);
  one.is_broken = true;  // nothing comes behind finish()
}

void Driven::merge(One& one, const Step& step) {
  One& other = this->one(step.other);
  if (subject_.stage().agent->functions.merge != nullptr) {
    const plugin::Outcome outcome = one.instance->merge(*other.instance);
    if (outcome.is_fault) return witness_.accuse("boundary", outcome.message);
    if (outcome.status == FLUX_FAILED) fail(one, step, outcome.message);
  }
  ones_.erase(step.other);
}

void Driven::renew(One& one, const Step& step) {
  Snapshot snapshot;
  const plugin::Outcome saved = one.instance->save(snapshot);
  if (saved.is_fault) return witness_.accuse("boundary", saved.message);
  if (saved.status == FLUX_FAILED) return fail(one, step, saved.message);
  One heir = fresh();
  heir.last = one.last;
  heir.has_ended = one.has_ended;
  one.call.reset();
  one.instance.reset();
  const plugin::Outcome restored =
      heir.instance->restore(subject_.stage().agent->functions.state_version, snapshot.text);
  if (restored.is_fault) return witness_.accuse("boundary", restored.message);
  one = std::move(heir);
  if (restored.status == FLUX_FAILED) fail(one, step, restored.message);
}

void Driven::fail(One& one, const Step& step, const std::string& message) {
  one.is_broken = true;
  witness_.tell({Entry::What::broken, step.label, kAtEnd, message});
}

}  // namespace flux::laws
