// What fluxes tell about themselves, and what the manual says that they do.
#include "transport/pheromones.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "io/scratch.hpp"
#include "rows/hand_made_ticket.hpp"

using flux::runtime::Pheromone;
using flux::runtime::pheromone_fields;
using flux::runtime::pheromone_words;
using flux::runtime::PheromoneListener;
using flux::runtime::Pheromones;
using hand_made::OneFlux;

namespace {

constexpr std::chrono::milliseconds kNow{0};

using Json = nlohmann::ordered_json;

std::vector<Json> heard(PheromoneListener& listener) {
  std::vector<Json> records;
  std::istringstream lines(listener.listen(kNow).records);
  for (std::string line; std::getline(lines, line);) records.push_back(Json::parse(line));
  return records;
}

}  // namespace

TEST_CASE("a record has the fields of the table, and counts up") {
  const OneFlux one(flux::plan::Wire::text);
  Pheromones pheromones(one.plan, {});
  const auto listener = pheromones.listen();
  pheromones.tell(Pheromone::dropped, 0, 5, "drop_oldest");
  pheromones.tell(Pheromone::error, 0, 1);
  pheromones.tell(Pheromone::dropped, 0, 7);
  const std::vector<Json> records = heard(*listener);
  REQUIRE(records.size() == 3);
  for (const Json& record : records) {
    std::vector<std::string> fields;
    for (const auto& [key, value] : record.items()) fields.push_back(key);
    CHECK(std::equal(fields.begin(), fields.end(), pheromone_fields().begin(), pheromone_fields().end()));
    CHECK(record["ts"].get<double>() > 1e9);
  }
  CHECK(records[0]["signal"] == "dropped");
  CHECK(records[0]["flux"] == "double");
  CHECK(records[0]["detail"] == "drop_oldest");
  CHECK(records[1]["detail"].is_null());
  CHECK(records[2]["count"] == 7);
  CHECK(records[2]["total"] == 12);
}

TEST_CASE("every signal is called as the table has it") {
  const OneFlux one(flux::plan::Wire::text);
  Pheromones pheromones(one.plan, {});
  const auto listener = pheromones.listen();
  for (std::size_t i = 0; i < pheromone_words().size(); ++i) pheromones.tell(static_cast<Pheromone>(i), 0);
  const std::vector<Json> records = heard(*listener);
  REQUIRE(records.size() == pheromone_words().size());
  for (std::size_t i = 0; i < records.size(); ++i) CHECK(records[i]["signal"] == pheromone_words()[i].name);
}

TEST_CASE("a listener who is slow misses records and is told how many") {
  const OneFlux one(flux::plan::Wire::text);
  Pheromones pheromones(one.plan, {});
  const auto listener = pheromones.listen();
  for (std::size_t i = 0; i < PheromoneListener::kMost + 3; ++i) pheromones.tell(Pheromone::error, 0);
  const auto heard = listener->listen(kNow);
  CHECK(heard.missed == 3);
  CHECK(std::count(heard.records.begin(), heard.records.end(), '\n') == PheromoneListener::kMost);
}

TEST_CASE("a flux that emits none is silent, and a file gets all that is told") {
  OneFlux one(flux::plan::Wire::text);
  const flux::io::Fd file = scratch::file("");
  {
    Pheromones pheromones(one.plan, flux::io::Fd(::dup(file.get())));
    pheromones.tell(Pheromone::stopped, 0);
    one.plan.fluxes[0].config.emit_pheromones = false;
    pheromones.tell(Pheromone::stopped, 0);
  }
  const std::string text = scratch::content_of(file.get());
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK(text.starts_with("{\"signal\":\"stopped\",\"flux\":\"double\",\"ts\":"));
}

TEST_CASE("the manual has every signal with its meaning, and every field") {
  std::ifstream page(MANUAL);
  std::string manual((std::istreambuf_iterator<char>(page)), std::istreambuf_iterator<char>());
  REQUIRE(!manual.empty());
  for (const auto& words : pheromone_words()) {
    CAPTURE(words.name);
    const std::string row = "\n" + std::string(words.name) + ";" + std::string(words.meaning) + ";" +
                            std::string(words.count) + ";" + std::string(words.detail) + "\n";
    CHECK(manual.find(row) != std::string::npos);
  }
  for (const auto& field : pheromone_fields())
    CHECK(manual.find(".B " + std::string(field) + "\n") != std::string::npos);
}
