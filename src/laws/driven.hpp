// Instances of one agent, driven over batches of one's choice across the real
// boundary: the input, the calls and the checks of the runtime, without its tickets.
//
// Thread safety: none.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "laws/trial.hpp"
#include "rows/encoder.hpp"
#include "rows/ticket.hpp"
#include "stages/agent_call.hpp"
#include "stages/input.hpp"

namespace flux::laws {

// What a trial tells while it happens.
class Witness {
 public:
  virtual ~Witness() = default;
  virtual void tell(const Entry& entry) = 0;
  virtual void accuse(std::string_view law, std::string_view offence) = 0;  // the trial is over
};

class Driven {
 public:
  // REQUIRES: all three outlive this.
  Driven(const Subject& subject, std::span<const std::string> events, Witness& witness);

  void take(const Step& step);

 private:
  struct One {
    std::shared_ptr<plugin::Instance> instance;  // shared by the threads of a storm
    std::unique_ptr<runtime::AgentCall> call;
    std::uint32_t last = kAtEnd;  // the last event that it took
    bool has_ended = false;       // wants no more
    bool is_broken = false;
  };

  One& one(std::uint32_t index);
  One fresh() const;
  One sharing(const std::shared_ptr<plugin::Instance>& instance) const;
  void feed(One& one, const Step& step);
  void storm(One& one, const Step& step);
  void finish(One& one, const Step& step);
  void merge(One& one, const Step& step);
  void renew(One& one, const Step& step);
  runtime::Batch batch_of(const std::vector<std::uint32_t>& events);
  bool take_outcome(One& one, const runtime::Batch& in, std::uint32_t label);
  void tell_results(const runtime::Batch& rows, std::uint32_t label);
  void fail(One& one, const Step& step, const std::string& message);

  const Subject& subject_;
  const std::span<const std::string> events_;
  Witness& witness_;
  runtime::Ticket ticket_;  // for its arena; its events have no line in a source
  runtime::Input input_;
  json::Reader reader_;
  const runtime::Encoder encoder_;
  std::map<std::uint32_t, One> ones_;
};

}  // namespace flux::laws
