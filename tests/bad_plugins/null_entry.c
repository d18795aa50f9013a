/* flux_plugin_entry() returns NULL. */
#include <flux/flux_plugin.h>

const flux_plugin* flux_plugin_entry(void) { return NULL; }
