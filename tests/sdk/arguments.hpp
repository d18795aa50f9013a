// Values of parameters that are more than a number: members, lists, old = new.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <flux/flux_plugin.h>

// Owns what its values point to.
class Arguments {
 public:
  // "user.id"; its names have no dots.
  flux_value member(std::string_view path) {
    flux_value value{};
    value.kind = FLUX_PATH;
    value.as.path = path_of(path);
    return value;
  }

  // [a, b.c]
  flux_value members(const std::vector<std::string_view>& paths) {
    std::vector<flux_item>& items = items_.emplace_back();
    for (const std::string_view path : paths) items.push_back({{}, member(path)});
    return list_of(FLUX_PATH, items);
  }

  // old = new, …
  flux_value renames(const std::vector<std::pair<std::string_view, std::string_view>>& names) {
    std::vector<flux_item>& items = items_.emplace_back();
    for (const auto& [from, to] : names) items.push_back({path_of(from), member(to)});
    return list_of(FLUX_PATH, items);
  }

  // name = JSON, …
  flux_value values(const std::vector<std::pair<std::string_view, std::string_view>>& values) {
    std::vector<flux_item>& items = items_.emplace_back();
    for (const auto& [name, text] : values) {
      flux_value value{};
      value.kind = FLUX_JSON;
      value.as.str = kept(text);
      items.push_back({path_of(name), value});
    }
    return list_of(FLUX_JSON, items);
  }

 private:
  static flux_value list_of(flux_kind kind, const std::vector<flux_item>& items) {
    flux_value value{};
    value.kind = kind;
    value.is_list = 1;
    value.as.list = {items.data(), items.size()};
    return value;
  }
  flux_str kept(std::string_view text) {
    const std::string& owned = texts_.emplace_back(text);
    return {owned.data(), owned.size()};
  }
  flux_path path_of(std::string_view path) {
    std::vector<flux_str>& names = names_.emplace_back();
    while (!path.empty()) {
      const std::size_t size = path.find('.');
      names.push_back(kept(path.substr(0, size)));
      path = size == std::string_view::npos ? std::string_view() : path.substr(size + 1);
    }
    return {names.data(), names.size()};
  }

  std::deque<std::string> texts_;
  std::deque<std::vector<flux_str>> names_;
  std::deque<std::vector<flux_item>> items_;
};

inline flux_value float_value(double number) {
  flux_value value{};
  value.kind = FLUX_DOUBLE;
  value.as.number = number;
  return value;
}
