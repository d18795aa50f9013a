/* Loads, and then its agents break the rules for results, one each, when they see the
 * integer 3; until then they give back each integer as it is. */
#include <stdint.h>

#include "healthy.h"

/* The row that holds a 3; rows if none does. */
static size_t row_of_3(const flux_batch* in) {
  const int64_t* values = in->columns[0].data;
  size_t row = 0;
  while (row < in->rows && values[row] != 3) ++row;
  return row;
}

static flux_status too_many(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  if (row_of_3(in) != in->rows) out->rows = SIZE_MAX;
  return status;
}

static flux_status too_few(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  if (row_of_3(in) != in->rows) out->rows = in->rows - 1;
  return status;
}

static flux_status done_too_much(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  copy_integers(self, in, out, err);
  if (row_of_3(in) == in->rows) return FLUX_OK;
  out->consumed = in->rows + 1;
  return FLUX_MORE;
}

static flux_status fails_no_row(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  /* The lower 32 bits of it are those of a row that there is. */
  if (row_of_3(in) != in->rows) out->fail(out, (size_t)1 << 32, FLUX_REFUSED, text("no"));
  return status;
}

static flux_status fails_with_null(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  if (row_of_3(in) != in->rows) out->fail(out, 0, FLUX_REFUSED, (flux_str){NULL, 17});
  return status;
}

static flux_status no_status(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  return row_of_3(in) != in->rows ? (flux_status)7 : status;
}

static flux_status again(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  return row_of_3(in) != in->rows ? FLUX_AGAIN : status;
}

static flux_status own_array(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  static int64_t own[1 << 16];
  const flux_status status = copy_integers(self, in, out, err);
  if (row_of_3(in) != in->rows) out->columns[0].data = own;
  return status;
}

static flux_status own_capacity(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  if (row_of_3(in) != in->rows) out->capacity = SIZE_MAX;
  return status;
}

static flux_status beyond_rows(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  const flux_status status = copy_integers(self, in, out, err);
  if (row_of_3(in) != in->rows) ((int64_t*)out->columns[0].data)[in->rows] = 3;
  return status;
}

/* It knows that something went wrong, but not what. */
static flux_status beyond_rows_and_fails(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  beyond_rows(self, in, out, err);
  if (row_of_3(in) == in->rows) return FLUX_OK;
  err->set(err, text("I do not feel well"));
  return FLUX_FAILED;
}

#define BREAKS_IN(function) \
  { HEALTHY_AGENT, .name = #function, .process = function }

static const flux_agent maps[] = {
    BREAKS_IN(too_many),
    BREAKS_IN(too_few),
    BREAKS_IN(done_too_much),
    BREAKS_IN(fails_no_row),
    BREAKS_IN(fails_with_null),
    BREAKS_IN(no_status),
    BREAKS_IN(again),
    BREAKS_IN(own_array),
    BREAKS_IN(own_capacity),
    BREAKS_IN(beyond_rows),
    BREAKS_IN(beyond_rows_and_fails),
};

/* Of agents that are no maps: where results come from. */
static flux_status give_back(const flux_batch* in, flux_out* out) {
  const int64_t* values = in->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    ((int64_t*)out->columns[0].data)[row] = values[row];
    out->origin[row] = (uint32_t)row;
  }
  out->rows = in->rows;
  return FLUX_OK;
}

static flux_status origin_out_of_range(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_back(in, out);
  if (row_of_3(in) != in->rows) out->origin[row_of_3(in)] = UINT32_MAX;
  return FLUX_OK;
}

static flux_status origin_unordered(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_back(in, out);
  if (row_of_3(in) != in->rows) out->origin[in->rows - 1] = 0;
  return FLUX_OK;
}

static flux_status beyond_origin(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_back(in, out);
  if (row_of_3(in) != in->rows) out->origin[out->capacity] = 0;
  return FLUX_OK;
}

static flux_status never_done(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_back(in, out);
  if (row_of_3(in) == in->rows) return FLUX_OK;
  out->rows = out->consumed = 0;
  return FLUX_MORE;
}

static const flux_agent filters[] = {
    {HEALTHY_AGENT, .flags = 0, .name = "origin_out_of_range", .process = origin_out_of_range},
    {HEALTHY_AGENT, .flags = 0, .name = "origin_unordered", .process = origin_unordered},
    {HEALTHY_AGENT, .flags = 0, .name = "beyond_origin", .process = beyond_origin},
    {HEALTHY_AGENT, .flags = 0, .name = "never_done", .process = never_done},
};

/* Text, in a record: {"s": …}, where s may be missing. */
static const flux_str s_name[] = {FLUX_TEXT("s")};
static const flux_field s_field = {.struct_size = sizeof(flux_field),
                                   .kind = FLUX_STRING,
                                   .flags = FLUX_FIELD_OPTIONAL,
                                   .path = {s_name, 1}};
static const flux_field* const s_fields[] = {&s_field};
static const flux_type s_record = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = s_fields};

