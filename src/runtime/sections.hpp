// All of a running pipeline: its sections, and the drop buffers between them and in
// front of the sink. A pipeline that drops nothing is one section.
//
//   source -> section -> buffer -> section -> … -> sink
//
// Threads: the workers of each section; one behind a buffer in front of the sink. All are
// owned and joined here. Whoever builds it waits for done(), and may stop() at any time.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "runtime/perturbation.hpp"
#include "runtime/pipeline.hpp"
#include "transport/buffer_ends.hpp"
#include "transport/output.hpp"

namespace flux::runtime {

class Sections {
 public:
  // Makes the instances; throws Error if a plugin refuses. REQUIRES: `plan`, `failures`
  // and `output` outlive this.
  Sections(const plan::Plan& plan, const plugin::Host& host, io::Framer framer, Output& output,
           Failures& failures, const Options& options);

  void start();
  // Reads nothing more; what was read is worked on and written.
  void stop() {
    is_stopping_.store(true, std::memory_order_relaxed);
    source_->stop();
  }
  // Likewise, because somebody asks for it: agents that wait are told to wait no longer.
  // REQUIRES: not yet joined.
  void interrupt();
  // Woken when all is through. join() then waits for the threads.
  const io::WakeUp& done() const { return done_; }
  void join();

  // Sends an event from outside through; it waits only for the agents. One thread at a
  // time. REQUIRES: made to be live.
  Answer perturb(const Perturbation& perturbation);

  // Whether the section of a flux reads nothing any more.
  bool is_draining(std::size_t flux) const;

  // How full the buffer behind a flux is; nothing where it has none.
  struct Level {
    std::uint64_t held;
    std::uint64_t capacity;
  };
  std::optional<Level> buffer_behind(std::size_t flux) const;

  // What has come and gone so far.
  Tally tally() const;
  // The same, with what was read and has not come out counted as unprocessed.
  Tally tally_with_events_in_flight() const;
  // Why reading failed; empty if it did not. Valid after join().
  const std::string& error() const { return source_->error(); }

 private:
  std::size_t section_of(std::size_t flux) const;
  void section_is_through(std::size_t index);
  void write_buffered();

  const std::vector<plan::Plan> plans_;  // one per section
  Output& output_;
  io::WakeUp done_;
  std::atomic<bool> is_stopping_{false};  // relaxed: says so to whoever asks
  // Buffer i is behind section i; the last section has one only in front of the sink.
  std::vector<std::unique_ptr<DropBuffer>> buffers_;
  std::vector<std::unique_ptr<BufferSink>> entries_;
  std::unique_ptr<SourceReader> source_;
  std::vector<std::unique_ptr<BufferSource>> inlets_;  // of sections but the first
  std::vector<std::unique_ptr<Pipeline>> sections_;
  std::jthread writer_;  // behind a buffer in front of the sink
};

}  // namespace flux::runtime
