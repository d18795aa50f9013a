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
#include "runtime/pipeline.hpp"
#include "stages/flux_runner.hpp"
#include "transport/decoder.hpp"

namespace flux::runtime {

class Injector {
 public:
  // `seat`: which of the instances of parallel fluxes are its own.
  Injector(Pipeline& pipeline, std::size_t seat);

  // Sends `values` into the section, at flux `from`; they become what it gives for them.
  // Says in `answer` what went wrong. REQUIRES: the flux is of this section.
  void carry(std::size_t from, std::vector<std::string>& values, bool wants_trace, Answer& answer);

  // Nothing gets in from now on, and nothing is inside.
  void close();

  // The runner of a parallel flux, whose instances are merged at the end.
  FluxRunner& runner(std::size_t flux) { return *runners_[flux]; }

 private:
  struct NextStep final : RowSink {
    NextStep(Injector& injector_, std::size_t segment_, std::size_t step_)
        : injector(injector_), segment(segment_), step(step_) {}
    void take(const Batch& batch, Ticket& ticket) override;
    Injector& injector;
    std::size_t segment;
    std::size_t step;  // that gave the batch
  };

  struct Place {
    std::size_t segment;
    std::size_t step;
  };

  Place place_of(std::size_t flux) const;
  void read_lines(const std::vector<std::string>& values);
  void read_value(std::size_t flux, const std::string& value, Place place);
  void run_segment(std::size_t segment, std::size_t first_step);
  void run_step(std::size_t segment, std::size_t step, const Batch& batch);
  bool admit(const plan::Step& step, const Batch& batch);
  void refuse(std::size_t flux, std::uint32_t rows, Answer::Kind kind, std::string why);
  void note_stop(std::size_t flux);
  void tell_failures();

  Pipeline& pipeline_;
  const plan::Plan& plan_;
  Decoder decoder_;
  std::vector<std::unique_ptr<FluxRunner>> runners_;  // by flux; null for serial ones
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
