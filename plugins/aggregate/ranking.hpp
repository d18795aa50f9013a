// Groups in the order of their rows: the highest number first, equal ones by the bytes
// of their keys. That order does not depend on who has seen what.
//
// Keys that are far apart in memory are what sorting would wait for. So each round sorts
// by the next seven bytes of the keys, which stand beside the groups meanwhile, and what
// is still equal then is left to another round. What all keys of a round begin with is
// skipped.
//
// Thread safety: none; used within one call.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <vector>

#include "groups.hpp"

class Ranking {
 public:
  // The first `n` groups, or all if there are fewer; the number of group i is numbers(i).
  template <class Numbers>
  static std::vector<std::uint32_t> of(const Groups& groups, std::size_t n, Numbers numbers) {
    // A heap of a few takes one look at each of the others.
    if (n < groups.size() / 16) return first_of(groups, n, numbers);
    Ranking ranking(groups);
    for (std::uint32_t group = 0; group < groups.size(); ++group)
      ranking.entries_[group] = {~static_cast<std::uint64_t>(numbers(group)), group};
    ranking.sort({0, groups.size(), 0});
    ranking.each_tie({0, groups.size(), 0}, [&](Round tie) { ranking.pending_.push_back(tie); });
    ranking.sort_pending();
    std::vector<std::uint32_t> order(std::min(n, groups.size()));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = ranking.entries_[i].group;
    return order;
  }

 private:
  struct Entry {
    std::uint64_t word;  // what this round sorts by
    std::uint32_t group;
  };
  // Entries whose keys have their first `same` bytes in common.
  struct Round {
    std::size_t begin;
    std::size_t end;
    std::size_t same;
  };

  static constexpr std::size_t kStep = 7;  // bytes of a key in a word, below them how many are left
  static constexpr std::size_t kFew = 12;  // are sorted by looking at their keys

  explicit Ranking(const Groups& groups) : groups_(groups), entries_(groups.size()) {}

  template <class Numbers>
  static std::vector<std::uint32_t> first_of(const Groups& groups, std::size_t n, Numbers numbers) {
    std::vector<std::uint32_t> order(groups.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(n);
    std::partial_sort(order.begin(), end, order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const auto more = numbers(a);
      const auto less = numbers(b);
      return more != less ? more > less : groups.key(a) < groups.key(b);
    });
    order.resize(n);
    return order;
  }

  // A list and no recursion: keys may have much in common.
  void sort_pending() {
    while (!pending_.empty()) {
      Round round = pending_.back();
      pending_.pop_back();
      if (round.end - round.begin <= kFew) {
        std::sort(
            entries_.begin() + at(round.begin), entries_.begin() + at(round.end),
            [&](const Entry& a, const Entry& b) { return groups_.key(a.group) < groups_.key(b.group); });
        continue;
      }
      round.same = same_of(round);
      for (std::size_t i = round.begin; i < round.end; ++i) {
        expect_behind(i, round.end);
        entries_[i].word = word_of(groups_.key(entries_[i].group), round.same);
      }
      sort(round);
      round.same += kStep;
      each_tie(round, [&](Round tie) {
        if ((entries_[tie.begin].word & 0xFF) > kStep) pending_.push_back(tie);  // else no bytes are left
      });
    }
  }

  // Equal words stay in the order of their groups, which is that of the keys in memory.
  void sort(Round round) {
    const auto begin = entries_.begin() + at(round.begin);
    const auto end = entries_.begin() + at(round.end);
    const auto comes_before = [](const Entry& a, const Entry& b) {
      return a.word != b.word ? a.word < b.word : a.group < b.group;
    };
    if (!std::is_sorted(begin, end, comes_before)) std::sort(begin, end, comes_before);
  }

  template <class Each>
  void each_tie(Round sorted, Each each) const {
    for (std::size_t begin = sorted.begin; begin < sorted.end;) {
      std::size_t end = begin + 1;
      while (end < sorted.end && entries_[end].word == entries_[begin].word) ++end;
      if (end - begin > 1) each({begin, end, sorted.same});
      begin = end;
    }
  }

  std::size_t same_of(Round round) const {
    const std::string_view first = groups_.key(entries_[round.begin].group);
    std::size_t same = first.size();
    for (std::size_t i = round.begin + 1; i < round.end && same > round.same; ++i) {
      expect_behind(i, round.end);
      const std::string_view key = groups_.key(entries_[i].group);
      same = std::min(same, key.size());
      if (key.substr(0, same) == first.substr(0, same)) continue;
      std::size_t equal = round.same;
      while (key[equal] == first[equal]) ++equal;
      same = equal;
    }
    return same;
  }

  [[gnu::always_inline]] void expect_behind(std::size_t i, std::size_t end) const {
    groups_.expect_behind(i, end, [this](std::size_t j) { return entries_[j].group; });
  }

  // Words compare as the bytes of the keys behind the first `from`.
  static std::uint64_t word_of(std::string_view key, std::size_t from) {
    const std::size_t left = key.size() - from;
    if (left > kStep) return (__builtin_bswap64(groups_detail::load(key.data() + from, 8)) & ~0xFFULL) | 8;
    return __builtin_bswap64(groups_detail::load(key.data() + from, left)) | left;
  }

  static std::ptrdiff_t at(std::size_t i) { return static_cast<std::ptrdiff_t>(i); }

  const Groups& groups_;
  std::vector<Entry> entries_;
  std::vector<Round> pending_;
};
