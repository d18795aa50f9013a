/* @name@: the event goes on with members set; what is not touched keeps its bytes. */
#include <flux/flux_plugin.h>
#include <math.h>

/* An agent without state: any address will do for its instances. */
static void* create(const flux_agent* agent, const flux_host* host, const flux_value* values,
                    flux_error* err) {
  (void)host;
  (void)values;
  (void)err;
  return (void*)agent;
}

static void destroy(void* self) { (void)self; }

/* Columns stand in the order of the fields of the types below. */
static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self;
  (void)err;
  static const flux_str negative = FLUX_TEXT("count is negative");
  static const flux_str too_large = FLUX_TEXT("the total is too large");
  const double* price = in->columns[0].data;
  const int64_t* count = in->columns[1].data;
  double* total = out->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    total[row] = price[row] * (double)count[row];
    if (out->columns[0].present != NULL) out->columns[0].present[row] = FLUX_PRESENT;
    if (count[row] < 0) {
      out->fail(out, row, FLUX_REFUSED, negative); /* this event alone */
    } else if (!isfinite(total[row])) {
      out->fail(out, row, FLUX_OVERFLOW, too_large);
    }
  }
  out->rows = in->rows;
  return FLUX_OK;
}

/* What is read of an event, */
static const flux_str price_name = FLUX_TEXT("price");
static const flux_field price_field = {
    .struct_size = sizeof(flux_field),
    .kind = FLUX_DOUBLE,
    .path = {&price_name, 1},
};
static const flux_str count_name = FLUX_TEXT("count");
static const flux_field count_field = {
    .struct_size = sizeof(flux_field),
    .kind = FLUX_INT64,
    .path = {&count_name, 1},
};
static const flux_field* const input_fields[] = {&price_field, &count_field};
static const flux_type input = {
    .struct_size = sizeof(flux_type),
    .field_count = 2,
    .fields = input_fields,
};
/* and what is set on it. */
static const flux_str total_name = FLUX_TEXT("total");
static const flux_field total_field = {
    .struct_size = sizeof(flux_field),
    .kind = FLUX_DOUBLE,
    .path = {&total_name, 1},
};
static const flux_field* const output_fields[] = {&total_field};
static const flux_type output = {
    .struct_size = sizeof(flux_type),
    .field_count = 1,
    .fields = output_fields,
};

static const flux_example example = {
    .struct_size = sizeof(flux_example),
    .pipeline = "@name@",
    .input = "{\"price\":2.5,\"count\":4}\n",
    .output = "{\"price\":2.5,\"count\":4,\"total\":10.0}\n",
};
static const flux_example* const examples[] = {&example};

static const flux_agent agent = {
    .struct_size = sizeof(flux_agent),
    .flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE | FLUX_CONCURRENT,
    .result = FLUX_EXTEND,
    .name = "@name@",
    .version = FLUX_PLUGIN_VERSION,
    .summary = "Sets total from price and count",
    .input = &input,
    .output = &output,
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
