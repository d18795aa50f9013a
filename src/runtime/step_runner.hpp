// Runs batches through the steps of a segment: gates, fluxes and feedback loops. What a
// worker does for the stream and an injector for events from outside; they differ in where
// rows come from, where they go behind the last step, and in what a refusal means.
//
// Thread safety: none; belongs to its thread. Steps of a serial segment are run only by
// the thread that is inside of it.
#pragma once

#include <memory>
#include <vector>

#include "runtime/shared_state.hpp"
#include "stages/row_sink.hpp"

namespace flux::runtime {

class StepRunner {
 public:
  StepRunner(const StepRunner&) = delete;
  StepRunner& operator=(const StepRunner&) = delete;
  virtual ~StepRunner() = default;

  // Takes over what the other's instances of a parallel flux have seen; says why not, if
  // an agent cannot.
  std::optional<std::string> merge(std::size_t flux, StepRunner& other);

 protected:
  // Why a flux does not take rows.
  enum class Refusal : std::uint8_t { too_late, unaffordable };

  // `seat`: which of the instances of parallel fluxes are its own.
  StepRunner(SharedState& shared, std::size_t seat, Arrival arrival, FailureRule rule);

  void run_step(std::size_t segment, std::size_t step, const Batch& batch, Ticket& ticket);
  // What the flux of a step holds back, at the end of the stream.
  void finish_step(std::size_t segment, std::size_t step, bool is_wanted, Ticket& ticket);

  FluxRunner* parallel_runner(std::size_t flux) { return runners_[flux].get(); }

  SharedState& shared_;
  const plan::Plan& plan_;

 private:
  // Where the rows that a step gives go: the next step of the segment.
  struct NextStep final : RowSink {
    NextStep(StepRunner& runner_, std::size_t segment_, std::size_t step_)
        : runner(runner_), segment(segment_), step(step_) {}
    void take(const Batch& batch, Ticket& ticket) override;
    StepRunner& runner;
    std::size_t segment;
    std::size_t step;
  };

  // Whether rows come too late for a flux that has not ended by itself.
  virtual bool is_late(const plan::Step& step, const Batch& batch, const Ticket& ticket) const = 0;
  virtual void refuse(std::size_t flux, std::uint32_t rows, Refusal why, Ticket& ticket) = 0;
  // Rows that are through all steps of a segment.
  virtual void hand_over(std::size_t segment, const Batch& batch, Ticket& ticket) = 0;
  // A step gave these rows; called before they go on.
  virtual void gave(const plan::Step&, const Batch&) {}
  // A step has run, and so has what it gave.
  virtual void has_run(std::size_t /*flux*/, Ticket&) {}

  SerialFlux* serial_flux(std::size_t segment, std::size_t flux) {
    return shared_.is_serial(segment) ? &shared_.serial[segment]->of(flux) : nullptr;
  }
  void admit(std::size_t flux, settings::Admission& admission, const Batch& batch, RowSink& next,
             Ticket& ticket);

  const Arrival arrival_;
  std::vector<std::unique_ptr<FluxRunner>> runners_;  // by flux; null for serial ones
  std::vector<std::vector<NextStep>> next_steps_;     // by segment and step that gives
};

}  // namespace flux::runtime
