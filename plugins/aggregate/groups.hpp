// Groups of events, told apart by the values of some of their members, and numbered in
// the order in which they are first seen: what an aggregation keeps of group i is
// element i of a vector of its own.
//
//   const std::uint32_t group = groups_.of(members, by_.size());
//   if (group == Groups::kNone) return;           // one too many: is_overfull()
//   if (group == counts_.size()) counts_.push_back(0);
//   ++counts_[group];
//
// Two events are of one group if their values are equal as <flux/key.hpp> says: "a" and
// "\u0061" are equal, 1 and 1.0 are not. Missing and null are equal.
//
// The key of a group is the canonical text of its values with commas between them:
// "api",500,null. Keys sort by bytes as lists of values do, because no character that
// can follow a value's text within a longer value comes before the comma.
//
// Thread safety: none; one per instance.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <flux/agent.hpp>
#include <flux/key.hpp>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace groups_detail {

inline std::uint64_t load(const char* from, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, size);
  return word;
}

inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Another one in every process.
inline const std::uint64_t kSeed = [] {
  std::random_device random;
  return std::uint64_t{random()} << 32 | random();
}();

inline std::uint64_t hash_of(std::string_view key) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  std::uint64_t hash = kSeed ^ key.size();
  const char* at = key.data();
  std::size_t left = key.size();
  for (; left > 8; left -= 8, at += 8) hash = mix(hash ^ load(at, 8), kOdd);
  // The last bytes, 8 or fewer: in words that overlap, where there are enough of them.
  std::uint64_t last = 0;
  if (left == 8) {
    last = load(at, 8);
  } else if (left >= 4) {
    last = load(at, 4) | load(at + left - 4, 4) << 32;
  } else if (left != 0) {
    last = load(at, 1) | load(at + left / 2, 1) << 8 | load(at + left - 1, 1) << 16;
  }
  return mix(hash ^ last, kOdd ^ kSeed);
}

}  // namespace groups_detail

class Groups {
 public:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  // What is so far behind is fetched from memory meanwhile.
  static constexpr std::size_t kAhead = 8;

  // At most `limit` of them, and for each of these 256 bytes of values. REQUIRES: limit < kNone.
  explicit Groups(std::size_t limit) : limit_(limit), slots_(kFewest) {}

