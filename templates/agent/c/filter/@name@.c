/* @name@: an event goes on as it is, or not. */
#include <flux/flux_plugin.h>
#include <string.h>

/* An agent without state: any address will do for its instances. */
static void* create(const flux_agent* agent, const flux_host* host, const flux_value* values,
                    flux_error* err) {
  (void)host;
  (void)values;
  (void)err;
  return (void*)agent;
}

static void destroy(void* self) { (void)self; }

/* A select agent has no columns: origin alone says which events go on. */
static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self;
  (void)err;
  const flux_str* level = in->columns[0].data;
  const uint8_t* present = in->columns[0].present; /* NULL: all have one */
  for (size_t row = 0; row < in->rows; ++row) {
    if (present != NULL && !present[row]) continue;
    if (level[row].size != 5 || memcmp(level[row].data, "error", 5) != 0) continue;
    out->origin[out->rows++] = (uint32_t)row;
  }
  return FLUX_OK;
}

/* What is looked at; events may have other members, in any order. */
static const flux_str level_name = FLUX_TEXT("level");
static const flux_field level_field = {
    .struct_size = sizeof(flux_field),
    .kind = FLUX_STRING,
    .flags = FLUX_FIELD_OPTIONAL,
    .path = {&level_name, 1},
};
static const flux_field* const input_fields[] = {&level_field};
static const flux_type input = {
    .struct_size = sizeof(flux_type),
    .field_count = 1,
    .fields = input_fields,
};

static const flux_example example = {
    .struct_size = sizeof(flux_example),
    .pipeline = "@name@",
    .input = "{\"level\":\"error\"}\n{\"level\":\"info\"}\n",
    .output = "{\"level\":\"error\"}\n",
};
static const flux_example* const examples[] = {&example};

static const flux_agent agent = {
    .struct_size = sizeof(flux_agent),
    .flags = FLUX_STATELESS | FLUX_PURE | FLUX_CONCURRENT,
    .result = FLUX_SELECT,
    .name = "@name@",
    .version = FLUX_PLUGIN_VERSION,
    .summary = "Keeps events whose level is error",
    .input = &input,
    .output = NULL,
    .examples = examples,
    .example_count = 1,
    .create = create,
    .destroy = destroy,
    .process = process,
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
