// One call across the plugin boundary: room for results in the ticket's arena, the
// agent's process() or finish(), and what came back made into a batch, checked.
// Nothing a plugin returns is believed: rows out of range or out of order, sizes that
// cannot be and bytes written beyond an array make the instance failed; numbers that
// are not finite and text that is not UTF-8 or not JSON make their event failed.
//
// Thread safety: none; one per worker and stage.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "json/check.hpp"
#include "plan/plan.hpp"
#include "plugin/instance.hpp"
#include "rows/batch.hpp"
#include "rows/ticket.hpp"
#include "stages/at_work.hpp"
#include "stages/extension.hpp"
#include "stages/json_results.hpp"
#include "stages/room.hpp"

namespace flux::runtime {

class AgentCall {
 public:
  // Whether flux found that a result is not of the kind that the agent states. An agent may
  // leave it to flux to tell JSON from what is none.
  enum class WrongType : std::uint8_t { no, is_no_text, is_no_json };

  // A row of the input that failed.
  struct Failed {
    std::uint32_t row;
    FailureKind kind;
    std::string message;
    WrongType wrong_type = WrongType::no;
  };

  // `flux`: the id of the one that the stage belongs to. REQUIRES: all outlive this.
  AgentCall(const plan::Plan& plan, const plan::Stage& stage, plugin::Instance& instance,
            const std::string& flux);

  // Calls process() on the rows of `in` from `begin` on, whose columns are `columns`.
  // `cursor`: what the call before left for the first of them.
  void process(const Batch& in, std::uint32_t begin, std::span<const flux_column> columns,
               std::uint64_t cursor, Ticket& ticket);
  // Calls finish().
  void finish(Ticket& ticket);

  // Takes over what the other's instance has seen; why not, if it cannot.
  std::optional<std::string> merge(AgentCall& other);

  // What the call gave. Valid until the next call, or the arena's release.
  flux_status status() const { return outcome_.status; }
  std::string complaint() const;  // of FLUX_FAILED: who failed, and why
  const plugin::Outcome& outcome() const { return outcome_; }
  const Batch& results() const { return results_; }              // without those of failed rows
  const std::vector<Failed>& failed() const { return failed_; }  // by row, once each
  std::uint32_t consumed() const { return consumed_; }           // rows from `begin` that are done
  std::uint64_t cursor() const { return out_.cursor; }

 private:
  // Results that count, and which rows of the input they come from.
  struct Kept {
    std::span<const std::uint32_t> results;
    std::span<const std::uint32_t> rows;
  };

  void make_room(std::uint32_t rows, Arena& arena);
  void take_results(const Batch& in, std::uint32_t begin, Arena& arena);
  Kept kept_results(std::uint32_t begin, std::span<const std::uint32_t> origin, Arena& arena) const;
  std::span<const Column> result_columns(std::span<const std::uint32_t> kept, Arena& arena);
  bool is_sound(std::uint32_t rows);
  std::optional<std::string> broken_rule(std::uint32_t rows) const;
  bool fail_instance(std::string why);
  bool check_values(std::span<const std::uint32_t> origin);
  void check_present(const Column& column, std::size_t c);
  void check_column(const Column& column, std::size_t c, std::span<const std::uint32_t> origin);
  bool is_text_there(flux_str text, std::uint32_t row, std::size_t c);
  void extend(const Batch& in, std::uint32_t begin, Arena& arena);
  void fail_as_no_json(std::uint32_t row, const json::Flaw& flaw);
  bool read_json(std::span<const std::uint32_t> origin, Arena& arena);
  bool is_failed(std::uint32_t row) const;
  void fail(std::uint32_t row, FailureKind kind, std::string message, WrongType wrong_type = WrongType::no);

  const plan::Stage& stage_;
  plugin::Instance& instance_;
  std::optional<Extension> extension_;  // where the agent changes the events' own text
  std::optional<JsonResults> json_;     // where it gives JSON values
  JsonResults::Read read_;              // of this call
  AtWork at_work_;
  Arena* arena_ = nullptr;
  Room room_;
  flux_out out_{};
  bool is_process_ = false;     // else finish()
  std::string broken_;          // a rule, in the middle of the call
  std::size_t text_given_ = 0;  // bytes of text in the results
  plugin::Outcome outcome_;
  Batch results_;
  std::vector<Failed> failed_;
  std::uint32_t consumed_ = 0;
};

}  // namespace flux::runtime
