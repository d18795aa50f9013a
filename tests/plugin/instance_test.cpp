// The life of an instance, and the calls that it passes on.
#include "plugin/instance.hpp"

#include <doctest/doctest.h>

#include <deque>

#include "plugin/sample.hpp"

using flux::Type;
using flux::plugin::Agent;
using flux::plugin::Host;
using flux::plugin::Instance;
using flux::plugin::Outcome;
using flux::plugin::Ports;
using flux::plugin::Values;

namespace {

// What an agent under test does, and what it has seen. One at a time.
struct Story {
  int created = 0;
  int destroyed = 0;
  std::int64_t factor = 0;
  const flux_agent* agent = nullptr;
  const flux_host* host = nullptr;
  std::string last_words;  // logged by destroy()
  std::string given;       // what describe() was told of the events
  bool interrupted = false;
  std::string restored;
};
Story* story = nullptr;

void set(flux_error* error, std::string_view message) { error->set(error, sample::text(message)); }

void* create(const flux_agent* agent, const flux_host* host, const flux_value* values, flux_error*) {
  story->created++;
  story->agent = agent;
  story->host = host;
  story->factor = values[0].as.int64;
  return story;
}

void destroy(void* self) {
  auto* seen = static_cast<Story*>(self);
  seen->destroyed++;
  if (!seen->last_words.empty())
    seen->host->log(seen->host, FLUX_LEVEL_WARNING, sample::text(seen->last_words));
}

Host quiet() {
  return {"0.1.0", [](flux_level, std::string_view) {}};
}

// The sample's agent with a story to tell.
struct Stage {
  Stage() {
    story = &seen;
    sample.agent.create = create;
    sample.agent.destroy = destroy;
  }

  // Reads the description as it stands now, for the test has changed it.
  Instance start(Host host = quiet()) {
    readings.push_back(sample.read());
    std::vector<std::optional<flux::plugin::Given>> none(agent().params.size());
    return {agent(), std::make_shared<const Values>(agent(), std::move(none)), std::move(host)};
  }

  const Agent& agent() const { return readings.back().agents[0]; }

  Story seen;
  sample::Plugin sample;
  std::deque<flux::plugin::Plugin> readings;  // all of them, for instances point into theirs
};

std::string refusal(Stage& stage) {
  return sample::message_of([&] { stage.start(); });
}

std::string refusal_to_describe(Stage& stage, const std::optional<Type>& given = {}) {
  Instance instance = stage.start();
  return sample::message_of([&] { instance.describe(given); });
}

}  // namespace

TEST_CASE("an instance is created with its agent, the host and its values, and destroyed once") {
  Stage stage;
  {
    const Instance instance = stage.start();
    CHECK(stage.seen.created == 1);
    CHECK(stage.seen.agent == &stage.sample.agent);
    CHECK(stage.seen.factor == 2);
    CHECK(stage.seen.host->struct_size == sizeof(flux_host));
    CHECK(stage.seen.host->abi_major == 1);
    CHECK(std::string(stage.seen.host->version) == "0.1.0");
    CHECK(stage.seen.host->extension(stage.seen.host, "flux.clock/1") == nullptr);
    CHECK(&instance.agent() == &stage.agent());
    CHECK(stage.seen.destroyed == 0);
  }
  CHECK(stage.seen.destroyed == 1);
}

TEST_CASE("an instance that is moved is still destroyed once, and the host stays where it was") {
  Stage stage;
  std::vector<std::string> lines;
  stage.seen.last_words = "bye";
  {
    Instance first =
        stage.start({"0.1.0", [&](flux_level, std::string_view line) { lines.emplace_back(line); }});
    Instance second = std::move(first);
    std::vector<Instance> all;
    all.push_back(std::move(second));
    CHECK(stage.seen.destroyed == 0);
  }
  CHECK(stage.seen.destroyed == 1);
  CHECK(lines == std::vector<std::string>{"flux: double: bye"});
}

TEST_CASE("an instance that is assigned over is destroyed while its host still lives") {
  Stage stage;
  int lines = 0;
  stage.seen.last_words = "bye";
  const Host host{"0.1.0", [&](flux_level, std::string_view) { ++lines; }};
  Instance first = stage.start(host);
  first = stage.start(host);
  CHECK(stage.seen.created == 2);
  CHECK(stage.seen.destroyed == 1);
  CHECK(lines == 1);
}

