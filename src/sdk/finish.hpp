// The last results of an agent, given in pieces as flux has room for them.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "flux_plugin.h"
#include "row.hpp"
#include "signature.hpp"

namespace flux::detail {

// What finish() returned, as a sequence: one result, perhaps one, or several.
template <class R>
std::size_t count_of(const R& results) {
  if constexpr (is_optional<R>) {
    return results.has_value() ? 1 : 0;
  } else if constexpr (Sequence<R>) {
    return results.size();
  } else {
    return 1;
  }
}

template <class R>
decltype(auto) result_at(const R& results, [[maybe_unused]] std::size_t index) {
  if constexpr (is_optional<R>) {
    return *results;
  } else if constexpr (Sequence<R>) {
    return results[index];
  } else {
    return (results);
  }
}

// finish() is called once; its results are kept until all have been given.
template <class A>
class Finishing {
 public:
  flux_status give(A& agent, flux_out& out, flux_error& err) {
    if (!results_) results_.emplace(agent.finish());
    const Output<typename Traits<A>::Out> output(out);
    const std::size_t count = count_of(*results_);
    std::size_t rows = 0;
    while (given_ < count && rows < out.capacity && output.write(rows, result_at(*results_, given_))) {
      ++rows;
      ++given_;
    }
    out.rows = rows;
    output.close(rows);
    if (given_ == count) return FLUX_OK;
    if (rows != 0) return FLUX_MORE;
    err.set(&err, str("a last result has more text than one batch can hold"));
    return FLUX_FAILED;
  }

 private:
  std::optional<decltype(std::declval<A&>().finish())> results_;
  std::size_t given_ = 0;
};

}  // namespace flux::detail
