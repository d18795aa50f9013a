// Arguments of a call to values of parameters: who gets which.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "plan/resolve.hpp"
#include "spec/value.hpp"

namespace flux::plan {

namespace {

using plugin::Given;
using plugin::Param;

spec::Want want_of(flux_kind kind) {
  switch (kind) {
    case FLUX_INT64:
      return spec::Want::int64;
    case FLUX_DOUBLE:
      return spec::Want::float64;
    case FLUX_BOOL:
      return spec::Want::boolean;
    case FLUX_STRING:
      return spec::Want::string;
    case FLUX_JSON:
      return spec::Want::json;
    case FLUX_PATH:
      return spec::Want::path;
    case FLUX_EXPR:
      return spec::Want::expression;
  }
  return spec::Want::json;
}

// How a person would write the call: "head(n)", "pick(path…)".
std::string signature(const plugin::Agent& agent) {
  std::string text;
  for (const Param& param : agent.params) {
    if (!text.empty()) text += ", ";
    text += param.named ? "name = " + param.name + "…" : param.rest ? param.name + "…" : param.name;
  }
  return fmt::format("{}({})", agent.name, text);
}

class Binder {
 public:
  Binder(const spec::AgentCall& call, const plugin::Agent& agent, const Type& events,
         const spec::Pipeline& pipeline)
      : call_(call), agent_(agent), events_(events), pipeline_(pipeline), given_(agent.params.size()) {}

  Bound bind() {
    for (const spec::Argument& argument : call_.arguments) {
      const std::size_t index = argument.key ? named(argument) : positional(argument);
      take(index, argument);
    }
    for (std::size_t i = 0; i < given_.size(); ++i) {
      const Param& param = agent_.params[i];
      if (given_[i] || !param.required) continue;
      throw Error(fmt::format("{} is missing '{}'", signature(agent_), param.name), param.summary,
                  pipeline_.excerpt(call_.span));
    }
    return {plugin::Values(agent_, std::move(given_)), std::move(computed_)};
  }

 private:
  // The next parameter that no argument has filled yet.
  std::size_t positional(const spec::Argument& argument) {
    for (; next_ < agent_.params.size(); ++next_) {
      const Param& param = agent_.params[next_];
      if (param.rest) return next_;
      if (!param.named && !given_[next_]) return next_++;
    }
    throw Error(
        agent_.params.empty()
            ? fmt::format("{} takes no arguments, found '{}'", agent_.name, printable(argument.text))
            : fmt::format("{} has one argument too many: '{}'", signature(agent_), printable(argument.text)),
        fmt::format("'flux agents {}' tells its parameters", agent_.name), pipeline_.excerpt(argument.span));
  }

  std::size_t named(const spec::Argument& argument) {
    const Path& key = *argument.key;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < agent_.params.size(); ++i) {
      const Param& param = agent_.params[i];
      if (param.named) continue;
      if (key.size() == 1 && key[0] == param.name) {
        if (given_[i] && !param.rest)
          throw Error(fmt::format("'{}' is given twice", param.name), "leave one out",
                      pipeline_.excerpt(argument.key_span));
        return i;
      }
      names.push_back(param.name);
    }
    for (std::size_t i = 0; i < agent_.params.size(); ++i)
      if (agent_.params[i].named) return i;
    if (!agent_.params.empty() && agent_.params.front().kind == FLUX_EXPR)
      throw Error(fmt::format("{} has no parameter '{}'", agent_.name, to_string(key)),
                  fmt::format("to compare, write {} == {}", to_string(key), argument.text),
                  pipeline_.excerpt(argument.key_span));
    const auto near = nearest(to_string(key), names);
    throw Error(fmt::format("{} has no parameter '{}'", agent_.name, to_string(key)),
                near ? fmt::format("did you mean '{}'?", *near)
                     : fmt::format("'flux agents {}' tells its parameters", agent_.name),
                pipeline_.excerpt(argument.key_span));
  }

  void take(std::size_t index, const spec::Argument& argument) {
    const Param& param = agent_.params[index];
    const std::string whom = fmt::format("{}({})", agent_.name, param.name);
    const spec::Want want = want_of(param.kind);
    if (!given_[index]) given_[index] = Given{param.list || param.rest || param.named, {}, param.kind};
    Given& given = *given_[index];
    // pick(a, b) and pick(paths=[a, b]) say the same; so does pick([a, b]).
    const bool is_list = param.list || (param.rest && !param.named);
    const auto parts = is_list ? spec::read_list(argument, pipeline_) : std::vector{argument};
    for (const spec::Argument& part : parts) {
      auto value = spec::read_value(part, want, whom, pipeline_);
      if (want == spec::Want::expression)
        value = compute(std::get<std::string>(value), part, whom, static_cast<Kind>(param.expr_kind));
      given.items.push_back({param.named && argument.key ? *argument.key : Path{},
                             std::visit([](auto& v) { return plugin::Scalar(std::move(v)); }, value)});
    }
  }

  // The number of its column.
  std::int64_t compute(const std::string& text, const spec::Argument& argument, const std::string& whom,
                       Kind kind) {
    // Of a string in a config file the quotes are no part of it.
    const bool is_quoted = argument.from == spec::Argument::From::config && argument.text != text;
    const std::size_t begin = argument.span.begin + (is_quoted ? 1 : 0);
    const Excerpt place =
        pipeline_.excerpt({begin, std::max(begin, argument.span.end - (is_quoted ? 1 : 0))});
    auto expression = std::make_shared<const expr::Expression>(expr::Expression::parse(text, events_, place));
    if (!can_be(expression->known(), kind))
      throw Error(fmt::format("{} wants {}, found {}: '{}'", whom, name_of(kind),
                              expr::name_of(expression->known()), printable(text)),
                  kind == Kind::boolean ? "a condition compares something, as in a > 1" : "", place);
    computed_.push_back({std::move(expression), kind, {}});
    return static_cast<std::int64_t>(computed_.size() - 1);
  }

  static bool can_be(expr::Known known, Kind kind) {
    using expr::Known;
    if (kind == Kind::json || known == Known::nothing) return true;
    if (kind == Kind::boolean) return known == Known::boolean;
    if (kind == Kind::string) return known == Known::string;
    if (kind == Kind::int64) return known == Known::int64 || known == Known::number;
    return known == Known::int64 || known == Known::float64 || known == Known::number;
  }

  const spec::AgentCall& call_;
  const plugin::Agent& agent_;
  const Type& events_;
  const spec::Pipeline& pipeline_;
  std::vector<std::optional<Given>> given_;
  std::vector<Computed> computed_;
  std::size_t next_ = 0;  // the first parameter that positional arguments may still fill
};

}  // namespace

Bound bind_arguments(const spec::AgentCall& call, const plugin::Agent& agent, const Type& given,
                     const spec::Pipeline& pipeline) {
  return Binder(call, agent, given, pipeline).bind();
}

}  // namespace flux::plan
