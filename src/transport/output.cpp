#include "transport/output.hpp"

#include "io/fd.hpp"

namespace flux::runtime {

void Output::append(std::string_view lines, std::uint64_t rows) {
  const std::lock_guard lock(mutex_);
  if (held_.empty() && (!more_is_likely_ || lines.size() >= kEnough)) return write(lines, rows);
  held_.append(lines);
  held_rows_ += rows;
  if (!more_is_likely_ || held_.size() >= kEnough) flush_locked();
}

void Output::expect_more(bool is_likely) {
  const std::lock_guard lock(mutex_);
  more_is_likely_ = is_likely && may_hold_;
  if (!is_likely) flush_locked();
}

void Output::flush() {
  const std::lock_guard lock(mutex_);
  flush_locked();
}

void Output::flush_locked() {
  if (held_.empty()) return;
  write(held_.view(), held_rows_);
  held_.clear(4 * kEnough);
  held_rows_ = 0;
}

void Output::write(std::string_view lines, std::uint64_t rows) {
  if (lines.empty() || error() != 0) return;
  if (const int error = io::write_all(sink_.fd.get(), lines)) return note_error(error);
  written_.fetch_add(rows, std::memory_order_relaxed);
  bytes_.fetch_add(lines.size(), std::memory_order_relaxed);
}

void Output::note_error(int error) {
  int none = 0;
  error_.compare_exchange_strong(none, error, std::memory_order_relaxed);
}

}  // namespace flux::runtime
