/* @name@: takes events in, and gives what it made of them at the end of the stream. */
#include <flux/flux_plugin.h>
#include <stdlib.h>

/* Not stateless: one instance at a time, in stream order, so no lock is needed. */
typedef struct range {
  int64_t smallest;
  int64_t largest;
  int any;
} range;

static void* create(const flux_agent* agent, const flux_host* host, const flux_value* values,
                    flux_error* err) {
  (void)agent;
  (void)host;
  (void)values;
  static const flux_str no_memory = FLUX_TEXT("out of memory");
  range* self = calloc(1, sizeof *self);
  if (self == NULL) err->set(err, no_memory);
  return self;
}

static void destroy(void* self) { free(self); }

static void add(range* to, int64_t smallest, int64_t largest) {
  if (!to->any || smallest < to->smallest) to->smallest = smallest;
  if (!to->any || largest > to->largest) to->largest = largest;
  to->any = 1;
}

static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)out; /* FLUX_ABSORB: results come at the end */
  (void)err;
  const int64_t* x = in->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) add(self, x[row], x[row]);
  return FLUX_OK;
}

static flux_status finish(void* self, flux_out* out, flux_error* err) {
  (void)err;
  const range* seen = self;
  if (!seen->any) return FLUX_OK;
  ((int64_t*)out->columns[0].data)[0] = seen->smallest;
  ((int64_t*)out->columns[1].data)[0] = seen->largest;
  out->rows = 1;
  return FLUX_OK;
}

/* With it each worker has an instance of its own. */
static flux_status merge(void* self, void* other, flux_error* err) {
  (void)err;
  const range* more = other;
  if (more->any) add(self, more->smallest, more->largest);
  return FLUX_OK;
}

static const flux_field integer = {.struct_size = sizeof(flux_field), .kind = FLUX_INT64};
static const flux_field* const input_fields[] = {&integer};
static const flux_type input = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = input_fields};

static const flux_str smallest_name = FLUX_TEXT("smallest");
static const flux_field smallest_field = {
    .struct_size = sizeof(flux_field),
    .kind = FLUX_INT64,
    .path = {&smallest_name, 1},
};
static const flux_str largest_name = FLUX_TEXT("largest");
static const flux_field largest_field = {
    .struct_size = sizeof(flux_field),
    .kind = FLUX_INT64,
    .path = {&largest_name, 1},
};
static const flux_field* const output_fields[] = {&smallest_field, &largest_field};
static const flux_type output = {
    .struct_size = sizeof(flux_type),
    .field_count = 2,
    .fields = output_fields,
};

static const flux_example example = {
    .struct_size = sizeof(flux_example),
    .pipeline = "@name@",
    .input = "3\n-7\n5\n",
    .output = "{\"smallest\":-7,\"largest\":5}\n",
};
static const flux_example* const examples[] = {&example};

static const flux_agent agent = {
    .struct_size = sizeof(flux_agent),
    .flags = FLUX_ABSORB,
    .result = FLUX_REPLACE,
    .name = "@name@",
    .version = FLUX_PLUGIN_VERSION,
    .summary = "Gives the smallest and the largest integer",
    .input = &input,
    .output = &output,
    .examples = examples,
    .example_count = 1,
    .create = create,
    .destroy = destroy,
    .process = process,
    .finish = finish,
    .merge = merge,
};
static const flux_agent* const agents[] = {&agent};

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
