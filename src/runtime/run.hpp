// One run from the first read to the last write: starts a pipeline, waits for its
// end or a signal, and says what it came to.
//
// Thread safety: called by the main thread, before any other is started.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "io/fd.hpp"
#include "io/signals.hpp"
#include "io/source.hpp"
#include "plan/plan.hpp"
#include "runtime/pipeline.hpp"
#include "runtime/summary.hpp"

namespace flux::runtime {

struct Result {
  Summary summary;
  std::string error;  // of exit status 1: what went wrong
  int signal = 0;     // to die of, once everything is said
};

class Live;

// Somebody who looks after a live pipeline from when it has started until it is
// through; what is returned is let go of then. Shared, for nobody cares what it is.
using Attend = std::function<std::shared_ptr<void>(Live&)>;

// What a run reads and writes.
struct Ends {
  std::vector<io::Source> sources;
  io::Sink sink;
  io::Sink dead_letters;  // without a descriptor: nobody wants them
  io::Fd pheromones;      // where signals go; closed: nowhere
  Attend attend;          // of a run that takes perturbations (Options::takes_perturbations)
};

// Says what a run came to: prints the summary, and why it failed.
using Say = std::function<void(const Result&)>;

// A second signal ends the process here, with `say` as its last words: what was read
// and not written is unprocessed then. Otherwise the caller says it.
Result run(const plan::Plan& plan, const plugin::Host& host, const io::Signals& signals, Ends ends,
           const Options& options, const Say& say);

}  // namespace flux::runtime
