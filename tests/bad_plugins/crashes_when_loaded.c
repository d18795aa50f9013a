/* Crashes when it is loaded, which is only when its agent is asked for, for it says what
 * it has. */
#include "healthy.h"

FLUX_ANNOUNCE("crashes_when_loaded", "doom");

static const flux_plugin* volatile nowhere;

const flux_plugin* flux_plugin_entry(void) {
  static flux_plugin copy;
  copy = *nowhere;
  return &copy;
}
