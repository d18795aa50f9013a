// What each agent does, event by event and in plain C++: the models that the
// reference runs, for agents that ship and for those of plugins/laws.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace laws {

// Why an event failed: as its dead letter says it.
struct Refusal {
  std::string kind;  // "type", "agent", "overflow"
  std::string message;
};

struct Given {
  std::vector<std::string> values;  // JSON text, one per result
  std::optional<Refusal> refusal = {};
};

class ModelAgent {
 public:
  explicit ModelAgent(std::string agent) : name(std::move(agent)) {}
  virtual ~ModelAgent() = default;
  // REQUIRES: JSON text without white space around it.
  virtual Given give(const std::string& event) = 0;
  virtual std::vector<std::string> finish() { return {}; }
  virtual bool is_done() const { return false; }
  virtual bool absorbs() const { return false; }

  const std::string name;
};

// What stands in a spec between '>>' and '|': "head(3)".
const std::vector<std::string>& modelled_agents();

// REQUIRES: one of modelled_agents(), or "burst(N)", "repeat(N)", "head(N)",
// "refuse(N)", "every(N)", "skip(N)" with any N.
std::unique_ptr<ModelAgent> model_of(const std::string& call);

}  // namespace laws
