// What stats tells of the numbers of one group.
//
// Sums are exact until they are told, and the extremes are, so that neither the order of
// the numbers nor their split into several summaries shows. Quantiles are estimates,
// within 1 % of the value.
//
// Thread safety: none; a plain value.
#pragma once

#include <cstdint>
#include <flux/agent.hpp>
#include <flux/json_writer.hpp>
#include <string>

#include "exact.hpp"
#include "number.hpp"
#include "sketch.hpp"

namespace aggregate {

class Summary {
 public:
  void add(const Number& number);
  void merge(const Summary& other);

  std::uint64_t count() const { return sketch_.count(); }
  // What grows with the number of different values.
  std::size_t bytes() const { return sketch_.bytes(); }
  // "count":3,"sum":6, … "p99":3.0
  void put_members(flux::JsonWriter& row) const;

  void save(flux::Writer& to) const;
  void restore(flux::Reader& from);

 private:
  void take_extremes(const Number& least, const Number& most);
  std::string sum() const;
  double deviation() const;
  double quantile(std::uint64_t percent) const;

  Number least_;
  Number most_;
  bool has_floats_ = false;
  ExactSum sum_;
  ExactSum squares_;
  Sketch sketch_;
};

}  // namespace aggregate
