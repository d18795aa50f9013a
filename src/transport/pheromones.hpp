// What fluxes tell about themselves, as NDJSON: for a file, and for whoever listens at
// the control socket. One record per burst, not one per event. A listener who is slow
// misses some and is told how many; the stream never waits for one.
//
//   {"signal":"dropped","flux":"double","ts":1764046800.123456,"count":12,"total":40,"detail":null}
//
// Thread safety: any thread may call any member.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "io/fd.hpp"
#include "plan/plan.hpp"

namespace flux::runtime {

enum class Pheromone : std::uint8_t {
  started,
  flowing,
  perturbed,
  error,
  dropped,
  feedback_dropped,
  draining,
  collapsed,
  stopped,
};

// What each signal means, and what its count and detail are: the manual has the same.
struct PheromoneWords {
  std::string_view name;
  std::string_view meaning;
  std::string_view count;   // "1", or of how many events it tells at once
  std::string_view detail;  // "null" where there is none
};
std::span<const PheromoneWords> pheromone_words();

// What every record has, in this order.
std::span<const std::string_view> pheromone_fields();

class PheromoneListener {
 public:
  static constexpr std::size_t kMost = 1000;  // records that wait

  struct Heard {
    std::string records;  // lines
    std::uint64_t missed = 0;
  };
  Heard listen(std::chrono::milliseconds longest);
  // Like listen(), but until there is something; nothing more after close().
  bool wait(Heard& heard);
  void close();

 private:
  friend class Pheromones;
  void hear(std::string_view record);
  Heard take();

  std::mutex mutex_;
  std::condition_variable some_;
  // Protected by mutex_:
  Heard heard_;
  std::size_t waiting_ = 0;
  bool is_closed_ = false;
};

class Pheromones {
 public:
  // `file`: where records go as well, or closed. REQUIRES: `plan` outlives this.
  Pheromones(const plan::Plan& plan, io::Fd file);
  ~Pheromones();

  // `count`: of the events that it is about; 0 is told as 1 of a state.
  void tell(Pheromone signal, std::size_t flux, std::uint64_t count = 1, std::string_view detail = {});

  // As long as somebody else holds it.
  std::shared_ptr<PheromoneListener> listen();

 private:
  void write();

  const plan::Plan& plan_;
  const io::Fd file_;

  std::mutex mutex_;
  // Protected by mutex_:
  std::vector<std::array<std::uint64_t, 9>> totals_;         // by flux and signal
  std::vector<std::weak_ptr<PheromoneListener>> listeners_;  // weak: who hangs up is gone

  std::shared_ptr<PheromoneListener> of_file_;
  std::thread writer_;
};

}  // namespace flux::runtime
