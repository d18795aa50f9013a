// The parameters of an agent under test, from the text of a JSON object.
//
// Part of testing.hpp. Thread safety: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent.hpp"
#include "decode.hpp"
#include "testing_json.hpp"

namespace flux::testing::detail {

using flux::detail::Place;
using flux::detail::str;
using flux::detail::view;

// Parameters from the text of a JSON object. Owns what the values point to.
class Arguments {
 public:
  Arguments(const flux_agent& agent, std::string_view text) {
    const auto object = compact(text);
    if (!object || !object->starts_with('{')) throw std::runtime_error("parameters are a JSON object");
    const std::string& kept = texts_.emplace_back(*object);
    std::size_t known = 0;
    for (std::uint32_t i = 0; i < agent.param_count; ++i) {
      const flux_param& param = *agent.params[i];
      const auto given = find(Json{kept}, Member{{param.name}});
      known += given.has_value();
      if (param.kind == FLUX_EXPR)
        throw std::runtime_error("expressions need flux itself: test it by flux run");
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

 private:
  static constexpr std::uint32_t kLists = FLUX_PARAM_LIST | FLUX_PARAM_REST | FLUX_PARAM_NAMED;

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
    return value;
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

  std::deque<std::string> texts_;
  std::deque<std::vector<flux_str>> names_;
  std::deque<std::vector<flux_item>> items_;
  std::vector<flux_value> values_;
};

}  // namespace flux::testing::detail
