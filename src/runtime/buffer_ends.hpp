// The two ends of a drop buffer: where the section before it puts its results, and
// where the section behind it gets its tickets from.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/drop_buffer.hpp"
#include "runtime/inlet.hpp"
#include "runtime/way_out.hpp"

namespace flux::runtime {

// Thread safety: as for any WayOut.
class BufferEntry final : public WayOut {
 public:
  // `keeps_events`: dead letters want them. REQUIRES: `buffer` outlives this.
  BufferEntry(DropBuffer& buffer, bool is_raw, bool keeps_events)
      : buffer_(buffer), is_raw_(is_raw), keeps_events_(keeps_events) {}

  void append(const Ticket& ticket, const std::string& source) override;
  void expect_more(bool) override {}
  void flush() override {}
  int error() const override { return 0; }
  bool wants_rows() const override { return true; }

 private:
  void add(std::uint32_t line, const Ticket& ticket, const std::string& source);
  void add_with_event(std::uint32_t line, const Ticket& ticket, const std::string& source);

  DropBuffer& buffer_;
  const bool is_raw_;  // lines are no JSON themselves
  const bool keeps_events_;
  Origins origins_;  // of the ticket at hand
};

// Thread safety: stop() and events_in_flight() by any thread; the rest by the one
// worker of the section.
class BufferInlet final : public Inlet {
 public:
  // `way_out`: of the section that reads here. `stop_before`: stops the section before.
  // REQUIRES: buffer and way_out outlive this.
  BufferInlet(DropBuffer& buffer, WayOut& way_out, std::size_t segments, std::size_t fluxes,
              std::function<void()> stop_before)
      : buffer_(buffer),
        way_out_(way_out),
        segments_(segments),
        fluxes_(fluxes),
        stop_before_(std::move(stop_before)) {}

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
  TicketPtr spare();

  DropBuffer& buffer_;
  WayOut& way_out_;
  const std::size_t segments_;
  const std::size_t fluxes_;
  const std::function<void()> stop_before_;
  const std::string no_error_;
  std::atomic<bool> is_orderly_{true};  // acquire and release: says what came before the end
  std::uint64_t next_number_ = 0;
  DropBuffer::Run run_;
  std::vector<TicketPtr> spares_;

  mutable std::mutex mutex_;
  // Protected by mutex_: the ticket in flight, of which there is one at most.
  std::uint64_t number_ = 0;
  std::uint64_t events_ = 0;
};

}  // namespace flux::runtime