/* The decimal digit of each integer. */
static void give_digits(const flux_batch* in, flux_out* out) {
  const int64_t* values = in->columns[0].data;
  for (size_t row = 0; row < in->rows; ++row) {
    char* bytes = out->text(out, 1);
    *bytes = (char)('0' + values[row] % 10);
    ((flux_str*)out->columns[0].data)[row] = (flux_str){bytes, 1};
    out->columns[0].present[row] = FLUX_PRESENT;
  }
  out->rows = in->rows;
}

static flux_status null_text(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_digits(in, out);
  const size_t row = row_of_3(in);
  if (row != in->rows) ((flux_str*)out->columns[0].data)[row] = (flux_str){NULL, 5};
  return FLUX_OK;
}

static flux_status endless_text(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_digits(in, out);
  const size_t row = row_of_3(in);
  if (row != in->rows) ((flux_str*)out->columns[0].data)[row].size = SIZE_MAX;
  return FLUX_OK;
}

/* The pointer is garbage, and nobody can tell before it is followed. */
static flux_status text_nowhere(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_digits(in, out);
  const size_t row = row_of_3(in);
  if (row != in->rows) ((flux_str*)out->columns[0].data)[row].data = (const char*)(uintptr_t)64;
  return FLUX_OK;
}

static flux_status beyond_text(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_digits(in, out);
  const size_t row = row_of_3(in);
  if (row != in->rows) ((char*)((flux_str*)out->columns[0].data)[row].data)[1] = '\0';
  return FLUX_OK;
}

static flux_status beyond_present(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_digits(in, out);
  if (row_of_3(in) != in->rows) out->columns[0].present[in->rows] = FLUX_PRESENT;
  return FLUX_OK;
}

static flux_status half_present(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  give_digits(in, out);
  const size_t row = row_of_3(in);
  if (row != in->rows) out->columns[0].present[row] = 77;
  return FLUX_OK;
}

/* There is no such room, and flux must say so. */
static flux_status asks_for_all(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self;
  give_digits(in, out);
  if (row_of_3(in) == in->rows) return FLUX_OK;
  const int has_room = out->text(out, SIZE_MAX) != NULL || out->text(out, SIZE_MAX - 7) != NULL;
  err->set(err, text(has_room ? "there was room" : "there was no room"));
  return FLUX_FAILED;
}

static const flux_agent texts[] = {
    {HEALTHY_AGENT, .name = "null_text", .output = &s_record, .process = null_text},
    {HEALTHY_AGENT, .name = "endless_text", .output = &s_record, .process = endless_text},
    {HEALTHY_AGENT, .name = "text_nowhere", .output = &s_record, .process = text_nowhere},
    {HEALTHY_AGENT, .name = "beyond_text", .output = &s_record, .process = beyond_text},
    {HEALTHY_AGENT, .name = "beyond_present", .output = &s_record, .process = beyond_present},
    {HEALTHY_AGENT, .name = "half_present", .output = &s_record, .process = half_present},
    {HEALTHY_AGENT, .name = "asks_for_all", .output = &s_record, .process = asks_for_all},
};

/* Bools. */
static const flux_field yes_or_no = {.struct_size = sizeof(flux_field), .kind = FLUX_BOOL};
static const flux_field* const bools[] = {&yes_or_no};
static const flux_type bare_bool = {.struct_size = sizeof(flux_type), .field_count = 1, .fields = bools};

static flux_status half_true(void* self, const flux_batch* in, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  memset(out->columns[0].data, 1, in->rows);
  if (row_of_3(in) != in->rows) ((uint8_t*)out->columns[0].data)[row_of_3(in)] = 77;
  out->rows = in->rows;
  return FLUX_OK;
}

/* At the end. */
static flux_status finish_never_done(void* self, flux_out* out, flux_error* err) {
  (void)self, (void)out, (void)err;
  return FLUX_MORE;
}

static flux_status finish_too_many(void* self, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  out->rows = out->capacity + 1;
  return FLUX_OK;
}

static flux_status finish_beyond_rows(void* self, flux_out* out, flux_error* err) {
  (void)self, (void)err;
  ((int64_t*)out->columns[0].data)[out->capacity] = 3;
  return FLUX_OK;
}

static const flux_agent others[] = {
    {HEALTHY_AGENT, .name = "half_true", .output = &bare_bool, .process = half_true},
    {HEALTHY_AGENT, .name = "finish_never_done", .finish = finish_never_done},
    {HEALTHY_AGENT, .name = "finish_too_many", .finish = finish_too_many},
    {HEALTHY_AGENT, .name = "finish_beyond_rows", .finish = finish_beyond_rows},
};

static const flux_agent* const agents[] = {
    &maps[0],    &maps[1],   &maps[2],   &maps[3],   &maps[4],    &maps[5],    &maps[6],
    &maps[7],    &maps[8],   &maps[9],   &maps[10],  &filters[0], &filters[1], &filters[2],
    &filters[3], &texts[0],  &texts[1],  &texts[2],  &texts[3],   &texts[4],   &texts[5],
    &texts[6],   &others[0], &others[1], &others[2], &others[3],
};
static const flux_plugin plugin = {PLAIN_PLUGIN};
ENTRY_RETURNS(&plugin)
