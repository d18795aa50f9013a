// The two ends of a drop buffer: where the section before it puts its results, and
// where the section behind it gets its tickets from.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "transport/drop_buffer.hpp"
#include "transport/ticket_pool.hpp"
#include "transport/ticket_sink.hpp"
#include "transport/ticket_source.hpp"

namespace flux::runtime {

// Thread safety: as for any TicketSink.
class BufferSink final : public TicketSink {
 public:
  // `keeps_events`: dead letters want them. `takes_ints`: what is behind the buffer reads
  // plain integers. REQUIRES: `buffer` outlives this.
  BufferSink(DropBuffer& buffer, bool is_raw, bool keeps_events, bool takes_ints)
      : buffer_(buffer), is_raw_(is_raw), keeps_events_(keeps_events), takes_ints_(takes_ints) {}

  void append(const Ticket& ticket, const std::string& source) override;
  void expect_more(bool) override {}
  void flush() override {}
  int error() const override { return 0; }
  bool wants_rows() const override { return true; }
  bool takes_ints() const override { return takes_ints_; }

 private:
  void add(std::uint32_t line, const Ticket& ticket, const std::string& source);
  void add_with_event(std::uint32_t line, const Ticket& ticket, const std::string& source);

  DropBuffer& buffer_;
  const bool is_raw_;  // lines are no JSON themselves
  const bool keeps_events_;
  const bool takes_ints_;
  Origins origins_;  // of the ticket at hand
};

// Like the turn at the source, but that the window is as small as it can be: what has a
// ticket has left the buffer, and is not replaced by what is newer any more.
//
// Thread safety: as for any TicketSource.
class BufferSource final : public TicketSource {
 public:
  struct Shape {
    std::size_t window;    // tickets in flight at most
    std::size_t segments;  // of the plan
    std::size_t fluxes;
  };
  // `way_out`: of the section that reads here. `stop_before`: stops the section before.
  // REQUIRES: buffer and way_out outlive this.
  BufferSource(DropBuffer& buffer, TicketSink& way_out, Shape shape, std::function<void()> stop_before)
      : buffer_(buffer),
        way_out_(way_out),
        shape_(shape),
        stop_before_(std::move(stop_before)),
        pool_(shape.segments, shape.fluxes) {}

  // The section before is through. `is_orderly`: what is held back is to be given.
  void close(bool is_orderly);

  TicketPtr take() override;
  void retire(TicketPtr ticket) override;
  TicketPtr last_ticket() override;
  std::uint64_t events_in_flight(std::uint64_t from) const override;
  void worked(std::size_t, double) override {}
  void stop() override;
  const std::string& error() const override { return no_error_; }
  bool ends_orderly() const override { return is_orderly_.load(std::memory_order_acquire); }
  const std::string& source_name(std::size_t) const override { return no_error_; }

 private:
  struct InFlight {
    std::uint64_t number;
    std::uint64_t events;
  };

  TicketPtr wait_for_room();

  DropBuffer& buffer_;
  TicketSink& way_out_;
  const Shape shape_;
  const std::function<void()> stop_before_;
  const std::string no_error_;
  std::atomic<bool> is_orderly_{true};  // acquire and release: says what came before the end

  std::mutex turn_;  // who takes from the buffer; taken before mutex_
  // Protected by turn_:
  std::uint64_t next_number_ = 0;
  DropBuffer::Run run_;

  mutable std::mutex mutex_;
  std::condition_variable room_;
  // Protected by mutex_:
  std::vector<InFlight> in_flight_;
  TicketPool pool_;
};

}  // namespace flux::runtime
