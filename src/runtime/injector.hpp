// Carries events from outside through one section: without a ticket, by the thread that
// brings them, ahead of all tickets that wait. So it works on an idle source, on a
// saturated run and behind a stalled sink. Serial fluxes see them in the same instances
// as the stream, by the side door; of parallel ones it has instances of its own.
//
// Thread safety: carry() by one thread at a time; close() by any.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/perturbation.hpp"
#include "runtime/step_runner.hpp"
#include "transport/decoder.hpp"

namespace flux::runtime {

class Injector final : public StepRunner {
 public:
  // `seat`: which of the instances of parallel fluxes are its own.
  Injector(SharedState& shared, std::size_t seat);

  // Sends `values` into the section, at flux `from`; they become what it gives for them.
  // Says in `answer` what went wrong. REQUIRES: the flux is of this section.
  void carry(std::size_t from, std::vector<std::string>& values, bool wants_trace, Answer& answer);

  // Nothing gets in from now on, and nothing is inside.
  void close();

 private:
  struct Place {
    std::size_t segment;
    std::size_t step;
  };

  bool is_late(const plan::Step&, const Batch&, const Ticket&) const override { return false; }
  void refuse(std::size_t flux, std::uint32_t rows, Refusal why, Ticket& ticket) override;
  void hand_over(std::size_t segment, const Batch& batch, Ticket& ticket) override;
  void gave(const plan::Step& giver, const Batch& batch) override;
  void has_run(std::size_t flux, Ticket& ticket) override;

  Place place_of(std::size_t flux) const;
  void read_lines(const std::vector<std::string>& values);
  void read_value(std::size_t flux, const std::string& value, Place place);
  void run_segment(std::size_t segment, std::size_t first_step);
  void tell_failures();

  Decoder decoder_;
  const Encoder encoder_;

  std::mutex mutex_;  // held while something is inside
  bool is_closed_ = false;
  // Of the event at hand:
  Ticket ticket_;
  std::vector<std::string> results_;
  Answer* answer_ = nullptr;
  bool wants_trace_ = false;
};

}  // namespace flux::runtime
