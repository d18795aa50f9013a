// Arguments of a call and parameters of its agent: who gets which.
#include <doctest/doctest.h>

#include "core/column.hpp"
#include "plan/shelf.hpp"

using shelf::Shelf;

namespace {

// What double(factor, unit) is made with, as "factor unit". `factor` has the default 2.
std::string values(const std::string& spec) {
  Shelf shelf;
  const auto plan = shelf.plan(spec);
  const flux_value* values = plan.fluxes[0].stages[0].values->data();
  return std::to_string(values[0].as.int64) + " " + std::string(flux::view(values[1].as.str));
}

std::string refusal(const std::string& spec) { return Shelf().refusal(spec); }

}  // namespace

TEST_CASE("arguments go to parameters in their order, or by name") {
  CHECK(values("double(3, kg)") == "3 kg");
  CHECK(values("double(unit=kg, factor=3)") == "3 kg");
  CHECK(values("double(unit=kg, 3)") == "3 kg");
  CHECK(values("double(3, unit=kg)") == "3 kg");
}

TEST_CASE("what is not given has its default") { CHECK(values("double(unit=kg)") == "2 kg"); }

TEST_CASE("a parameter without default must be given") {
  CHECK(refusal("double(3)") ==
        "flux: double(factor, unit) is missing 'unit'\n"
        "  double(3)\n"
        "  ^~~~~~~~~\n"
        "What it counts\n");
}

TEST_CASE("an argument too many is refused") {
  CHECK(refusal("double(3, kg, 5)") ==
        "flux: double(factor, unit) has one argument too many: '5'\n"
        "  double(3, kg, 5)\n"
        "                ^\n"
        "'flux agents double' tells its parameters\n");
  CHECK(refusal("addone(3)") ==
        "flux: addone takes no arguments, found '3'\n"
        "  addone(3)\n"
        "         ^\n"
        "'flux agents addone' tells its parameters\n");
}

TEST_CASE("a parameter is given once") {
  CHECK(refusal("double(3, kg, factor=4)") ==
        "flux: 'factor' is given twice\n"
        "  double(3, kg, factor=4)\n"
        "                ^~~~~~\n"
        "leave one out\n");
}

TEST_CASE("a name that is no parameter is refused with the one that is probably meant") {
  CHECK(refusal("double(fator=3)") ==
        "flux: double has no parameter 'fator'\n"
        "  double(fator=3)\n"
        "         ^~~~~\n"
        "did you mean 'factor'?\n");
  CHECK(refusal("double(xyz=3)") ==
        "flux: double has no parameter 'xyz'\n"
        "  double(xyz=3)\n"
        "         ^~~\n"
        "'flux agents double' tells its parameters\n");
}

TEST_CASE("a value of the wrong kind is refused at its place") {
  CHECK(refusal("double(x, kg)") ==
        "flux: double(factor) wants an int, found 'x'\n"
        "  double(x, kg)\n"
        "         ^\n"
        "write a whole number, such as 10\n");
}