TEST_CASE("a log line is one line, fit for a terminal, with its level") {
  Stage stage;
  std::vector<std::pair<flux_level, std::string>> lines;
  const Instance instance = stage.start(
      {"0.1.0", [&](flux_level level, std::string_view line) { lines.emplace_back(level, line); }});
  stage.seen.host->log(stage.seen.host, FLUX_LEVEL_ERROR, sample::text("two\nlines \033[31m"));
  stage.seen.host->log(stage.seen.host, FLUX_LEVEL_DEBUG, {nullptr, 0});
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == std::pair{FLUX_LEVEL_ERROR, std::string("flux: double: two\\x0alines \\x1b[31m")});
  CHECK(lines[1] == std::pair{FLUX_LEVEL_DEBUG, std::string("flux: double: ")});
}

TEST_CASE("an agent that makes no instance says why, and nothing is destroyed") {
  Stage stage;
  stage.sample.agent.create = [](const flux_agent*, const flux_host*, const flux_value*,
                                 flux_error* error) -> void* {
    set(error, "factor must not be 2");
    return nullptr;
  };
  CHECK(refusal(stage) == "flux: agent 'double': factor must not be 2\n");
  CHECK(stage.seen.destroyed == 0);
}

TEST_CASE("an agent that makes no instance and says nothing is named") {
  Stage stage;
  stage.sample.agent.create = [](const flux_agent*, const flux_host*, const flux_value*,
                                 flux_error*) -> void* { return nullptr; };
  CHECK(refusal(stage) == "flux: agent 'double': create() failed and gave no reason\n");
}

TEST_CASE("without describe an instance has the types of its agent") {
  Stage stage;
  Instance instance = stage.start();
  const Ports ports = instance.describe(std::nullopt);
  CHECK(ports.input == Type::bare(flux::Kind::int64));
  CHECK(ports.output == Type::bare(flux::Kind::int64));
}

TEST_CASE("describe sees what comes, and changes what it wants to") {
  Stage stage;
  stage.sample.agent.describe = [](void* self, flux_ports* ports, flux_error*) {
    static const flux_field field{sizeof(flux_field), FLUX_STRING, FLUX_FIELD_OPTIONAL, {}, {}};
    static const flux_field* const fields[] = {&field};
    static const flux_type words{sizeof(flux_type), 1, fields, nullptr};
    auto& seen = *static_cast<Story*>(self);
    seen.given =
        ports->given == nullptr ? "anything" : flux::to_string(flux::plugin::type_of(ports->given, ""));
    ports->output = &words;
    return FLUX_OK;
  };
  Instance instance = stage.start();
  const Type event{
      "Event", {{{"user", "name"}, flux::Kind::string, true, {}}, {{"id"}, flux::Kind::int64, false, {}}}};
  const Ports ports = instance.describe(event);
  CHECK(stage.seen.given == "Event {user.name?: string, id: int}");
  CHECK(ports.input == Type::bare(flux::Kind::int64));
  CHECK(flux::to_string(ports.output) == "string?");
  instance.describe(std::nullopt);
  CHECK(stage.seen.given == "anything");
}

TEST_CASE("describe may ask for order, and else there is none to keep") {
  Stage plain;
  CHECK(!plain.start().describe(std::nullopt).in_order);
  Stage asking;
  asking.sample.agent.describe = [](void*, flux_ports* ports, flux_error*) {
    if (ports->in_order == 0) ports->in_order = 1;
    return FLUX_OK;
  };
  CHECK(asking.start().describe(std::nullopt).in_order);
}

TEST_CASE("describe may refuse what comes") {
  Stage stage;
  stage.sample.agent.describe = [](void*, flux_ports*, flux_error* error) {
    set(error, "no numbers, please");
    return FLUX_FAILED;
  };
  CHECK(refusal_to_describe(stage) == "flux: agent 'double': no numbers, please\n");
}

TEST_CASE("what describe says is checked as what the agent says is") {
  Stage stage;
  stage.sample.agent.describe = [](void*, flux_ports* ports, flux_error*) {
    static const flux_type empty{8, 0, nullptr, nullptr};
    ports->output = &empty;
    return FLUX_OK;
  };
  CHECK(refusal_to_describe(stage) ==
        "flux: plugin 'x.so': agent 'double': its output: its flux_type has 8 bytes, expected at least 24\n"
        "set .struct_size = sizeof(flux_type)\n");
}

TEST_CASE("who gives new values says of which type, at the latest in describe") {
  Stage stage;
  stage.sample.agent.output = nullptr;
  CHECK(refusal_to_describe(stage) ==
        "flux: plugin 'x.so': agent 'double': it gives new values, but its output type has no field\n"
        "state the output type, in the agent or in describe()\n");
}

