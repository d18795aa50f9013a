// expect: flux: an agent has one public member function invoke(), neither overloaded nor a template
#include <flux/agent.hpp>

struct Mistake {
  template <class T>
  T invoke(T x) const {
    return x;
  }
};
FLUX_AGENT(Mistake, "mistake", "Must not compile");
