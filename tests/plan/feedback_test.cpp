// Fluxes whose outputs return: what fits, and what would never end.
#include <doctest/doctest.h>

#include "plan/resolve.hpp"
#include "plan/shelf.hpp"

using flux::Kind;
using flux::Type;
using flux::plan::Form;
using flux::plan::Options;
using flux::plan::Plan;
using flux::plan::Wire;
using shelf::Shelf;

TEST_CASE("a flux with feedback takes and gives text, whatever its agents see") {
  Shelf shelf;
  CHECK(shelf.plan("addone").wire == Wire::ints);
  const Plan plan = shelf.plan("addone{feedback_fraction=0.5} | addone");
  CHECK(plan.wire == Wire::text);
  CHECK(plan.fluxes[0].gives == Type::bare(Kind::int64));
  CHECK(plan.fluxes[0].gives_form == Form::text);
  CHECK(plan.fluxes[1].form == Form::text);
  CHECK(plan.fluxes[0].is_serial());
  CHECK(!plan.fluxes[1].is_serial());
}

TEST_CASE("the transform is agents from what the flux gives to what it takes") {
  Shelf shelf;
  const Plan plan = shelf.plan("addone{feedback_fraction=0.5, feedback_transform=addone | keep >> addone}");
  REQUIRE(plan.fluxes[0].transform.size() == 1);
  CHECK(plan.fluxes[0].transform[0].stages.size() == 3);
  CHECK(plan.fluxes[0].transform[0].given == Type::bare(Kind::int64));
  CHECK(plan.pipeline.fluxes.size() == 1);
}

TEST_CASE("what returns has to fit") {
  Shelf shelf;
  CHECK(shelf.refusal("keep | count{feedback_fraction=0.5, max_events=9} | addone") == "");
  shelf.add("spell", FLUX_INT64, FLUX_STRING);
  Shelf other;
  other.add("spell", FLUX_INT64, FLUX_STRING);
  CHECK(other.refusal("spell{feedback_fraction=0.5}") ==
        "flux: what returns does not fit: 'spell' gives string, 'spell' wants int\n"
        "  spell{feedback_fraction=0.5}\n"
        "  ^~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "string is no int; a feedback_transform may turn one into the other\n");
  CHECK(other.refusal("spell{feedback_fraction=0.5, feedback_transform=count, max_events=9}") == "");
  CHECK(other.refusal("addone | keep{feedback_fraction=0.5, feedback_transform=half}") ==
        "flux: what returns does not fit: 'half' gives float, the flux wants int\n"
        "  addone | keep{feedback_fraction=0.5, feedback_transform=half}\n"
        "           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "float is no int; a feedback_transform may turn one into the other\n");
}

TEST_CASE("a mistake in a transform is shown in its own text") {
  Shelf shelf;
  CHECK(shelf.refusal("addone{feedback_fraction=0.5, feedback_transform=addone | shout}") ==
        "flux: feedback_transform: 'shout' cannot follow 'addone': 'addone' gives int, 'shout' wants string\n"
        "  addone | shout\n"
        "           ^~~~~\n"
        "int is no string\n");
  CHECK(shelf.refusal("addone{feedback_fraction=0.5, feedback_transform=\"addone{max_events=1}\"}") ==
        "flux: feedback_transform: the agents of a transform have no settings\n"
        "  addone{max_events=1}\n"
        "         ^~~~~~~~~~\n"
        "give them to the flux that feeds back\n");
}

TEST_CASE("what may never end is refused, unless a limit ends it") {
  Shelf shelf;
  CHECK(shelf.refusal("addone{feedback_fraction=1.00}") ==
        "flux: this would never end: all that it gives returns, and nothing limits it\n"
        "  addone{feedback_fraction=1.00}\n"
        "  ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "set max_events or entropy_budget, or a feedback_fraction below 1\n");
  CHECK(shelf.refusal("count{feedback_fraction=0.01}") ==
        "flux: this may never end: an event may give several results, some return, and nothing limits it\n"
        "  count{feedback_fraction=0.01}\n"
        "  ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "set max_events or entropy_budget\n");
  CHECK(shelf.refusal("addone{feedback_fraction=0.01, feedback_transform=count}")
            .starts_with("flux: this may never end"));
  CHECK(shelf.refusal("addone{feedback_fraction=0.999}") == "");
  CHECK(shelf.refusal("addone{feedback_fraction=1, max_events=9}") == "");
  CHECK(shelf.refusal("count{feedback_fraction=0.5, entropy_budget=9}") == "");
}

TEST_CASE("the feedback flags are for one flux") {
  Shelf shelf;
  Options options;
  options.flags.set("feedback_fraction", "0.5");
  CHECK(shelf.plan("addone", options).fluxes[0].feeds_back());
  CHECK(shelf.refusal("addone | keep", options) ==
        "flux: the --feedback-… flags are for a pipeline of one flux, and this one has several\n"
        "write it into the spec: double{feedback_fraction=0.5} | …\n");
}
