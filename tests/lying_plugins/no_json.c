/* Says that it gives JSON, and gives anything but. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  flux_str* const results = out->columns[0].data;
  for (uint32_t row = 0; row < in->rows; ++row) results[row] = text("<b>no</b>");
  out->rows = in->rows;
  return FLUX_OK;
}

static const flux_field json = {.struct_size = sizeof(flux_field), .kind = FLUX_JSON};
static const flux_field* const jsons[] = {&json};
static const flux_type bare_json = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = jsons};
static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP, .output = &bare_json, .process = process};
PLUGIN_OF(agent)
