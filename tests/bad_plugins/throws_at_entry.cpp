// Lets an exception out of the one function that loading it calls.
#include <flux/flux_plugin.h>

#include <stdexcept>

extern "C" const flux_plugin* flux_plugin_entry() { throw std::runtime_error("nobody is home"); }
