// The loops over a batch, one per form of invoke(). What a form costs per event is
// here and nowhere else: the loops are inlined down to the author's function.
//
// A row that throws fails alone: the try stands around the loop, and the loop is
// entered again behind that row.
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "flux_plugin.h"
#include "members.hpp"
#include "row.hpp"
#include "signature.hpp"
#include "value.hpp"

namespace flux::detail {

// An agent, and what it gave that found no room yet: the next call's row 0.
template <class A, bool HoldsBack = Traits<A>::holds_back>
struct Running {
  template <class... Config>
  explicit Running(Config&&... config) : agent{std::forward<Config>(config)...} {}
  A agent;
};
template <class A>
struct Running<A, true> : Running<A, false> {
  using Running<A, false>::Running;
  std::optional<typename Traits<A>::Ret> held;
};

// Fails the event if it is without the member that describe() says the agent takes.
template <class A, class In>
void check_member([[maybe_unused]] const Input<In>& input, [[maybe_unused]] std::size_t row) {
  if constexpr (Describes<A> && Bare<In>) {
    if (!input.has(row)) throw Refused("the member to read is missing or null");
  }
}

// What invoke() gives for event `row`.
template <class A, class In>
decltype(auto) invoke_on(Running<A>& self, const Input<In>& input, [[maybe_unused]] std::size_t row) {
  // Instances of const agents may be shared by threads: nothing else of them is touched.
  using Agent = std::conditional_t<Traits<A>::is_const, const A, A>;
  Agent& agent = self.agent;
  check_member<A>(input, row);
  if constexpr (Traits<A>::takes_event) {
    return agent.invoke(input[row]);
  } else {
    return agent.invoke();
  }
}

// The same, but first what was held back.
template <class A, class In>
auto result_of(Running<A>& self, const Input<In>& input, std::size_t row) {
  if constexpr (Traits<A>::holds_back) {
    if (self.held) {
      auto held = *std::move(self.held);
      self.held.reset();
      return held;
    }
  }
  return invoke_on(self, input, row);
}

// Leaves `result`, which found no room, for the next call. What came first in this
// call had all the room there is, so that it fails instead.
template <class A, class R>
void hold_back(Running<A>& self, bool came_first, R& result) {
  if (came_first) throw Refused("the result has more text than one batch can hold");
  if constexpr (Traits<A>::holds_back) self.held.emplace(std::move(result));
}

// Runs `body`; false after err->set() if it throws.
template <class Body>
bool guarded(flux_error* err, Body body) noexcept {
  try {
    body();
    return true;
  } catch (const std::exception& why) {
    err->set(err, str(why.what()));
  } catch (...) {
    err->set(err, str("the agent threw something that is no std::exception"));
  }
  return false;
}

// The exception in flight becomes the failure of `row`.
[[gnu::cold, gnu::noinline]] inline void fail_row(flux_out& out, std::size_t row) {
  try {
    throw;
  } catch (const Overflow& why) {
    out.fail(&out, row, FLUX_OVERFLOW, str(why.what()));
  } catch (const std::exception& why) {
    out.fail(&out, row, FLUX_REFUSED, str(why.what()));
  } catch (...) {
    out.fail(&out, row, FLUX_REFUSED, str("the agent threw something that is no std::exception"));
  }
}

template <class A>
bool is_done(const Running<A>& self) {
  if constexpr (Ends<A>) return self.agent.is_done();
  return false;
}

// Where to say which row the agent is at: a flux without out.at is told nothing. Volatile,
// for it is read by a signal handler, if the agent crashes.
inline volatile std::size_t* place_of(flux_out& out, volatile std::size_t& nowhere) {
  return out.struct_size >= offsetof(flux_out, at) + sizeof out.at ? &out.at : &nowhere;
}

// Calls step(row) row by row. step returns false where flux has no room left; that
// row is then the first of the next call.
template <class A, class Step>
flux_status each_row(Running<A>& self, const flux_batch& in, flux_out& out, flux_error& err, Step step) {
  const std::size_t rows = in.rows;
  std::size_t row = 0;
  volatile std::size_t nowhere = 0;
  volatile std::size_t* at = place_of(out, nowhere);
  while (row < rows) {
    try {
      for (; row < rows; ++row) {
        *at = row;
        if (is_done(self)) {
          out.consumed = row;
          return FLUX_END;
        }
        if (!step(row)) {
          out.consumed = row;
          return FLUX_MORE;
        }
      }
    } catch (...) {
      if (row == 0 && in.cursor != 0) {
        // It has given results, which cannot be taken back any more.
        guarded(&err, [] { throw; });
        return FLUX_FAILED;
      }
      fail_row(out, row);
      ++row;
    }
  }
  out.consumed = rows;
  return is_done(self) ? FLUX_END : FLUX_OK;
}

// Result i stands in row i.
template <class A>
flux_status map_rows(Running<A>& self, const flux_batch& in, flux_out& out, flux_error& err) {
  const Input<typename Traits<A>::In> input(in);
  const Output<typename Traits<A>::Out> output(out);
  const flux_status status = each_row(self, in, out, err, [&](std::size_t row) {
    auto result = result_of(self, input, row);
    bool fits = true;
    if constexpr (!Returned<decltype(result)>::is_result) {
      fits = output.write(row, result);
    } else if (result) {
      fits = output.write(row, *result);
    } else {
      out.fail(&out, row, result.reason(), str(result.message()));
    }
    if (!fits) hold_back(self, row == 0, result);
    return fits;
  });
  out.rows = out.consumed;
  output.close(out.rows);
  return status;
}

template <class A>
flux_status filter_rows(Running<A>& self, const flux_batch& in, flux_out& out, flux_error& err) {
  const Input<typename Traits<A>::In> input(in);
  const Output<typename Traits<A>::Out> output(out);
  std::size_t given = 0;
  const flux_status status = each_row(self, in, out, err, [&](std::size_t row) {
    auto result = result_of(self, input, row);
    if (!result) return true;
    if (!output.write(given, *result)) {
      hold_back(self, row == 0, result);
      return false;
    }
    out.origin[given++] = static_cast<std::uint32_t>(row);
    return true;
  });
  out.rows = given;
  output.close(given);
  return status;
}

// The cursor is the number of results that row 0 has given in earlier calls.
template <class A>
flux_status many_rows(Running<A>& self, const flux_batch& in, flux_out& out, flux_error& err) {
  const Input<typename Traits<A>::In> input(in);
  const Output<typename Traits<A>::Out> output(out);
  std::size_t given = 0;
  const flux_status status = each_row(self, in, out, err, [&](std::size_t row) {
    auto results = result_of(self, input, row);
    const std::size_t count = results.size();
    std::size_t next = row == 0 ? in.cursor : 0;
    std::size_t end = given;
    while (next < count && end < out.capacity && output.write(end, std::as_const(results)[next])) {
      out.origin[end++] = static_cast<std::uint32_t>(row);
      ++next;
    }
    // What it gave counts only now: a row that throws halfway has given nothing.
    given = end;
    if (next >= count) return true;
    out.cursor = next;
    hold_back(self, row == 0 && end == 0, results);
    return false;
  });
  out.rows = given;
  output.close(given);
  return status;
}

template <class A>
flux_status select_rows(Running<A>& self, const flux_batch& in, flux_out& out, flux_error& err) {
  const Input<typename Traits<A>::In> input(in);
  std::uint32_t* const origin = out.origin;
  std::size_t kept = 0;
  const flux_status status = each_row(self, in, out, err, [&](std::size_t row) {
    // Written in any case, and written over where it is not kept: without a jump.
    origin[kept] = static_cast<std::uint32_t>(row);
    kept += static_cast<std::size_t>(bool(invoke_on(self, input, row)));
    return true;
  });
  out.rows = kept;
  return status;
}

// Where the agent itself writes: Edits or Row.
template <class A, class Target>
flux_status write_rows(Running<A>& self, const flux_batch& in, flux_out& out, flux_error& err) {
  const Input<typename Traits<A>::In> input(in);
  const flux_status status = each_row(self, in, out, err, [&](std::size_t row) {
    Target target(out, row);
    const A& agent = self.agent;
    check_member<A>(input, row);
    if constexpr (Traits<A>::takes_event) {
      agent.invoke(input[row], target);
    } else {
      agent.invoke(target);
    }
    if (!target.fits()) hold_back(self, row == 0, target);
    return target.fits();
  });
  out.rows = out.consumed;
  return status;
}

template <class A>
flux_status absorb_rows(Running<A>& self, const flux_batch& in, flux_out& out, flux_error& err) {
  const Input<typename Traits<A>::In> input(in);
  return each_row(self, in, out, err, [&](std::size_t row) {
    invoke_on(self, input, row);
    return true;
  });
}

template <class A>
flux_status process_rows(Running<A>& self, const flux_batch& in, flux_out& out, flux_error& err) {
  constexpr Form form = Traits<A>::form;
  if constexpr (form == Form::map || form == Form::extend) return map_rows(self, in, out, err);
  if constexpr (form == Form::filter) return filter_rows(self, in, out, err);
  if constexpr (form == Form::many) return many_rows(self, in, out, err);
  if constexpr (form == Form::select) return select_rows(self, in, out, err);
  if constexpr (form == Form::edit) return write_rows<A, Edits>(self, in, out, err);
  if constexpr (form == Form::fill) return write_rows<A, Row>(self, in, out, err);
  if constexpr (form == Form::absorb) return absorb_rows(self, in, out, err);
}

}  // namespace flux::detail
