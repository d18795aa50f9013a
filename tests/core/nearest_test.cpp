// Which of the names that exist a mistyped one probably means.
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace {

const std::vector<std::string> kAgents{"double", "addone", "head", "where", "id"};

std::optional<std::string> nearest(std::string_view word) { return flux::nearest(word, kAgents); }

}  // namespace

TEST_CASE("one letter wrong, missing, too many or swapped is near") {
  CHECK(nearest("dooble") == "double");
  CHECK(nearest("doble") == "double");
  CHECK(nearest("doubble") == "double");
  CHECK(nearest("duoble") == "double");
  CHECK(nearest("haed") == "head");
  CHECK(nearest("head") == "head");
}

TEST_CASE("up to a third of the letters may differ, and one at least") {
  CHECK(nearest("dubbel") == std::nullopt);  // three edits in six letters
  CHECK(nearest("dubble") == "double");      // two: an o more, a b less
  CHECK(nearest("ix") == "id");
  CHECK(nearest("xx") == std::nullopt);
  CHECK(nearest("") == std::nullopt);
  CHECK(nearest("anything else") == std::nullopt);
}

TEST_CASE("of two that are as near the first is meant") {
  const std::vector<std::string> names{"cat", "car"};
  CHECK(flux::nearest("cas", names) == "cat");
  CHECK(flux::nearest("car", names) == "car");
}

TEST_CASE("among no names none is near") { CHECK(flux::nearest("double", {}) == std::nullopt); }
