// The events that a call to an agent is about, told inside a signal handler if the agent
// crashes: as exactly as is known, down to the line. What has to be looked at for that
// is looked at only then.
//
// Thread safety: none; belongs to its AgentCall.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plugin/crash.hpp"
#include "rows/batch.hpp"
#include "rows/ticket.hpp"

namespace flux::runtime {

class AtWork final : public plugin::Work {
 public:
  // `flux`: its id. REQUIRES: outlives this.
  explicit AtWork(const std::string& flux) : flux_(flux) {}

  // From now on: the rows of `in` from `begin` on. `at`: where the agent says which of
  // them it is at. REQUIRES: all live until the call has returned.
  void begin(const Ticket& ticket, const Batch& in, std::uint32_t begin, const std::size_t& at) {
    ticket_ = &ticket;
    in_ = &in;
    begin_ = begin;
    at_ = &at;
  }
  // From now on: no event. `what`: static, "giving what it held back".
  void begin(std::string_view what) {
    in_ = nullptr;
    what_ = what;
  }

  std::string_view flux() const noexcept override { return flux_; }
  void tell(plugin::LastWords& words) const noexcept override;

 private:
  void tell_place(std::uint32_t first, std::uint32_t last, plugin::LastWords& words) const;
  void tell_rows(std::uint32_t first, std::uint32_t last, plugin::LastWords& words) const;

  const std::string& flux_;
  const Ticket* ticket_ = nullptr;
  const Batch* in_ = nullptr;
  std::string_view what_ = "doing nothing";
  std::uint32_t begin_ = 0;
  const std::size_t* at_ = nullptr;
};

}  // namespace flux::runtime
