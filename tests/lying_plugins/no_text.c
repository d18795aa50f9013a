/* Says that it gives strings, and gives bytes that are no UTF-8 where a 3 came. */
#include "lying.h"

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  flux_str* const results = out->columns[0].data;
  for (uint32_t row = 0; row < in->rows; ++row)
    results[row] = integers_in(in)[row] == 3 ? text("\xFF") : text("fine");
  out->rows = in->rows;
  return FLUX_OK;
}

static const flux_field string = {.struct_size = sizeof(flux_field), .kind = FLUX_STRING};
static const flux_field* const strings[] = {&string};
static const flux_type bare_string = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = strings};
static const flux_agent agent = {LYING_AGENT, .flags = FLUX_MAP, .output = &bare_string, .process = process};
PLUGIN_OF(agent)
