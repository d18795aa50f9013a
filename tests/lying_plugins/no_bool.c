/* Says that it gives bools, and gives other numbers. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  uint8_t* const results = out->columns[0].data;
  for (uint32_t row = 0; row < in->rows; ++row) results[row] = (uint8_t)(integers_in(in)[row] & 2);
  out->rows = in->rows;
  return FLUX_OK;
}

static const flux_field boolean = {.struct_size = sizeof(flux_field), .kind = FLUX_BOOL};
static const flux_field* const booleans[] = {&boolean};
static const flux_type bare_boolean = {
    .struct_size = sizeof(flux_type), .field_count = 1, .fields = booleans};
static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP, .output = &bare_boolean, .process = process};
PLUGIN_OF(agent)
