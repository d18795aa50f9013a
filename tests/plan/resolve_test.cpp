// From a spec to a plan: names, types, forms of the rows, limits; and every way to be
// refused before anything is read.
#include "plan/resolve.hpp"

#include <doctest/doctest.h>

#include "plan/shelf.hpp"

using flux::Kind;
using flux::Type;
using flux::plan::Form;
using flux::plan::Options;
using flux::plan::Plan;
using flux::plan::Wire;
using shelf::Shelf;

namespace {

std::string ids(const Plan& plan) {
  std::string ids;
  for (const auto& flux : plan.fluxes) ids += (ids.empty() ? "" : " ") + flux.id;
  return ids;
}

Options flags(std::initializer_list<std::pair<const char*, const char*>> settings) {
  Options options;
  for (const auto& [key, value] : settings) options.flags.set(key, value);
  return options;
}

}  // namespace

TEST_CASE("a flux is called after its agents, unless it says otherwise") {
  Shelf shelf;
  CHECK(ids(shelf.plan("addone")) == "addone");
  CHECK(ids(shelf.plan("addone | addone | keep | addone")) == "addone addone-2 keep addone-3");
  CHECK(ids(shelf.plan("addone >> keep | addone")) == "addone>>keep addone");
  CHECK(ids(shelf.plan("addone{agent_id=first} | addone")) == "first addone");
  CHECK(ids(shelf.plan("keep{agent_id=addone} | addone")) == "addone addone-2");
}

TEST_CASE("two fluxes cannot have one name") {
  Shelf shelf;
  CHECK(shelf.refusal("addone{agent_id=x} | keep{agent_id=x}") ==
        "flux: two fluxes are called 'x'\n"
        "  addone{agent_id=x} | keep{agent_id=x}\n"
        "                       ^~~~~~~~~~~~~~~~\n"
        "give each its own agent_id\n");
  CHECK(shelf.refusal("addone | keep", flags({{"agent_id", "x"}})) ==
        "flux: --agent-id names one flux, and this pipeline has several\n"
        "write it into the spec: double{agent_id=first} | …\n");
  CHECK(ids(shelf.plan("addone", flags({{"agent_id", "x"}}))) == "x");
}

TEST_CASE("an unknown agent is refused with the one that is probably meant") {
  Shelf shelf;
  CHECK(shelf.refusal("keep | adone") ==
        "flux: unknown agent 'adone'\n"
        "  keep | adone\n"
        "         ^~~~~\n"
        "did you mean 'addone'? ('flux agents' lists all)\n");
  CHECK(shelf.refusal("nothing_like_it") ==
        "flux: unknown agent 'nothing_like_it'\n"
        "  nothing_like_it\n"
        "  ^~~~~~~~~~~~~~~\n"
        "'flux agents' lists all\n");
}

TEST_CASE("types that do not fit are refused with both of them and the place") {
  Shelf shelf;
  CHECK(shelf.refusal("addone | shout") ==
        "flux: 'shout' cannot follow 'addone': 'addone' gives int, 'shout' wants string\n"
        "  addone | shout\n"
        "           ^~~~~\n"
        "int is no string\n");
  CHECK(shelf.refusal("shout | keep | addone") ==
        "flux: 'addone' cannot follow 'keep': 'keep' gives string, 'addone' wants int\n"
        "  shout | keep | addone\n"
        "                 ^~~~~~\n"
        "string is no int\n");
  CHECK(shelf.refusal("half >> addone") ==
        "flux: 'addone' cannot follow 'half': 'half' gives float, 'addone' wants int\n"
        "  half >> addone\n"
        "          ^~~~~~\n"
        "float is no int\n");
}

TEST_CASE("raw lines are strings") {
  Shelf shelf;
  Options raw;
  raw.raw_input = true;
  CHECK(shelf.plan("shout", raw).wire == Wire::raw);
  CHECK(shelf.refusal("addone", raw) ==
        "flux: 'addone' cannot follow the input: the input gives string, 'addone' wants int\n"
        "  addone\n"
        "  ^~~~~~\n"
        "string is no int\n");
}