  // The group of an event, as its first `count` members have it; size() of before if
  // it is new, kNone if that is one too many. REQUIRES: count > 0.
  std::uint32_t of(const flux::Members& members, std::size_t count) {
    if (count == 1) {
      const std::optional<flux::Json> value = members[0];
      return of_text(value ? value->text : kNull);
    }
    key_size_ = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::optional<flux::Json> value = members[i];
      put(value ? value->text : kNull);
    }
    return of_text({key_.data(), key_size_ - 1});
  }

  // The same for values' texts with commas between them, spelt in any way.
  std::uint32_t of_text(std::string_view text) {
    // What is found is canonical: only what is not has to be looked at.
    const std::uint64_t hash = groups_detail::hash_of(text);
    const std::uint32_t found = find(text, hash);
    return found != kNone ? found : of_new_spelling(text, hash);
  }

  // The same for group `theirs` of another instance, which has hashed it already.
  std::uint32_t of(const Groups& other, std::uint32_t theirs) {
    if (theirs + kAhead < other.size())
      __builtin_prefetch(&slots_[other.groups_[theirs + kAhead].hash & (slots_.size() - 1)]);
    const Group& group = other.groups_[theirs];
    const std::uint32_t found = find(group.key, group.hash);
    return found != kNone ? found : add(group.key, group.hash);
  }

  std::size_t size() const { return groups_.size(); }
  std::string_view key(std::uint32_t group) const { return groups_[group].key; }
  // For who asks for keys in no order of memory, group_at(0) to group_at(end - 1), and is
  // at `i`: has those behind it on their way. Always inline, for GCC leaves out calls of
  // functions that do nothing but fetch.
  template <class GroupAt>
  [[gnu::always_inline]] void expect_behind(std::size_t i, std::size_t end, GroupAt group_at) const {
    if (i + 2 * kAhead < end) __builtin_prefetch(&groups_[group_at(i + 2 * kAhead)]);
    if (i + kAhead < end) __builtin_prefetch(groups_[group_at(i + kAhead)].key.data());
  }

  // What is kept of the groups takes so many bytes instead of so many: 0 of what is new.
  // Only the sum counts, and so not who has seen what.
  void charge(std::size_t before, std::size_t after) {
    bytes_ += after - before;
    if (bytes_ > most_bytes()) is_overfull_ = is_overlong_ = true;
  }

  // Whether there was one group too many, or one byte. What is known of the others is then not all
  // that there was, and how much it is depends on how the stream was shared: so nothing
  // of it must be told.
  bool is_overfull() const { return is_overfull_; }
  void be_overfull_as(const Groups& other) {
    is_overfull_ = is_overfull_ || other.is_overfull_;
    is_overlong_ = is_overlong_ || other.is_overlong_;
  }
  void require_fitting() const {
    if (!is_overfull_) return;
    if (is_overlong_)
      throw std::runtime_error("what is kept of the groups takes more than " + std::to_string(most_bytes()) +
                               " bytes; allow more with groups=N, or group by members with shorter values");
    throw std::runtime_error("there are more than " + std::to_string(limit_) +
                             " groups; allow more with groups=N, or group by members with fewer values");
  }

  // Keys in their order; the groups are numbered as before.
  void save(flux::Writer& to) const {
    to.put(is_overfull_);
    to.put(is_overlong_);
    to.put(static_cast<std::uint64_t>(size()));
    for (const Group& group : groups_) to.put(std::string(group.key));
  }
  void restore(flux::Reader& from) {
    *this = Groups(limit_);
    from.get(is_overfull_);
    from.get(is_overlong_);
    std::uint64_t count = 0;
    from.get(count);
    std::string key;
    for (std::uint64_t i = 0; i < count; ++i) {
      from.get(key);
      const std::uint64_t hash = groups_detail::hash_of(key);
      if (find(key, hash) == kNone && add(key, hash) == i) continue;
      throw std::runtime_error("the snapshot has a group twice, or more than there may be");
    }
  }

 private:
  struct Group {
    std::string_view key;
    std::uint64_t hash;
  };
  struct Slot {
    std::uint32_t hash = 0;  // the upper half
    std::uint32_t group = kNone;
  };

  static constexpr std::string_view kNull = "null";
  static constexpr std::size_t kFewest = 64;        // slots
  static constexpr std::size_t kChunk = 64 * 1024;  // bytes of keys

  static constexpr std::size_t kBytesPerGroup = 256;
  static constexpr std::size_t kBytesAnyway = 32 << 20;  // few groups may be of long values

  std::size_t most_bytes() const { return kBytesPerGroup * limit_ + kBytesAnyway; }

  static std::uint32_t upper(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

  void put(std::string_view text) {
    const std::size_t size = key_size_ + text.size() + 1;
    if (size > key_.size()) key_.resize(std::bit_ceil(size));
    std::memcpy(key_.data() + key_size_, text.data(), text.size());
    key_[size - 1] = ',';
    key_size_ = size;
  }

  std::uint32_t find(std::string_view key, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      const Slot slot = slots_[at];
      if (slot.group == kNone) return kNone;
      if (slot.hash == upper(hash) && groups_[slot.group].key == key) return slot.group;
    }
  }

  [[gnu::noinline]] std::uint32_t of_new_spelling(std::string_view text, std::uint64_t hash) {
    bool is_canonical = true;
    flux::each_listed(text, [&](flux::Json value) { is_canonical = is_canonical && flux::is_key(value); });
    if (is_canonical) return add(text, hash);
    std::string canonical;
    flux::each_listed(text, [&](flux::Json value) {
      flux::append_key(value, canonical);
      canonical += ',';
    });
    canonical.pop_back();
    hash = groups_detail::hash_of(canonical);
    const std::uint32_t found = find(canonical, hash);
    return found != kNone ? found : add(canonical, hash);
  }

  std::uint32_t add(std::string_view key, std::uint64_t hash) {
    if (size() == limit_ || bytes_ + key.size() > most_bytes()) {
      is_overlong_ = is_overlong_ || size() != limit_;
      is_overfull_ = true;
      return kNone;
    }
    bytes_ += key.size();
    if (2 * (size() + 1) > slots_.size()) grow();
    const auto group = static_cast<std::uint32_t>(size());
    groups_.push_back({kept(key), hash});
    place(group);
    return group;
  }

  void place(std::uint32_t group) {
    const std::uint64_t hash = groups_[group].hash;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].group != kNone) at = (at + 1) & mask;
    slots_[at] = {upper(hash), group};
  }

  void grow() {
    slots_.assign(2 * slots_.size(), Slot{});
    for (std::uint32_t group = 0; group < size(); ++group) place(group);
  }

  std::string_view kept(std::string_view key) {
    if (key.size() > room_) {
      room_ = std::max(key.size(), kChunk);
      chunks_.push_back(std::make_unique<char[]>(room_));
      free_ = chunks_.back().get();
    }
    char* const here = free_;
    std::memcpy(here, key.data(), key.size());
    free_ += key.size();
    room_ -= key.size();
    return {here, key.size()};
  }

  std::size_t limit_;
  std::vector<Slot> slots_;
  std::vector<Group> groups_;
  std::vector<std::unique_ptr<char[]>> chunks_;  // of the keys' text
  char* free_ = nullptr;                         // in the last one
  std::size_t room_ = 0;
  std::vector<char> key_;  // of the event just now, with a comma behind
  std::size_t key_size_ = 0;
  bool is_overfull_ = false;
  bool is_overlong_ = false;  // because of its bytes
  std::size_t bytes_ = 0;
};
