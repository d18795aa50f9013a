// expect: flux: FLUX_RECORD lists members of a struct; the names of an enum are listed by FLUX_ENUM
#include <flux/agent.hpp>

enum class Level { low, high };
FLUX_RECORD(Level, low, high)

struct Mistake {
  bool invoke(Level level) const { return level == Level::high; }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
