// Runs one flux over batches: its agents one after the other, its part of the books,
// what failed, and where it stopped. One per worker and flux; of serial fluxes, one.
//
// Thread safety: none; belongs to whoever runs the segment.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "rows/encoder.hpp"
#include "rows/ticket.hpp"
#include "stages/agent_call.hpp"
#include "stages/input.hpp"
#include "stages/row_sink.hpp"
#include "stages/tap.hpp"

namespace flux::runtime {

// Where the events of a batch come from: the line of the books that they go to.
enum class Arrival : std::uint8_t { upstream, fed_back, perturbed };

std::uint64_t& arrivals(Books& books, Arrival from);

class FluxRunner {
 public:
  // `flux`: the one of number `index`, or its transform. `instances`: one per stage.
  // REQUIRES: plan and instances outlive this.
  FluxRunner(const plan::Plan& plan, const plan::Flux& flux, std::size_t index,
             const std::vector<plugin::Instance*>& instances, FailureRule rule);

  // Somebody may look at what the flux gives to the stream. REQUIRES: it outlives this.
  void show_to(Tap* tap) { tap_ = tap; }

  // Runs all rows; what they give goes to `next`, in batches that live until the
  // caller's next ArenaScope ends. Stops early if the ticket does.
  void run(const Batch& in, Ticket& ticket, RowSink& next, Arrival from = Arrival::upstream);

  // The rows that are held back until the end; REQUIRES: all events have come.
  // `is_wanted`: somebody takes them yet; else agents further down this flux do not
  // see them either.
  void finish(Ticket& ticket, RowSink& next, bool is_wanted);

  // Takes over what another worker's instances have seen; why not, if one cannot.
  std::optional<std::string> merge(FluxRunner& other);

 private:
  enum class Fate : std::uint8_t { open, gave, failed };

  void run_stage(std::size_t stage, const Batch& in, Ticket& ticket);
  Batch bind(std::size_t stage, const Batch& in, Ticket& ticket, std::span<const flux_column>& columns);
  bool take_outcome(std::size_t stage, const Batch& in, std::uint32_t begin, Ticket& ticket);
  void give(const Batch& batch, Ticket& ticket);
  void settle(Ticket& ticket);
  void fail(std::size_t stage, const Batch& in, std::uint32_t row, FailureKind kind, std::string message,
            Ticket& ticket);
  void want_only(std::uint32_t events) { wanted_ = std::min(wanted_, events); }
  bool is_over(const Ticket& ticket, std::uint32_t line) const;

  const plan::Plan& plan_;
  const plan::Flux& flux_;
  const std::uint32_t index_;
  const FailureRule rule_;
  const Encoder encoder_;  // of the rows that come
  std::vector<Input> inputs_;
  std::vector<std::unique_ptr<AgentCall>> calls_;
  std::vector<Misfit> misfits_;

  Tap* tap_ = nullptr;
  std::size_t first_wanted_ = 0;  // stages before it feed one that wants no more

  // Of the batch at hand.
  RowSink* next_ = nullptr;
  Batch entry_;
  bool is_finishing_ = false;
  bool is_as_read_ = false;        // the rows are the lines themselves
  bool is_answer_ = false;         // what they give goes to whoever perturbed
  std::vector<Fate> fates_;        // by event
  std::uint32_t wanted_ = 0;       // events from here on are unprocessed
  std::uint64_t first_event_ = 0;  // of those of this ticket
  std::size_t first_failure_ = 0;  // in the ticket
};

}  // namespace flux::runtime
