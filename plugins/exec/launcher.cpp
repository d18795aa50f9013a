#include "launcher.hpp"

#include <csignal>
#include <utility>

// Signals are for flux's own threads: this one takes none.
Launcher::Launcher() {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    thread_ = std::thread([this] { serve(); });
  } catch (...) {
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    throw;
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Launcher::~Launcher() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

std::unique_ptr<Child> Launcher::start(const std::string& command) {
  Task task([&command] { return std::make_unique<Child>(command); });
  auto child = task.get_future();
  {
    const std::lock_guard lock(mutex_);
    task_ = std::move(task);
  }
  wake_.notify_one();
  return child.get();
}

void Launcher::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return is_over_ || task_.valid(); });
    if (is_over_) return;
    Task task = std::exchange(task_, Task());
    lock.unlock();
    task();
    lock.lock();
  }
}
