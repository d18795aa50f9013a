// A way into a serial segment for what comes from outside the stream: between two
// tickets, ahead of all that wait. Tickets keep their order by the turnstile; this says
// only who is at work.
//
// Thread safety: any thread may call any member. Nothing runs in it twice at once, and
// each run sees what the one before it wrote. Both run without the mutex.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace flux::runtime {

class SideDoor {
 public:
  // For the ticket whose turn it is. REQUIRES: inside the turnstile.
  template <class Work>
  void work(Work&& work) {
    std::unique_lock lock(mutex_);
    free_.wait(lock, [&] { return cutting_in_ == 0 && !is_occupied_; });
    run(lock, work);
  }

  // For anybody else: as soon as the ticket at work is done.
  template <class Work>
  void cut_in(Work&& work) {
    std::unique_lock lock(mutex_);
    ++cutting_in_;
    free_.wait(lock, [&] { return !is_occupied_; });
    --cutting_in_;
    run(lock, work);
  }

 private:
  template <class Work>
  void run(std::unique_lock<std::mutex>& lock, Work& work) {
    is_occupied_ = true;
    lock.unlock();
    work();
    lock.lock();
    is_occupied_ = false;
    free_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable free_;
  // Protected by mutex_:
  std::size_t cutting_in_ = 0;
  bool is_occupied_ = false;
};

}  // namespace flux::runtime
