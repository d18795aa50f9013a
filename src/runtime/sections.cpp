#include "runtime/sections.hpp"

#include "json/check.hpp"
#include "json/edit.hpp"
#include "json/grammar.hpp"
#include "runtime/injector.hpp"

#include <cassert>
#include <limits>

namespace flux::runtime {

Sections::Sections(const plan::Plan& plan, const plugin::Host& host, io::Framer framer, Output& output,
                   Failures& failures, const Options& options)
    : plans_(plan::sections_of(plan)), output_(output) {
  for (std::size_t i = 0; i < plans_.size(); ++i) {
    const plan::Plan& section = plans_[i];
    const plan::Flux& last = section.last();
    if (!last.drops()) continue;
    DropBuffer::Burst burst;
    if (Pheromones* const pheromones = options.pheromones)
      burst = [pheromones, flux = section.end() - 1, policy = settings::name_of(last.config.drop_policy)](
                  std::uint64_t dropped) { pheromones->tell(Pheromone::dropped, flux, dropped, policy); };
    buffers_.push_back(std::make_unique<DropBuffer>(last.config.buffer_size, last.config.drop_policy, burst));
    const bool takes_ints =
        i + 1 < plans_.size() && plans_[i + 1].wire == plan::Wire::ints && last.gives.is_bare(Kind::int64);
    entries_.push_back(std::make_unique<BufferSink>(*buffers_.back(), plan.wire == plan::Wire::raw,
                                                    failures.keeps_events(), takes_ints));
  }
  const auto way_out = [&](std::size_t section) -> TicketSink& {
    if (section < entries_.size()) return *entries_[section];
    return output;
  };
  source_ =
      std::make_unique<SourceReader>(std::move(framer), way_out(0), output, shape_of(plans_[0], options));
  for (std::size_t i = 0; i < plans_.size(); ++i) {
    Options wanted = options;
    wanted.raw_output = options.raw_output && i + 1 == plans_.size();
    // What crosses a buffer is read anew behind it, and so is checked in front of it.
    wanted.trusts_input = i > 0 || (options.trusts_input && plans_.size() == 1);
    if (i > 0) {
      wanted.max_line = std::numeric_limits<std::size_t>::max();  // that of the source is long past
      const BufferSource::Shape shape = {wanted.workers + 1, plans_[i].segments.size() + 1,
                                         plan.fluxes.size()};
      inlets_.push_back(
          std::make_unique<BufferSource>(*buffers_[i - 1], way_out(i), shape, [this] { stop(); }));
    }
    TicketSource& inlet = i == 0 ? static_cast<TicketSource&>(*source_) : *inlets_[i - 1];
    sections_.push_back(std::make_unique<Pipeline>(plans_[i], host, inlet, way_out(i), failures, wanted,
                                                   [this, i] { section_is_through(i); }));
  }
}

void Sections::start() {
  if (buffers_.size() == plans_.size()) writer_ = std::jthread([this] { write_buffered(); });
  for (const auto& section : sections_) section->start();
}

void Sections::section_is_through(std::size_t index) {
  if (index < inlets_.size()) return inlets_[index]->close(sections_[index]->ended_orderly());
  if (index < buffers_.size()) return buffers_[index]->close();
  done_.wake();
}

// Behind a buffer in front of the sink nothing is left to do but to write.
void Sections::write_buffered() {
  DropBuffer& buffer = *buffers_.back();
  DropBuffer::Run run;
  for (;;) {
    if (!buffer.try_take(run)) {
      output_.expect_more(false);
      if (!buffer.take(run)) break;
    }
    output_.expect_more(buffer.books().held != 0);
    output_.append(run.text(), run.size());
    if (output_.error() == 0) continue;
    buffer.abandon();
    stop();
  }
  output_.flush();
  done_.wake();
}

void Sections::join() {
  for (const auto& section : sections_) section->join();
  if (writer_.joinable()) writer_.join();
#ifndef NDEBUG
  for (const Books& books : tally().books) assert(books.balance());
#endif
}

void Sections::interrupt() {
  stop();  // first, so that they meet no new events
  for (const auto& section : sections_) section->interrupt();
}

std::size_t Sections::section_of(std::size_t flux) const {
  std::size_t section = 0;
  while (plans_[section].end() <= flux) ++section;
  return section;
}

namespace {

// The event as one line, as the source would have it; nothing where it is none.
std::optional<std::string> line_of(const std::string& event, bool is_raw) {
  std::string_view text = event;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (is_raw)
    return text.find('\n') == std::string_view::npos ? std::optional(std::string(text)) : std::nullopt;
  if (text.find('\n') == std::string_view::npos && !json::is_blank(text)) return std::string(text);
  if (json::find_flaw(text)) return {};
  Arena arena;
  return std::string(json::compact(text, arena));
}

}  // namespace

// What one section gives for it enters the next, ahead of what is in between.
Answer Sections::perturb(const Perturbation& perturbation) {
  Answer answer;
  std::size_t from = perturbation.flux.value_or(0);
  if (is_draining(from))
    return {Answer::Kind::not_flowing, {}, {}, "the pipeline is DRAINING: no event enters any more"};
  const bool is_raw = from == 0 && plans_[0].wire == plan::Wire::raw;
  const auto line = line_of(perturbation.event, is_raw);
  if (!line)
    return {
        Answer::Kind::failed, {}, {}, is_raw ? "with -R an event is one line" : "that is not one JSON value"};
  std::vector<std::string> values = {*line};
  for (std::size_t i = section_of(from); i < sections_.size() && !values.empty(); ++i) {
    sections_[i]->injector().carry(from, values, perturbation.wants_trace, answer);
    if (answer.kind != Answer::Kind::answered) return answer;
    from = plans_[i].end();
  }
  answer.results = std::move(values);
  return answer;
}

bool Sections::is_draining(std::size_t flux) const {
  return is_stopping_.load(std::memory_order_relaxed) || sections_[section_of(flux)]->is_draining();
}

std::optional<Sections::Level> Sections::buffer_behind(std::size_t flux) const {
  const std::size_t section = section_of(flux);
  if (section >= buffers_.size() || plans_[section].end() != flux + 1) return {};
  return Level{buffers_[section]->books().held, buffers_[section]->capacity()};
}

// From the sink towards the source, so that what is on its way is counted once.
Tally Sections::tally() const {
  Tally all = sections_.back()->tally();
  for (std::size_t i = sections_.size() - 1; i-- > 0;) {
    const Tally before = sections_[i]->tally();
    for (std::size_t f = 0; f < all.books.size(); ++f) all.books[f] += before.books[f];
    all.stops.insert(all.stops.begin(), before.stops.begin(), before.stops.end());
    all.bytes_in = before.bytes_in;
    all.failed = std::max(all.failed, before.failed);
  }
  for (std::size_t i = 0; i < buffers_.size(); ++i) {
    const DropBuffer::Books gone = buffers_[i]->books();
    Books& giver = all.books[plans_[i].end() - 1];
    giver.delivered -= gone.dropped;
    giver.dropped += gone.dropped;
    if (i + 1 == plans_.size()) continue;
    Books& taker = all.books[plans_[i].end()];
    taker.upstream += gone.left;
    taker.unprocessed += gone.left;
  }
  return all;
}

Tally Sections::tally_with_events_in_flight() const {
  Tally all = tally();
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    std::uint64_t events = sections_[i]->events_in_flight(sections_[i]->tally());
    if (i > 0) events += buffers_[i - 1]->books().held;
    Books& first = all.books[plans_[i].first];
    first.upstream += events;
    first.unprocessed += events;
  }
  return all;
}

}  // namespace flux::runtime
