#include "json/patch.hpp"

#include <algorithm>
#include <cstring>

#include "json/grammar.hpp"

namespace flux::json {

namespace {

std::uint32_t skip_space(const char* base, std::uint32_t at) {
  while (is_white_space(base[at])) ++at;
  return at;
}

// One past the last byte before `at` that is not white space.
std::uint32_t skip_space_back(const char* base, std::uint32_t at) {
  while (is_white_space(base[at - 1])) --at;
  return at;
}

char* put(char* out, std::string_view text) {
  if (!text.empty()) std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace

void Patch::start(const char* base, std::uint32_t begin, std::uint32_t end) {
  base_ = base;
  begin_ = begin;
  end_ = end;
  is_known_ = true;
  splices_.clear();
  appended_.clear();
}

void Patch::set(const Member& member, std::string_view value) {
  splices_.push_back({member.value, member.end, value});
}

// With one comma: the one before it, or where it is the first member, the one behind it.
void Patch::remove(const Member& member) {
  const std::uint32_t before = skip_space_back(base_, member.key);
  if (base_[before - 1] == ',') {
    splices_.push_back({skip_space_back(base_, before - 1), member.end, {}});
    return;
  }
  const std::uint32_t behind = skip_space(base_, member.end);
  if (base_[behind] != ',') {
    is_known_ = false;  // the only member
    return;
  }
  splices_.push_back({member.key, skip_space(base_, behind + 1), {}});
}

void Patch::rename(const Member& member, std::string_view quoted_name) {
  const std::uint32_t colon = skip_space_back(base_, member.value) - 1;
  splices_.push_back({member.key, skip_space_back(base_, colon), quoted_name});
}

void Patch::append(std::string_view quoted_name, std::string_view value) {
  appended_.push_back({quoted_name, value});
}

bool Patch::settle() {
  const auto comes_first = [](const Splice& a, const Splice& b) { return a.begin < b.begin; };
  if (splices_.size() > 1) std::sort(splices_.begin(), splices_.end(), comes_first);
  for (std::size_t i = 1; i < splices_.size(); ++i)
    if (splices_[i].begin < splices_[i - 1].end) is_known_ = false;
  if (appended_.empty()) return is_known_;
  last_value_end_ = skip_space_back(base_, end_ - 1);
  if (base_[last_value_end_ - 1] == '{') is_known_ = false;  // the first member has no comma before it
  return is_known_;
}

std::size_t Patch::size() const {
  std::size_t size = end_ - begin_;
  for (const Splice& splice : splices_) size += splice.text.size() - (splice.end - splice.begin);
  for (const Appended& member : appended_) size += member.size();
  return size;
}

char* Patch::write(char* out) const {
  std::uint32_t from = begin_;
  for (const Splice& splice : splices_) {
    out = put(out, {base_ + from, splice.begin - from});
    out = put(out, splice.text);
    from = splice.end;
  }
  if (!appended_.empty()) {
    out = put(out, {base_ + from, last_value_end_ - from});
    from = last_value_end_;
    for (const Appended& member : appended_) {
      *out++ = ',';
      out = put(out, member.quoted_name);
      *out++ = ':';
      out = put(out, member.value);
    }
  }
  return put(out, {base_ + from, end_ - from});
}

// Offsets move with what is spliced before them. What is spliced in their very place
// stands behind them: a value that was set begins where the old one did.
std::uint32_t Patch::moved(std::uint32_t offset) const {
  std::size_t to = offset;
  for (const Splice& splice : splices_) {
    if (splice.begin >= offset) break;
    to += splice.text.size() - (splice.end - splice.begin);
  }
  return static_cast<std::uint32_t>(to);
}

Member Patch::moved(const Member& member, std::uint32_t to) const {
  const std::uint32_t shift = to - begin_;
  return {moved(member.key) + shift, moved(member.value) + shift, moved(member.end) + shift};
}

Member Patch::appended(std::size_t index, std::uint32_t to) const {
  std::size_t at = moved(last_value_end_) + (to - begin_);
  for (std::size_t i = 0; i < index; ++i) at += appended_[i].size();
  const Appended& member = appended_[index];
  const std::size_t value = at + 1 + member.quoted_name.size() + 1;
  return {static_cast<std::uint32_t>(at + 1), static_cast<std::uint32_t>(value),
          static_cast<std::uint32_t>(value + member.value.size())};
}

}  // namespace flux::json
