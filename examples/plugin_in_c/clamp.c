/* A plugin in plain C: clamp(low, high) keeps integers between two bounds.
 *
 * It shows the boundary itself, without an SDK: constant descriptors, one instance
 * per create(), one loop over the batch. */
#include <flux/flux_plugin.h>
#include <stdlib.h>

typedef struct clamp {
  int64_t low;
  int64_t high;
} clamp;

static void* create(const flux_agent* agent, const flux_host* host, const flux_value* values,
                    flux_error* err) {
  (void)agent;
  (void)host;
  const int64_t low = values[0].as.int64, high = values[1].as.int64; /* the order of params[] */
  static const flux_str upside_down = FLUX_TEXT("low must not be greater than high");
  static const flux_str no_memory = FLUX_TEXT("out of memory");
  if (low > high) {
    err->set(err, upside_down);
    return NULL;
  }
  clamp* self = malloc(sizeof *self);
  if (self == NULL) {
    err->set(err, no_memory);
    return NULL;
  }
  self->low = low;
  self->high = high;
  return self;
}

static void destroy(void* self) { free(self); }

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)err;
  const clamp bounds = *(const clamp*)self;
  const int64_t* from = in->columns[0].data;
  int64_t* to = out->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    const int64_t x = from[row];
    to[row] = x < bounds.low ? bounds.low : x > bounds.high ? bounds.high : x;
  }
  out->rows = in->rows; /* FLUX_MAP: result i belongs to event i */
  return FLUX_OK;
}

static const flux_field integer = {.struct_size = sizeof(flux_field), .kind = FLUX_INT64};
static const flux_field* const fields[] = {&integer};
static const flux_type bare_integer = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = fields};

static const flux_param low = {
    .struct_size = sizeof(flux_param),
    .kind = FLUX_INT64,
    .flags = FLUX_PARAM_REQUIRED,
    .name = "low",
    .summary = "The smallest result",
};
static const flux_param high = {
    .struct_size = sizeof(flux_param),
    .kind = FLUX_INT64,
    .flags = FLUX_PARAM_REQUIRED,
    .name = "high",
    .summary = "The greatest result",
};
static const flux_param* const params[] = {&low, &high};

static const flux_example example = {
    .struct_size = sizeof(flux_example),
    .pipeline = "clamp(0, 10)",
    .input = "-5\n7\n99\n",
    .output = "0\n7\n10\n",
};
static const flux_example* const examples[] = {&example};

static const flux_agent clamp_agent = {
    .struct_size = sizeof(flux_agent),
    .flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE | FLUX_CONCURRENT,
    .result = FLUX_REPLACE,
    .name = "clamp",
    .version = "1.0.0",
    .summary = "Keeps integers between two bounds",
    .input = &bare_integer,
    .output = &bare_integer,
    .params = params,
    .examples = examples,
    .param_count = 2,
    .example_count = 1,
    .create = create,
    .destroy = destroy,
    .process = process,
};
static const flux_agent* const agents[] = {&clamp_agent};

static const flux_plugin plugin = {
    .magic = FLUX_PLUGIN_MAGIC,
    .abi_major = FLUX_ABI_MAJOR,
    .abi_minor = FLUX_TARGET_MINOR,
    .struct_size = sizeof(flux_plugin),
    .name = FLUX_PLUGIN_NAME,
    .version = FLUX_PLUGIN_VERSION,
    .agents = agents,
    .agent_count = 1,
};

const flux_plugin* flux_plugin_entry(void) { return &plugin; }
