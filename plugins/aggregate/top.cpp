// The rows of others with the highest numbers.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <flux/agent.hpp>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "limits.hpp"
#include "number.hpp"
#include "whole_event.hpp"

namespace {

using aggregate::Number;

Number number_at(flux::Json event, const flux::Member& path) {
  const std::optional<flux::Json> found = member_of(event, path);
  if (found) return aggregate::read_number(*found, path);
  throw flux::Refused("member '" + to_string(path) + "' is missing or null, and a number is wanted");
}

class Top {
 public:
  struct Config {
    std::int64_t n = 0;
    flux::Member by{{"count"}};
  };
  static constexpr auto params =
      std::tuple{flux::param("n", &Config::n, "How many rows, the highest number first").required(),
                 flux::param("by", &Config::by, "The member with the number; count if not given")};
  static constexpr auto examples = std::array{
      flux::example("count(by=path) | top(1)", "{\"path\":\"/a\"}\n{\"path\":\"/b\"}\n{\"path\":\"/b\"}\n",
                    "{\"path\":\"/b\",\"count\":2}\n"),
      flux::example("top(2, by=ms)", "{\"ms\":5}\n{\"ms\":2.5}\n{\"ms\":70}\n", "{\"ms\":70}\n{\"ms\":5}\n")};

  explicit Top(Config config) : n_(checked_rows(config.n)), by_(std::move(config.by)) {}

  void invoke(flux::Json event) {
    const Number number = number_at(event, by_);
    const std::uint64_t place = seen_++;
    if (rows_.size() == n_) {
      if (n_ == 0 || compare(number, rows_.front().number) <= 0) return;  // of equal ones the earlier stays
      std::pop_heap(rows_.begin(), rows_.end(), comes_before);
      rows_.pop_back();
    }
    rows_.push_back({number, place, std::string(event.text)});
    std::push_heap(rows_.begin(), rows_.end(), comes_before);
  }
  auto finish() {
    std::sort_heap(rows_.begin(), rows_.end(), comes_before);
    return flux::Series(rows_.size(), [this](std::size_t i) { return flux::Json{rows_[i].text}; });
  }
  void save(flux::Writer& to) const {
    to.put(seen_);
    to.put(static_cast<std::uint64_t>(rows_.size()));
    for (const Row& row : rows_) {
      to.put(row.place);
      to.put(row.text);
    }
  }
  void restore(flux::Reader& from) {
    std::uint64_t size = 0;
    from.get(seen_);
    from.get(size);
    rows_.clear();
    for (std::uint64_t i = 0; i < size; ++i) {
      Row row{{}, 0, {}};
      from.get(row.place);
      from.get(row.text);
      row.number = number_at(flux::Json{row.text}, by_);
      rows_.push_back(std::move(row));
    }
    std::make_heap(rows_.begin(), rows_.end(), comes_before);
  }

 private:
  struct Row {
    Number number;
    std::uint64_t place;  // among all that came
    std::string text;
  };
  static bool comes_before(const Row& a, const Row& b) {
    const int order = compare(a.number, b.number);
    return order != 0 ? order > 0 : a.place < b.place;
  }

  std::size_t n_;
  flux::Member by_;
  std::uint64_t seen_ = 0;
  std::vector<Row> rows_;  // a heap with the last one in front
};
FLUX_AGENT(Top, "top", "Gives the n events with the highest numbers");

}  // namespace
