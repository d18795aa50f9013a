/* @name@: any number of results for each event. */
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

/* Results stand in the order of their events, and origin says whose each one is. Where
 * there is no room for the next word, the cursor says how far in its text we are. */
static flux_status process(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self;
  (void)err;
  static const flux_str too_long = FLUX_TEXT("a word is too long");
  const flux_str* from = in->columns[0].data;
  flux_str* to = out->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    const flux_str text = from[row];
    for (size_t at = row == 0 ? in->cursor : 0; at < text.size;) {
      size_t end = at;
      while (end < text.size && text.data[end] != ' ') ++end;
      if (end == at) {
        ++at;
        continue;
      }
      char* word = out->rows < out->capacity ? out->text(out, end - at) : NULL;
      if (word == NULL && out->rows == 0) {
        out->fail(out, row, FLUX_REFUSED, too_long);
        break;
      }
      if (word == NULL) {
        out->consumed = row;
        out->cursor = at;
        return FLUX_MORE;
      }
      memcpy(word, text.data + at, end - at);
      to[out->rows].data = word;
      to[out->rows].size = end - at;
      out->origin[out->rows++] = (uint32_t)row;
      at = end;
    }
  }
  return FLUX_OK;
}

static const flux_field text = {.struct_size = sizeof(flux_field), .kind = FLUX_STRING};
static const flux_field* const fields[] = {&text};
static const flux_type input = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = fields};

static const flux_example example = {
    .struct_size = sizeof(flux_example),
    .pipeline = "@name@",
    .input = "\"to be\"\n",
    .output = "\"to\"\n\"be\"\n",
};
static const flux_example* const examples[] = {&example};

static const flux_agent agent = {
    .struct_size = sizeof(flux_agent),
    .flags = FLUX_STATELESS | FLUX_PURE | FLUX_CONCURRENT,
    .result = FLUX_REPLACE,
    .name = "@name@",
    .version = FLUX_PLUGIN_VERSION,
    .summary = "Splits texts into their words",
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