TEST_CASE("process and finish pass on how they ended") {
  Stage stage;
  stage.sample.agent.process = [](void*, const flux_batch* in, flux_out* out, flux_error* error) {
    out->rows = in->rows;
    if (in->rows == 3) set(error, "three is too many");
    return in->rows == 3 ? FLUX_FAILED : FLUX_END;
  };
  stage.sample.agent.finish = [](void*, flux_out* out, flux_error*) {
    out->rows = 1;
    return FLUX_MORE;
  };
  Instance instance = stage.start();
  flux_batch in{};
  flux_out out{};
  in.rows = 2;
  const Outcome good = instance.process(in, out);
  CHECK(good.status == FLUX_END);
  CHECK(good.message.empty());
  CHECK(out.rows == 2);
  in.rows = 3;
  const Outcome bad = instance.process(in, out);
  CHECK(bad.status == FLUX_FAILED);
  CHECK(bad.message == "three is too many");
  CHECK(instance.finish(out).status == FLUX_MORE);
  CHECK(out.rows == 1);
}

TEST_CASE("an agent without finish holds nothing back") {
  Stage stage;
  Instance instance = stage.start();
  flux_out out{};
  CHECK(instance.finish(out).status == FLUX_OK);
  CHECK(out.rows == 0);
}

TEST_CASE("a status that does not exist is a failed instance") {
  Stage stage;
  stage.sample.agent.finish = [](void*, flux_out*, flux_error*) { return static_cast<flux_status>(3); };
  Instance again = stage.start();
  flux_out out{};
  CHECK(again.finish(out).status == FLUX_AGAIN);
  stage.sample.agent.finish = [](void*, flux_out*, flux_error*) { return static_cast<flux_status>(-3); };
  Instance instance = stage.start();
  const Outcome outcome = instance.finish(out);
  CHECK(outcome.status == FLUX_FAILED);
  CHECK(outcome.message == "broke a rule: finish() returned -3, which is no flux_status");
}

TEST_CASE("merge hands the other instance over") {
  Stage stage;
  stage.sample.agent.merge = [](void* self, void* other, flux_error*) {
    static_cast<Story*>(self)->factor += static_cast<Story*>(other)->factor;
    return FLUX_OK;
  };
  Instance instance = stage.start();
  Instance other = stage.start();
  CHECK(instance.merge(other).status == FLUX_OK);
  CHECK(stage.seen.factor == 4);
}

TEST_CASE("interrupt reaches an agent that has it, and only that") {
  Stage stage;
  Instance deaf = stage.start();
  deaf.interrupt();
  CHECK_FALSE(stage.seen.interrupted);
  stage.sample.agent.interrupt = [](void* self) { static_cast<Story*>(self)->interrupted = true; };
  Instance instance = stage.start();
  instance.interrupt();
  CHECK(stage.seen.interrupted);
}

TEST_CASE("what save writes is what restore reads") {
  Stage stage;
  stage.sample.agent.save = [](void*, flux_writer* to, flux_error* error) {
    if (to->write(to, "state", 5) == 0) return 0;
    set(error, "no room");
    return -1;
  };
  stage.sample.agent.restore = [](void* self, std::uint32_t version, flux_str from, flux_error* error) {
    if (version != 1) {
      set(error, "unknown version");
      return -1;
    }
    static_cast<Story*>(self)->restored.assign(from.data, from.size);
    return 0;
  };
  Instance instance = stage.start();
  std::string bytes;
  flux_writer writer{&bytes, [](flux_writer* to, const void* data, std::size_t size) {
                       static_cast<std::string*>(to->ctx)->append(static_cast<const char*>(data), size);
                       return 0;
                     }};
  CHECK(instance.save(writer).status == FLUX_OK);
  CHECK(bytes == "state");
  CHECK(instance.restore(1, bytes).status == FLUX_OK);
  CHECK(stage.seen.restored == "state");
  CHECK(instance.restore(2, bytes).message == "unknown version");
  flux_writer full{nullptr, [](flux_writer*, const void*, std::size_t) { return -1; }};
  CHECK(instance.save(full).message == "no room");
}

TEST_CASE("what save and restore return is 0 or -1") {
  Stage stage;
  stage.sample.agent.save = [](void*, flux_writer*, flux_error*) { return 7; };
  stage.sample.agent.restore = [](void*, std::uint32_t, flux_str, flux_error*) { return -2; };
  Instance instance = stage.start();
  flux_writer nowhere{nullptr, [](flux_writer*, const void*, std::size_t) { return 0; }};
  const Outcome saved = instance.save(nowhere);
  CHECK(saved.is_fault);
  CHECK(saved.message == "broke a rule: save() returned 7, which is neither 0 nor -1");
  CHECK(instance.restore(1, "").message == "broke a rule: restore() returned -2, which is neither 0 nor -1");
}
