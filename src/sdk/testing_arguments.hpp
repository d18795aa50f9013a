// The parameters of an agent under test, from the text of a JSON object, and what the
// expressions among them come to, from functions of the test.
//
// Part of testing.hpp. Thread safety: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "decode.hpp"
#include "flux_plugin.h"
#include "param.hpp"
#include "testing_json.hpp"

namespace flux::testing::detail {

using flux::detail::Place;
using flux::detail::str;
using flux::detail::view;

// What an expression comes to for an event, as JSON text.
using Worth = std::function<std::string(Json event)>;

// One among the parameters.
struct Expression {
  std::string text;
  std::uint32_t kind;  // of its values
  Worth value;
};

// Parameters from the text of a JSON object. Owns what the values point to.
class Arguments {
 public:
  // `text`: none if nobody looks at the values. `worths`: by the text of the expression.
  Arguments(const flux_agent& agent, const std::optional<std::string>& text,
            const std::map<std::string, Worth>& worths)
      : worths_(worths) {
    if (!text) {
      refuse_expressions(agent);
      return;
    }
    const auto object = compact(*text);
    if (!object || !object->starts_with('{')) throw std::runtime_error("parameters are a JSON object");
    const std::string& kept = texts_.emplace_back(*object);
    std::size_t known = 0;
    for (std::uint32_t i = 0; i < agent.param_count; ++i) {
      const flux_param& param = *agent.params[i];
      const auto given = find(Json{kept}, Member{{param.name}});
      known += given.has_value();
      if (given) {
        values_.push_back(value(param, *given));
      } else if ((param.flags & FLUX_PARAM_REQUIRED) != 0) {
        throw std::runtime_error(std::string("parameter '") + param.name + "' is missing");
      } else {
        values_.push_back(param.default_value != nullptr ? *param.default_value : flux_value{});
      }
    }
    std::size_t members = 0;
    each_member(Json{kept}, [&members](Json, Json) { ++members; });
    if (members != known) throw std::runtime_error("a parameter is given that the agent does not have");
  }
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;
  const flux_value* values() const { return values_.data(); }
  // In the order of their columns.
  const std::deque<Expression>& expressions() const { return expressions_; }

 private:
  static constexpr std::uint32_t kLists = FLUX_PARAM_LIST | FLUX_PARAM_REST | FLUX_PARAM_NAMED;

  static void refuse_expressions(const flux_agent& agent) {
    for (std::uint32_t i = 0; i < agent.param_count; ++i) {
      if (agent.params[i]->kind != FLUX_EXPR) continue;
      throw std::runtime_error(std::string("parameter '") + agent.params[i]->name +
                               "' is an expression: give the parameters as JSON");
    }
  }
  flux_value value(const flux_param& param, Json json) {
    if ((param.flags & kLists) == 0) return scalar(param, json);
    std::vector<flux_item>& items = items_.emplace_back();
    if (is_array(json)) {
      each_element(json, [&](Json each) { items.push_back({{}, scalar(param, each)}); });
    } else if ((param.flags & FLUX_PARAM_NAMED) != 0 && is_object(json)) {
      each_member(json, [&](Json name, Json each) {
        items.push_back({path(text_of(name)), scalar(param, each)});
      });
    } else {
      items.push_back({{}, scalar(param, json)});
    }
    flux_value list{};
    list.kind = param.kind;
    list.is_list = 1;
    list.as.list = {items.data(), items.size()};
    return list;
  }
  flux_value scalar(const flux_param& param, Json json) {
    static constexpr Place kTop;
    const Place place{&kTop, param.name};
    flux_value value{};
    value.kind = param.kind;
    if (param.kind == FLUX_INT64) value.as.int64 = flux::detail::decode<std::int64_t>(json, place);
    if (param.kind == FLUX_DOUBLE) value.as.number = flux::detail::decode<double>(json, place);
    if (param.kind == FLUX_BOOL) value.as.boolean = flux::detail::decode<bool>(json, place);
    if (param.kind == FLUX_STRING) value.as.str = keep(flux::detail::decode<std::string>(json, place));
    if (param.kind == FLUX_JSON) value.as.str = keep(std::string(json.text));
    if (param.kind == FLUX_PATH) value.as.path = path(flux::detail::decode<std::string>(json, place));
    if (param.kind == FLUX_EXPR)
      value.as.column = column(flux::detail::decode<std::string>(json, place), param);
    return value;
  }
  std::uint32_t column(const std::string& text, const flux_param& param) {
    const auto worth = worths_.find(text);
    if (worth == worths_.end()) {
      throw std::runtime_error("what '" + text +
                               "' comes to is worked out by flux, not here: say it by expression(\"" + text +
                               "\", a function of the event)");
    }
    expressions_.push_back({text, param.expr_kind, worth->second});
    return static_cast<std::uint32_t>(expressions_.size() - 1);
  }
  flux_str keep(std::string text) { return str(texts_.emplace_back(std::move(text))); }
  flux_path path(std::string_view written) {
    std::vector<flux_str>& names = names_.emplace_back();
    while (!written.empty()) {
      const std::size_t size = std::min(written.find('.'), written.size());
      names.push_back(keep(std::string(written.substr(0, size))));
      written.remove_prefix(std::min(size + 1, written.size()));
    }
    return {names.data(), names.size()};
  }

  const std::map<std::string, Worth> worths_;
  std::deque<Expression> expressions_;
  std::deque<std::string> texts_;
  std::deque<std::vector<flux_str>> names_;
  std::deque<std::vector<flux_item>> items_;
  std::vector<flux_value> values_;
};

}  // namespace flux::testing::detail
