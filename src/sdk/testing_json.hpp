// What <flux/testing.hpp> does with JSON text: whether it is any, without white space,
// and with members changed as flux changes them.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flux_plugin.h"
#include "json_reader.hpp"
#include "json_writer.hpp"
#include "value.hpp"

namespace flux::testing::detail {

using Names = std::vector<std::string>;

// Copies one JSON value without its white space.
class Compactor {
 public:
  explicit Compactor(std::string_view text) : text_(text) {}

  // The value, or nothing if the text is no JSON.
  std::optional<std::string> run() {
    if (!value(0)) return {};
    skip();
    if (at_ != text_.size()) return {};
    return std::move(out_);
  }

 private:
  static constexpr int kMostDepth = 1024;

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool take(char c) {
    if (peek() != c) return false;
    out_ += c;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    out_ += word;
    at_ += word.size();
    return true;
  }
  bool digits() {
    const std::size_t begin = at_;
    while (peek() >= '0' && peek() <= '9') take(peek());
    return at_ != begin;
  }
  bool value(int depth) {
    skip();
    const char c = peek();
    if (c == '{' || c == '[') return depth < kMostDepth && container(depth + 1);
    if (c == '"') return string();
    if (c == 't') return take("true");
    if (c == 'f') return take("false");
    if (c == 'n') return take("null");
    return number();
  }
  bool container(int depth) {
    const char closing = peek() == '{' ? '}' : ']';
    take(peek());
    skip();
    if (take(closing)) return true;
    for (;;) {
      if (closing == '}') {
        skip();
        if (!string()) return false;
        skip();
        if (!take(':')) return false;
      }
      if (!value(depth)) return false;
      skip();
      if (take(closing)) return true;
      if (!take(',')) return false;
    }
  }
  bool string() {
    if (!take('"')) return false;
    while (at_ < text_.size() && peek() != '"') {
      if (static_cast<unsigned char>(peek()) < 0x20) return false;
      const bool is_escape = take('\\');
      if (is_escape && peek() == 'u') {
        take('u');
        for (int i = 0; i < 4; ++i) {
          if (std::string_view("0123456789abcdefABCDEF").find(peek()) == std::string_view::npos) return false;
          take(peek());
        }
        continue;
      }
      if (is_escape && std::string_view("\"\\/bfnrt").find(peek()) == std::string_view::npos) return false;
      take(peek());
    }
    return take('"');
  }
  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      return digits();
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

inline std::optional<std::string> compact(std::string_view text) { return Compactor(text).run(); }

inline std::string quoted(std::string_view text) {
  JsonWriter json;
  json.value(text);
  return json.take();
}

// An object, taken apart.
class Object {
 public:
  explicit Object(std::string_view text) {
    each_member(Json{text}, [this](Json key, Json value) {
      members_.push_back({text_of(key), std::string(key.text), std::string(value.text)});
    });
  }
  std::string text() const {
    std::string all = "{";
    for (const Each& each : members_) all += (all.size() == 1 ? "" : ",") + each.key + ":" + each.value;
    return all + "}";
  }

  // Of several members of the name the last one is set, and the others go.
  void set(const Names& path, std::size_t at, std::string_view value) {
    std::size_t last = members_.size();
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (members_[i].name == path[at]) last = i;
    }
    if (last == members_.size()) members_.push_back({path[at], quoted(path[at]), {}});
    std::string& to = members_[last].value;
    if (at + 1 == path.size()) {
      to = value;
    } else {
      Object inner(to.starts_with('{') ? to : "{}");
      inner.set(path, at + 1, value);
      to = inner.text();
    }
    std::size_t index = 0;
    std::erase_if(members_, [&](const Each& each) { return index++ != last && each.name == path[at]; });
  }
  // All others go. Of objects on the way to them, what is kept of them stays.
  void keep(const std::vector<Names>& paths, std::size_t at) {
    std::vector<Each> kept;
    for (Each& each : members_) {
      std::vector<Names> within;
      bool is_whole = false;
      for (const Names& path : paths) {
        if (path[at] != each.name) continue;
        if (path.size() == at + 1) is_whole = true;
        within.push_back(path);
      }
      if (within.empty() || (!is_whole && !each.value.starts_with('{'))) continue;
      if (!is_whole) {
        Object inner(each.value);
        inner.keep(within, at + 1);
        each.value = inner.text();
      }
      kept.push_back(std::move(each));
    }
    members_ = std::move(kept);
  }
  void remove(const Names& path, std::size_t at) {
    if (at + 1 == path.size()) {
      std::erase_if(members_, [&](const Each& each) { return each.name == path[at]; });
    } else {
      within(path, at, [&](Object& inner) { inner.remove(path, at + 1); });
    }
  }
  // Members that had the new name before go.
  void rename(const Names& path, std::size_t at, const std::string& to) {
    if (at + 1 != path.size())
      return within(path, at, [&](Object& inner) { inner.rename(path, at + 1, to); });
    bool any = false;
    for (const Each& each : members_) any = any || each.name == path[at];
    if (!any || path[at] == to) return;
    std::erase_if(members_, [&](const Each& each) { return each.name == to; });
    for (Each& each : members_) {
      if (each.name == path[at]) each = {to, quoted(to), each.value};
    }
  }

 private:
  struct Each {
    std::string name;
    std::string key;
    std::string value;
  };
  template <class F>
  void within(const Names& path, std::size_t at, F change) {
    for (Each& each : members_) {
      if (each.name != path[at] || !each.value.starts_with('{')) continue;
      Object inner(each.value);
      change(inner);
      each.value = inner.text();
    }
  }

  std::vector<Each> members_;
};

}  // namespace flux::testing::detail
