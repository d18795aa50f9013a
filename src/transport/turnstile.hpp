// Lets tickets through one at a time, in order. Nobody waits here: a ticket that
// comes early is left in its slot, and whoever brings the missing one carries it
// through. Only a ticket that has grown too large to be left anywhere waits, until
// it is the next.
//
// Thread safety: any thread may call any member. `pass` never runs twice at once,
// and sees what its last run wrote. It runs without the mutex: it may block.
//
// Invariants (under mutex_):
//   at most one thread is inside (is_inside_);
//   if nobody is, the slot of next_ is empty: what is left in a slot always has
//   somebody coming for it, the one inside or the one who carries a lower ticket.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace flux::runtime {

// Item: movable, false when empty (a unique_ptr).
template <class Item>
class Turnstile {
 public:
  // `window`: no more tickets than this are in flight at once.
  explicit Turnstile(std::size_t window) : slots_(window) {}

  // Brings a ticket. `pass(Item)` runs here and now for it and for those behind it
  // that wait in their slots, or not at all.
  // REQUIRES: each ticket once, and none beyond the window.
  template <class Pass>
  void arrive(std::uint64_t ticket, Item item, Pass&& pass) {
    std::unique_lock lock(mutex_);
    slots_[ticket % slots_.size()] = std::move(item);
    if (!is_inside_) let_through(lock, pass);
  }

  // Waits until it is this ticket's turn, and goes inside with it, to come out by
  // leave(). REQUIRES: the caller carries no lower ticket.
  void enter(std::uint64_t ticket) {
    std::unique_lock lock(mutex_);
    ++waiting_;
    turn_.wait(lock, [&] { return next_ == ticket && !is_inside_; });
    --waiting_;
    is_inside_ = true;
  }

  // The same, if it need not wait.
  bool try_enter(std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    const bool may_enter = next_ == ticket && !is_inside_;
    is_inside_ = is_inside_ || may_enter;
    return may_enter;
  }

  // The ticket that entered is through. `pass` as in arrive(), for those behind it.
  template <class Pass>
  void leave(Pass&& pass) {
    std::unique_lock lock(mutex_);
    is_inside_ = false;
    ++next_;
    let_through(lock, pass);
  }

 private:
  template <class Pass>
  void let_through(std::unique_lock<std::mutex>& lock, Pass& pass) {
    is_inside_ = true;
    while (Item item = std::exchange(slots_[next_ % slots_.size()], Item())) {
      // Before the pass, which may retire the ticket and so let a new one of the
      // same slot in; is_inside_ keeps the order meanwhile.
      ++next_;
      lock.unlock();
      pass(std::move(item));
      lock.lock();
    }
    is_inside_ = false;
    if (waiting_ > 0) turn_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable turn_;
  // Protected by mutex_:
  std::vector<Item> slots_;
  std::uint64_t next_ = 0;
  std::size_t waiting_ = 0;
  bool is_inside_ = false;
};

}  // namespace flux::runtime
