// The states of a flux: every state with every signal, as one table.
#include "runtime/lifecycle.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using flux::runtime::next;
using flux::runtime::Signal;
using flux::runtime::State;

namespace {

constexpr std::array kStates{State::dormant,  State::flowing, State::perturbed,
                             State::draining, State::stopped, State::collapsed};
constexpr std::array kSignals{Signal::start,   Signal::perturb, Signal::answered, Signal::drain,
                              Signal::drained, Signal::exhaust, Signal::reset};

}  // namespace

TEST_CASE("only the transitions of this table exist") {
  const char* const kNone = "-";
  // clang-format off
  const char* const table[kStates.size()][kSignals.size()] = {
      //               start      perturb      answered   drain       drained    exhaust      reset
      /* DORMANT   */ {"FLOWING", kNone,       kNone,     "STOPPED",  kNone,     kNone,       kNone},
      /* FLOWING   */ {kNone,     "PERTURBED", kNone,     "DRAINING", kNone,     "COLLAPSED", kNone},
      /* PERTURBED */ {kNone,     "PERTURBED", "FLOWING", "DRAINING", kNone,     "COLLAPSED", kNone},
      /* DRAINING  */ {kNone,     kNone,       kNone,     kNone,      "STOPPED", kNone,       kNone},
      /* STOPPED   */ {"FLOWING", kNone,       kNone,     kNone,      kNone,     kNone,       kNone},
      /* COLLAPSED */ {kNone,     kNone,       kNone,     kNone,      kNone,     kNone,       "DORMANT"},
  };
  // clang-format on
  for (std::size_t state = 0; state < kStates.size(); ++state) {
    for (std::size_t signal = 0; signal < kSignals.size(); ++signal) {
      CAPTURE(name_of(kStates[state]));
      CAPTURE(signal);
      const auto after = next(kStates[state], kSignals[signal]);
      CHECK(std::string(after ? name_of(*after) : kNone) == table[state][signal]);
    }
  }
}

TEST_CASE("states are shown in capitals") {
  std::string names;
  for (const State state : kStates) names += std::string(name_of(state)) + " ";
  CHECK(names == "DORMANT FLOWING PERTURBED DRAINING STOPPED COLLAPSED ");
}
