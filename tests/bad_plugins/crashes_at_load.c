/* Crashes in the one function that loading it calls. */
#include "healthy.h"

static const flux_plugin* volatile nowhere;

const flux_plugin* flux_plugin_entry(void) {
  static flux_plugin copy;
  copy = *nowhere;
  return &copy;
}
