// Waits with each event until the run is to stop, having said so by a file 'waiting'.
#include <condition_variable>
#include <cstdint>
#include <flux/agent.hpp>
#include <fstream>
#include <mutex>

class Waits {
 public:
  std::int64_t invoke(std::int64_t x) {
    std::unique_lock lock(mutex_);
    if (!is_interrupted_) std::ofstream("waiting").put('\n');
    interrupted_.wait(lock, [this] { return is_interrupted_; });
    return x;
  }
  void interrupt() {
    const std::lock_guard lock(mutex_);
    is_interrupted_ = true;
    interrupted_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable interrupted_;
  bool is_interrupted_ = false;
};
FLUX_AGENT(Waits, "waits", "Waits until the run is to stop", FLUX_BLOCKING);
