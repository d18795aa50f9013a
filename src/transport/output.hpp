// Writes results: at once while the source makes us wait, in large runs while it is
// faster than we are. So a live source sees each result immediately, and a pipe is
// not fed in small pieces. There is no timer: the stream drives everything.
//
// Thread safety: any thread may call any member. append() is called in order, by
// whoever is inside the last turnstile.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "io/source.hpp"
#include "transport/ticket_sink.hpp"

namespace flux::runtime {

class Output final : public TicketSink {
 public:
  // `may_hold` false: results of slow agents do not wait for company.
  explicit Output(io::Sink sink, bool may_hold = true) : sink_(std::move(sink)), may_hold_(may_hold) {}

  // Results in order. They are written now or held back for a larger write.
  void append(std::string_view lines, std::uint64_t rows);
  void append(const Ticket& ticket, const std::string&) override {
    append(ticket.out.bytes.view(), ticket.out.rows);
  }

  // The next read may make us wait: what is held back goes out, and whatever comes
  // until expect_more(true) goes out at once.
  void expect_more(bool is_likely) override;

  // Writes what is held back.
  void flush() override;

  // Nobody reads us any more, or the disk is full: the errno of it, or 0.
  int error() const override { return error_.load(std::memory_order_relaxed); }
  void note_error(int error);
  bool wants_rows() const override { return false; }

  // Rows and bytes that the sink took. Never waits, also while a write does.
  std::uint64_t written() const { return written_.load(std::memory_order_relaxed); }
  std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

  int fd() const { return sink_.fd.get(); }
  const std::string& name() const { return sink_.name; }

 private:
  void write(std::string_view lines, std::uint64_t rows);
  void flush_locked();

  // 64 KiB: smaller writes into a pipe cost more than they carry.
  static constexpr std::size_t kEnough = 64 << 10;

  io::Sink sink_;
  const bool may_hold_;
  std::atomic<int> error_{0};              // relaxed: says only that trying further is useless
  std::atomic<std::uint64_t> written_{0};  // relaxed: counts, for whoever asks
  std::atomic<std::uint64_t> bytes_{0};    // likewise
  std::mutex mutex_;                       // held across write(2): order is the point of it
  // Protected by mutex_:
  Bytes held_;
  std::uint64_t held_rows_ = 0;
  bool more_is_likely_ = false;
};

}  // namespace flux::runtime
