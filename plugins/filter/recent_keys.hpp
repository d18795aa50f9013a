// The keys that were met most recently, with a value each: a bounded map that forgets
// the key that was not met for longest. A known key costs no allocation.
//
// Thread safety: none; each agent has its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kept_text.hpp"
#include "xxh64.hpp"

namespace filter {

// How many keys can be known at most.
inline constexpr std::size_t kMostKeys = 1'000'000'000;

template <class Value>
class RecentKeys {
 public:
  struct Met {
    Value& value;  // until the next meet()
    bool is_new;   // not among the known ones: its value is Value{}
  };

  // REQUIRES: 0 < most <= kMostKeys.
  explicit RecentKeys(std::size_t most) : most_(static_cast<std::uint32_t>(most)), table_(kLeastTable) {}

  // From here on the key is the most recent one.
  Met meet(std::string_view key) {
    const std::uint64_t hash = xxh64(key, seed_);
    std::size_t at = home(hash);
    for (; table_[at].entry != kNone; at = after(at)) {
      if (table_[at].tag != tag_of(hash) || entries_[table_[at].entry].key != key) continue;
      const std::uint32_t known = table_[at].entry;
      unlink(known);
      link(known);
      return {entries_[known].value, false};
    }
    return {entries_[add(key, hash, at)].value, true};
  }

  std::size_t size() const { return entries_.size(); }

  // From the least recent to the most recent: meeting them again in that order restores
  // all there is.
  void save(flux::Writer& to) const {
    to.put(static_cast<std::uint64_t>(entries_.size()));
    for (std::uint32_t i = oldest_; i != kNone; i = entries_[i].newer) {
      to.put(entries_[i].key);
      to.put(entries_[i].value);
    }
  }
  void restore(flux::Reader& from) {
    *this = RecentKeys(most_);
    std::uint64_t count = 0;
    from.get(count);
    std::string key;
    for (; count > 0; --count) {
      from.get(key);
      from.get(meet(key).value);
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::size_t kLeastTable = 64;

  struct Entry {
    std::string key;
    std::uint64_t hash = 0;
    std::uint32_t newer = kNone;
    std::uint32_t older = kNone;
    Value value{};  // never without an address of its own: it is read byte by byte
  };

  // A place of the hash table: open addressing, linear probing. The tag spares most
  // looks at entries that are not meant.
  struct Place {
    std::uint32_t entry = kNone;
    std::uint32_t tag = 0;
  };

  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
  std::size_t home(std::uint64_t hash) const { return hash & (table_.size() - 1); }
  std::size_t after(std::size_t at) const { return (at + 1) & (table_.size() - 1); }

  // `at`: the free place where the search for the key ended.
  std::uint32_t add(std::string_view key, std::uint64_t hash, std::size_t at) {
    std::uint32_t index = 0;
    if (entries_.size() < most_) {
      if (2 * (entries_.size() + 1) > table_.size()) {
        grow();
        at = free_place(hash);
      }
      index = static_cast<std::uint32_t>(entries_.size());
      entries_.emplace_back();
    } else {
      index = oldest_;  // its memory is used again
      take_out(index);
      unlink(index);
      at = free_place(hash);
      entries_[index].value = Value{};
    }
    keep_text(entries_[index].key, key);
    entries_[index].hash = hash;
    table_[at] = {index, tag_of(hash)};
    link(index);
    return index;
  }

  std::size_t free_place(std::uint64_t hash) const {
    std::size_t at = home(hash);
    while (table_[at].entry != kNone) at = after(at);
    return at;
  }

  void grow() {
    table_.assign(2 * table_.size(), {});
    for (std::uint32_t i = 0; i < entries_.size(); ++i)
      table_[free_place(entries_[i].hash)] = {i, tag_of(entries_[i].hash)};
  }

  // Closes the gap: what stands behind it moves up, but never ahead of its home.
  void take_out(std::uint32_t entry) {
    std::size_t gap = home(entries_[entry].hash);
    while (table_[gap].entry != entry) gap = after(gap);
    for (std::size_t at = after(gap); table_[at].entry != kNone; at = after(at)) {
      const std::size_t wanted = home(entries_[table_[at].entry].hash);
      const std::size_t mask = table_.size() - 1;
      if (((at - wanted) & mask) < ((at - gap) & mask)) continue;
      table_[gap] = table_[at];
      gap = at;
    }
    table_[gap] = {};
  }

  void link(std::uint32_t index) {
    entries_[index].older = newest_;
    entries_[index].newer = kNone;
    (newest_ == kNone ? oldest_ : entries_[newest_].newer) = index;
    newest_ = index;
  }
  void unlink(std::uint32_t index) {
    const Entry& entry = entries_[index];
    (entry.newer == kNone ? newest_ : entries_[entry.newer].older) = entry.older;
    (entry.older == kNone ? oldest_ : entries_[entry.older].newer) = entry.newer;
  }

  std::uint32_t most_;
  // Not always the same, so that nobody can choose keys that meet in one place.
  std::uint64_t seed_ = std::random_device{}();
  std::vector<Entry> entries_;
  std::vector<Place> table_;
  std::uint32_t newest_ = kNone;
  std::uint32_t oldest_ = kNone;
};

}  // namespace filter
