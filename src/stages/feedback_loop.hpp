// Runs a flux whose outputs return: event by event, so that what event n returned
// enters before event n + 1, however the stream is cut. It counts its events itself,
// for what returns costs as well.
//
//   rows as text -> serve -> FluxRunner -> outputs as text -> the next step
//             ^--- queue <--- transform <------|
//
// Thread safety: none; belongs to whoever is inside the turnstile of its segment. The
// queue is empty whenever nobody is.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "rows/encoder.hpp"
#include "settings/admission.hpp"
#include "stages/flux_runner.hpp"

namespace flux::runtime {

class FeedbackLoop final : private RowSink {
 public:
  // `transform`: of what returns, or null. REQUIRES: plan and runner outlive this.
  FeedbackLoop(const plan::Plan& plan, std::size_t flux, FluxRunner& runner,
               std::unique_ptr<FluxRunner> transform);

  // Serves all rows, each with whatever returns before the next. Of rows from outside the
  // stream nothing returns; false if the flux cannot afford them.
  bool run(const Batch& in, Ticket& ticket, RowSink& next, Arrival from);

  // The rows that the flux holds back until the end: none of them returns.
  void finish(Ticket& ticket, RowSink& next, bool is_wanted);

  // Lines that are no events of the first flux cost it, too, each in its place: those
  // of the ticket that no row came behind.
  void count_bad_lines(Ticket& ticket);

 private:
  struct Returning {
    std::string text;
    std::uint32_t line;
  };

  // Takes what the transform gives.
  struct Return final : RowSink {
    explicit Return(FeedbackLoop& loop_) : loop(loop_) {}
    void take(const Batch& batch, Ticket& ticket) override;
    FeedbackLoop& loop;
  };

  bool perturb(const Batch& rows, Ticket& ticket);
  void serve(const Batch& row, Arrival from, Ticket& ticket);
  bool admit(std::uint32_t line, Ticket& ticket);
  void count_bad_lines_before(std::uint32_t line, Ticket& ticket);
  void take(const Batch& results, Ticket& ticket) override;
  void send_back(const Batch& results, std::uint32_t row, Ticket& ticket);
  void queue(std::string_view text, std::uint32_t line);
  void drop();
  void hand_on(Ticket& ticket);

  const plan::Plan& plan_;
  const plan::Flux& flux_;
  const std::uint32_t index_;
  FluxRunner& runner_;
  const std::unique_ptr<FluxRunner> transform_;
  Return return_{*this};
  json::Reader reader_in_;
  json::Reader reader_out_;
  const Encoder encoder_;            // of what the flux gives
  const Encoder transform_encoder_;  // of what the transform gives

  settings::Admission admission_;
  std::uint64_t outputs_ = 0;
  bool transform_has_ended_ = false;  // an agent of it wants no more
  std::deque<Returning> queue_;
  Ticket aside_;  // of the transform: its memory, and what failed there

  // Of the batch at hand.
  Ticket* ticket_ = nullptr;
  RowSink* next_ = nullptr;
  bool returns_ = true;  // a share of the outputs does
  Bytes text_;           // outputs that are not handed on yet, and the line of each
  std::vector<std::uint32_t> lines_;
  Bytes one_;  // one output, on its way back

  // Of the ticket at hand.
  std::uint64_t number_ = ~std::uint64_t{0};
  std::size_t counted_ = 0;  // failures that were looked at
};

}  // namespace flux::runtime
