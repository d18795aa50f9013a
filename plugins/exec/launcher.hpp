// The thread that starts commands. The kernel kills them when their parent dies, so
// that nothing is left behind even if flux is killed; but by the parent it means the
// thread, and workers come and go. This one lives as long as its commands may.
//
// Thread safety: start() one call at a time.
#pragma once

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "child.hpp"

class Launcher {
 public:
  Launcher();
  // REQUIRES: what it started has ended.
  ~Launcher();
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;

  // Throws what the constructor of Child throws.
  std::unique_ptr<Child> start(const std::string& command);

 private:
  using Task = std::packaged_task<std::unique_ptr<Child>()>;
  void serve();

  std::mutex mutex_;  // for task_ and is_over_
  std::condition_variable wake_;
  Task task_;
  bool is_over_ = false;
  std::thread thread_;
};