TEST_CASE("a source stands nowhere between two agents") {
  Shelf shelf;
  CHECK(shelf.refusal("keep | tape") ==
        "flux: 'tape' is a source, not an agent between two\n"
        "  keep | tape\n"
        "         ^~~~\n");
}

TEST_CASE("a select keeps the type of its events") {
  Shelf shelf;
  const Plan plan = shelf.plan("addone | keep | half");
  CHECK(plan.fluxes[1].gives == Type::bare(Kind::int64));
  CHECK(plan.fluxes[2].gives == Type::bare(Kind::float64));
  CHECK(plan.fluxes[2].stages[0].given == Type::bare(Kind::int64));
}

TEST_CASE("ints are read as a column where the first agent wants nothing else") {
  Shelf shelf;
  CHECK(shelf.plan("addone | keep").wire == Wire::ints);
  CHECK(shelf.plan("id | addone").wire == Wire::text);
  CHECK(shelf.plan("keep | addone").wire == Wire::text);
  CHECK(shelf.plan("half").wire == Wire::text);
}

TEST_CASE("rows are text until an agent gives columns, and text again where it must be edited") {
  Shelf shelf;
  const Plan plan = shelf.plan("keep | half | keep");
  CHECK(plan.fluxes[0].gives_form == Form::text);
  CHECK(plan.fluxes[1].form == Form::text);
  CHECK(plan.fluxes[1].gives_form == Form::columns);
  CHECK(plan.fluxes[2].gives_form == Form::columns);
}

TEST_CASE("what extends an event needs an object") {
  Shelf shelf;
  CHECK(shelf.plan("note").fluxes[0].gives == Type::bare(Kind::json));
  CHECK(shelf.refusal("addone | note") ==
        "flux: 'note' cannot follow 'addone': 'addone' gives int, 'note' wants json\n"
        "  addone | note\n"
        "           ^~~~\n"
        "int is no object\n");
}

TEST_CASE("an identity leaves a flux without stages") {
  Shelf shelf;
  const Plan plan = shelf.plan("addone | id");
  CHECK(plan.fluxes[1].stages.empty());
  CHECK(plan.fluxes[1].gives == Type::bare(Kind::int64));
}

TEST_CASE("a flux's own settings stand above flags, and flags above the config file") {
  Shelf shelf;
  Options options = flags({{"max_events", "2"}, {"buffer_size", "20"}});
  options.defaults.set("max_events", "3");
  options.defaults.set("entropy_budget", "5");
  const Plan plan = shelf.plan("addone{max_events=1} | keep", options);
  CHECK(plan.fluxes[0].config.max_events == 1);
  CHECK(plan.fluxes[1].config.max_events == 2);
  CHECK(plan.fluxes[1].config.buffer_size == 20);
  CHECK(plan.fluxes[1].config.entropy_budget.digits == 5);
}

TEST_CASE("a wrong setting is refused at its place") {
  Shelf shelf;
  CHECK(shelf.refusal("addone{max_events=0}") ==
        "flux: 'max_events' must be a whole number from 1 on, found '0'\n"
        "  addone{max_events=0}\n"
        "                    ^\n");
  CHECK(shelf.refusal("addone{max_event=1}") ==
        "flux: unknown setting 'max_event'\n"
        "  addone{max_event=1}\n"
        "         ^~~~~~~~~\n"
        "did you mean 'max_events'?\n");
}

TEST_CASE("a plan is cut into segments, and told to keep its fluxes apart it does") {
  Shelf shelf;
  CHECK(shelf.plan("addone | keep").segments.size() == 1);
  CHECK(shelf.plan("addone | count | addone").segments.size() == 3);
  Options apart;
  apart.fuse = false;
  CHECK(shelf.plan("addone | keep", apart).segments.size() == 3);
}

TEST_CASE("the spec of every flux is kept as written") {
  Shelf shelf;
  const Plan plan = shelf.plan(" addone >> keep |  keep{max_events = 1}");
  CHECK(plan.fluxes[0].spec == "addone >> keep");
  CHECK(plan.fluxes[1].spec == "keep{max_events = 1}");
}
