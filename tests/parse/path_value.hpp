// user.name, as a parameter gives it.
#pragma once

#include <flux/flux_plugin.h>

#include <flux/value.hpp>
#include <string>
#include <utility>
#include <vector>

class PathValue {
 public:
  explicit PathValue(std::vector<std::string> names) : member_{std::move(names)} {
    for (const std::string& name : member_.names) names_.push_back({name.data(), name.size()});
  }
  PathValue(const PathValue&) = delete;
  PathValue& operator=(const PathValue&) = delete;

  flux_value value() const {
    flux_value value{};
    value.kind = FLUX_PATH;
    value.as.path = {names_.data(), names_.size()};
    return value;
  }

 private:
  flux::Member member_;
  std::vector<flux_str> names_;
};
