/* @name@: one result for each event. */
#include <flux/flux_plugin.h>

/* An agent without state: any address will do for its instances. */
static void* create(const flux_agent* agent, const flux_host* host, const flux_value* values,
                    flux_error* err) {
  (void)host;
  (void)values;
  (void)err;
  return (void*)agent;
}

static void destroy(void* self) { (void)self; }

/* Row i of the output belongs to event i: that is what FLUX_MAP promises. */
static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self;
  (void)err;
  static const flux_str too_long = FLUX_TEXT("the text is too long");
  const flux_str* from = in->columns[0].data;
  flux_str* to = out->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    char* loud = out->text(out, from[row].size);
    if (loud == NULL && row != 0) { /* no more room in this batch: the rest comes again */
      out->rows = out->consumed = row;
      return FLUX_MORE;
    }
    if (loud == NULL) {
      out->fail(out, row, FLUX_REFUSED, too_long); /* this event alone */
      continue;
    }
    for (size_t i = 0; i < from[row].size; ++i) {
      const char c = from[row].data[i];
      loud[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    to[row].data = loud;
    to[row].size = from[row].size;
  }
  out->rows = in->rows;
  return FLUX_OK;
}

static const flux_field text = {.struct_size = sizeof(flux_field), .kind = FLUX_STRING};
static const flux_field* const fields[] = {&text};
static const flux_type input = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = fields};

static const flux_example example = {
    .struct_size = sizeof(flux_example),
    .pipeline = "@name@",
    .input = "\"hello\"\n",
    .output = "\"HELLO\"\n",
};
static const flux_example* const examples[] = {&example};

static const flux_agent agent = {
    .struct_size = sizeof(flux_agent),
    .flags = FLUX_MAP | FLUX_STATELESS | FLUX_PURE | FLUX_CONCURRENT,
    .result = FLUX_REPLACE,
    .name = "@name@",
    .version = FLUX_PLUGIN_VERSION,
    .summary = "Gives texts in capitals",
    .input = &input,
    .output = &input,
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
