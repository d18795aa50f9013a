// How many events there were of each group, and these in the order of their rows.
//
// Thread safety: none; one per instance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "groups.hpp"
#include "ranking.hpp"

class Counts {
 public:
  explicit Counts(std::size_t most_groups) : groups_(most_groups) {}

  // One more event of the group that its first `by` members say. REQUIRES: by > 0.
  void add(const flux::Members& members, std::size_t by) {
    const std::uint32_t group = groups_.of(members, by);
    if (group == Groups::kNone) return;
    if (group == counts_.size()) counts_.push_back(0);
    ++counts_[group];
  }

  void merge(const Counts& other) {
    groups_.be_overfull_as(other.groups_);
    for (std::uint32_t theirs = 0; theirs < other.counts_.size(); ++theirs) {
      const std::uint32_t group = groups_.of(other.groups_, theirs);
      if (group == Groups::kNone) return;
      if (group == counts_.size()) counts_.push_back(0);
      counts_[group] += other.counts_[theirs];
    }
  }

  // Highest count first, equal ones by the bytes of their keys: an order that does not
  // depend on who has seen what. Throws if there were too many groups.
  std::vector<std::uint32_t> ranked() const { return ranked(counts_.size()); }
  // Only the first `n`.
  std::vector<std::uint32_t> ranked(std::size_t n) const {
    groups_.require_fitting();
    return Ranking::of(groups_, n, [this](std::uint32_t group) { return counts_[group]; });
  }

  // For who tells the groups in this order and is at `i`.
  [[gnu::always_inline]] void expect_behind(const std::vector<std::uint32_t>& order, std::size_t i) const {
    if (i + Groups::kAhead < order.size()) __builtin_prefetch(&counts_[order[i + Groups::kAhead]]);
    groups_.expect_behind(i, order.size(), [&](std::size_t j) { return order[j]; });
  }

  bool is_overfull() const { return groups_.is_overfull(); }
  std::string_view key(std::uint32_t group) const { return groups_.key(group); }
  std::int64_t count(std::uint32_t group) const { return counts_[group]; }

  void save(flux::Writer& to) const {
    groups_.save(to);
    to.put(counts_);
  }
  void restore(flux::Reader& from) {
    groups_.restore(from);
    from.get(counts_);
    if (counts_.size() != groups_.size())
      throw std::runtime_error("the snapshot has a group without a count");
  }

 private:
  Groups groups_;
  std::vector<std::int64_t> counts_;  // by group
};
