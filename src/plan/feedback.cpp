#include "plan/feedback.hpp"

#include <fmt/format.h>

#include "plan/join.hpp"
#include "settings/decimal.hpp"

namespace flux::plan {

void check_loop(const Flux& flux, const Type& returned, const std::string& giver, const Excerpt& place) {
  const auto require_fit = [&](const std::string& taker, const Type& wanted) {
    if (const auto why = misfit(returned, wanted))
      throw Error(fmt::format("what returns does not fit: {} gives {}, {} wants {}", giver,
                              to_string(returned), taker, to_string(wanted)),
                  *why + "; a feedback_transform may turn one into the other", place);
  };
  bool is_replaced = false;
  for (const Stage& stage : flux.stages) {
    const std::string taker = fmt::format("'{}'", stage.agent->name);
    require_fit(taker, stage.input);
    if (stage.agent->result == plugin::Result::extend && returned.is_bare() && !returned.is_bare(Kind::json))
      require_fit(taker, {{}, {{{"member"}, Kind::json, true, {}}}});
    is_replaced = stage.agent->result != plugin::Result::select;
    if (is_replaced) break;
  }
  if (!is_replaced) require_fit("the flux", flux.given);
  if (!flux.limit.is_none()) return;
  const bool may_multiply = !flux.maps() || (!flux.transform.empty() && !flux.transform[0].maps());
  if (may_multiply)
    throw Error("this may never end: an event may give several results, some return, and nothing limits it",
                "set max_events or entropy_budget", place);
  if (settings::floor_times(1, flux.config.feedback.fraction) == 1)
    throw Error("this would never end: all that it gives returns, and nothing limits it",
                "set max_events or entropy_budget, or a feedback_fraction below 1", place);
}

}  // namespace flux::plan
