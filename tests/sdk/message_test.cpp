// What messages about events are made of.
#include <doctest/doctest.h>

#include <flux/message.hpp>
#include <string>

using flux::Json;
using flux::shown;

TEST_CASE("a value is shown as it is, and cut short where it is long") {
  CHECK(shown(Json{"1.10"}) == "1.10");
  CHECK(shown(Json{R"({"a":1})"}) == "an object");
  CHECK(shown(Json{"[1]"}) == "an array");
  const std::string longest = '"' + std::string(78, 'x') + '"';
  CHECK(shown(Json{longest}) == longest);
  CHECK(shown(Json{'"' + std::string(79, 'x') + '"'}) == '"' + std::string(79, 'x') + "...");
  CHECK(shown(Json{'"' + std::string(78, 'x') + "\u00e9\""}) == '"' + std::string(78, 'x') + "...");
}
