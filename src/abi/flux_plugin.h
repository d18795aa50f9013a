/* flux_plugin.h - the one boundary between flux and a plugin.
 *
 * Plain C11. A plugin is a shared library that exports ONE function,
 * flux_plugin_entry(), which returns a constant description of the agents that
 * the library holds. flux reads that description before any other plugin code
 * runs.
 *
 * An agent is a typed function over batches of events. flux parses and prints;
 * an agent sees columns: it states which parts of an event it wants, and which
 * it gives. What it gives is one of three kinds:
 *
 *   FLUX_REPLACE  a new value per result (double: 3 -> 6)
 *   FLUX_SELECT   the event itself goes on, or not (has(user))
 *   FLUX_EXTEND   the event itself goes on, some members set, removed, renamed
 *
 * A source is an agent from nothing (FLUX_SOURCE), a sink one to nothing
 * (FLUX_SINK).
 *
 * Rules that hold everywhere below
 *   Memory     Nobody frees what another allocated. What a call is handed lives
 *              until that call returns; descriptors live until the process ends.
 *   Errors     Three ranks, three channels. Set-up and a broken instance:
 *              flux_error. One event: out->fail(). No exception, longjmp or
 *              panic may cross this boundary.
 *   Threads    Each function carries a tag. [loader] the thread that loads
 *              plugins, before any event flows. [serial] any thread, but calls
 *              on one instance never overlap, and each sees what the one before
 *              it wrote. [any] any thread, at any time, concurrently.
 *   Growth     Structs that may grow start with their own size. A reader must
 *              not touch a member beyond that size. Members are only ever added
 *              at the end. flux_str, flux_path, flux_value, flux_item and
 *              flux_column are frozen, and so may stand in arrays; arrays of
 *              anything else are arrays of pointers.
 *   Text       flux_str is UTF-8, not NUL-terminated. const char* is UTF-8,
 *              NUL-terminated, and static.
 */
#ifndef FLUX_PLUGIN_H
#define FLUX_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define FLUX_ABI_MAJOR 1u
/* A plugin runs on every flux of its major from the minor on that it asks for. */
#ifndef FLUX_TARGET_MINOR
#define FLUX_TARGET_MINOR 0u
#endif
#define FLUX_PLUGIN_MAGIC 0x58554C46u /* "FLUX" in memory, little-endian */

#define FLUX_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* ---- values ---------------------------------------------------------------- */

typedef struct flux_str {
  const char *data;
  size_t size;
} flux_str;

/* A flux_str from a string literal, for static descriptors. */
#define FLUX_TEXT(literal) {literal, sizeof(literal) - 1}

/* A way into an object: a.b is {"a", "b"}. Of size 0: the event itself. */
typedef struct flux_path {
  const flux_str *names;
  size_t size;
} flux_path;

typedef enum flux_kind {
  FLUX_INT64 = 1,  /* column of int64_t                                   */
  FLUX_DOUBLE = 2, /* column of double, always finite                     */
  FLUX_BOOL = 3,   /* column of uint8_t, 0 or 1                           */
  FLUX_STRING = 4, /* column of flux_str: the text itself, escapes undone */
  FLUX_JSON = 5,   /* column of flux_str: the JSON text of one value      */
  /* Of parameters only: */
  FLUX_PATH = 6, /* a way to a member, as written: user.name            */
  FLUX_EXPR = 7  /* an expression over the event: one more input column */
} flux_kind;

/* One parameter as given, or its default. */
typedef struct flux_value {
  uint32_t kind;    /* flux_kind of the value or of the list's items; 0: not given, and no default */
  uint32_t is_list; /* 1: as.list */
  union {
    int64_t int64;
    double number;
    uint8_t boolean;
    flux_str str;    /* FLUX_STRING and FLUX_JSON */
    flux_path path;  /* FLUX_PATH */
    uint32_t column; /* FLUX_EXPR: which of the expressions, from 0: their columns stand in
                        this order behind those of the input type's fields */
    struct {
      const struct flux_item *items;
      size_t size;
    } list;
  } as;
} flux_value;

typedef struct flux_item {
  flux_path name; /* of FLUX_PARAM_NAMED: what stands before the '='; else of size 0 */
  flux_value value;
} flux_item;

/* ---- types ----------------------------------------------------------------- */

enum {
  FLUX_FIELD_OPTIONAL = 1u << 0, /* may be missing or null: no difference */
  FLUX_FIELD_KEPT = 1u << 1      /* of a FLUX_EXTEND output: if any field is kept, the event has lost
                                    all members that are not before its row's changes are made */
};

typedef struct flux_field {
  uint32_t struct_size;
  uint32_t kind;  /* FLUX_INT64 .. FLUX_JSON */
  uint32_t flags; /* FLUX_FIELD_* */
  flux_path path; /* which member; of size 0: the event itself */
  flux_path to;   /* of a FLUX_EXTEND output that renames: the new path; else of size 0 */
} flux_field;

/* The type of an event. One field without a path is a bare value (5, "x", any
 * JSON). Fields with paths are a record: flux takes those members out of the
 * object, or makes the object out of them. No field: nothing is wanted. */
typedef struct flux_type {
  uint32_t struct_size;
  uint32_t field_count;
  const flux_field *const *fields;
  const char *name; /* "Event", or NULL; for people */
} flux_type;

/* ---- batches --------------------------------------------------------------- */

typedef struct flux_column { /* column c holds field c of the type */
  const void *data;
  const uint8_t *present; /* 1 per row that has a value; NULL: all have */
} flux_column;

typedef struct flux_batch { /* read-only */
  uint32_t struct_size;
  uint32_t column_count;      /* the input type's fields, then one per expression parameter */
  const flux_column *columns;
  size_t rows;     /* may be 0 */
  uint64_t cursor; /* where row 0 goes on: 0, or what the last call left in out->cursor */
} flux_batch;

typedef struct flux_out_column {
  void *data;
  uint8_t *present; /* see FLUX_ABSENT..; NULL where every row must have a value */
} flux_out_column;

/* What `present` of an output row may say. It starts as all FLUX_ABSENT. */
enum {
  FLUX_ABSENT = 0,  /* replace: an optional member is not there; extend: leave the member as it is */
  FLUX_PRESENT = 1, /* the value in `data`; extend: set the member to it                           */
  FLUX_REMOVED = 2, /* extend only: take the member away                                           */
  FLUX_RENAMED = 3  /* extend only: call the member field.to                                       */
};

typedef enum flux_reason {
  FLUX_REFUSED = 1, /* the agent says no                     */
  FLUX_OVERFLOW = 2 /* a number left the range of its kind   */
} flux_reason;

/* Where results go. flux owns every array; the agent fills rows 0..rows-1.
 *
 *   FLUX_MAP   row i of the output belongs to input row i: set rows = in->rows;
 *              rows that were failed may hold anything.
 *   any other  results in the order of the events they come from; origin[r] is
 *              the input row of result r, and never less than origin[r-1].
 *   SELECT     has no columns: origin alone says which rows go on.
 *   EXTEND     gives one result per event, like FLUX_MAP.
 *
 * No room left: return FLUX_MORE with `consumed` = the input rows that are done;
 * the next call gets the rest. To stop within a row, count it as not consumed
 * and leave in `cursor` (not 0) where to go on; it comes back as row 0 with that
 * cursor. A row of which results have been given cannot fail any more. */
typedef struct flux_out {
  uint32_t struct_size;
  uint32_t column_count;
  flux_out_column *columns;
  uint32_t *origin;
  size_t capacity; /* never less than in->rows */
  size_t rows;     /* set by the agent; starts as 0 */
  size_t consumed; /* set by the agent with FLUX_MORE and FLUX_END; starts as in->rows */
  uint64_t cursor; /* set by the agent with FLUX_MORE; starts as 0 */
  void *ctx;       /* flux's own */
  /* Bytes for text in a result; flux frees them. NULL: no more room in this
   * batch; give the rest with FLUX_MORE, or fail the row if it is the first. */
  char *(*text)(struct flux_out *out, size_t size);
  /* Input row `row` failed, and what it gave is taken back. The batch goes on.
   * The message is copied. */
  void (*fail)(struct flux_out *out, size_t row, flux_reason reason, flux_str message);
  /* May be set by the agent, before it looks at an input row: which one. If it crashes
   * there, flux can say which event that was; else it knows the batch alone. */
  size_t at;
} flux_out;

/* ---- services flux gives --------------------------------------------------- */

typedef enum flux_level {
  FLUX_LEVEL_DEBUG = 0,
  FLUX_LEVEL_INFO = 1,
  FLUX_LEVEL_WARNING = 2,
  FLUX_LEVEL_ERROR = 3
} flux_level;

typedef struct flux_host {
  uint32_t struct_size;
  uint32_t abi_major, abi_minor;
  const char *version; /* of flux: "0.1.0" */
  void *ctx;
  /* [any] One line for people, on stderr. */
  void (*log)(const struct flux_host *host, flux_level level, flux_str message);
  /* [any] A table named like "flux.clock/1", or NULL. */
  const void *(*extension)(const struct flux_host *host, const char *id);
} flux_host;

typedef struct flux_error { /* says why a call failed */
  void *ctx;
  void (*set)(struct flux_error *err, flux_str message); /* copied */
} flux_error;

typedef struct flux_writer { /* takes a snapshot, piece by piece */
  void *ctx;
  int (*write)(struct flux_writer *to, const void *bytes, size_t size); /* 0, or -1: stop */
} flux_writer;

/* What an instance says of itself, where its types depend on its parameters. */
typedef struct flux_ports {
  uint32_t struct_size;
  const flux_type *given;  /* in: what the events will be; NULL: any JSON */
  const flux_type *input;  /* in and out: starts as the agent's; lives as long as the instance */
  const flux_type *output; /* in and out: likewise */
  uint32_t in_order; /* in and out: starts as 0. 1: one instance, serial, in stream order, although
                        the agent's flags or its merge() would allow more */
} flux_ports;

/* ---- agents ---------------------------------------------------------------- */

enum { /* flags of an agent. None: one instance, serial, in stream order. */
  FLUX_MAP = 1u << 0,        /* one result for each event that does not fail             */
  FLUX_STATELESS = 1u << 1,  /* a result depends on its own event only: one instance per
                                worker                                                  */
  FLUX_PURE = 1u << 2,       /* same event, same result; no other effect                 */
  FLUX_CONCURRENT = 1u << 3, /* process() of one instance is [any]                       */
  FLUX_ABSORB = 1u << 4,     /* an event without a result is kept for finish(): absorbed,
                                not filtered                                            */
  FLUX_IDENTITY = 1u << 5,   /* gives back every event as it is: need not be called      */
  FLUX_BLOCKING = 1u << 6,   /* process() may wait for long: give it few rows at a time  */
  FLUX_SOURCE = 1u << 7,     /* from nothing: process() gets no rows                     */
  FLUX_SINK = 1u << 8,       /* to nothing: process() gives no rows                      */
  FLUX_VERBATIM = 1u << 9    /* results are one json value that keeps its white space: text
                                of events, given back. Without it they are made compact  */
};

enum { FLUX_REPLACE = 0, FLUX_SELECT = 1, FLUX_EXTEND = 2 }; /* result kinds */

typedef enum flux_status {
  FLUX_OK = 0,
  FLUX_MORE = 1,   /* call again with the rest                                     */
  FLUX_END = 2,    /* the agent wants, or has, no more: the run drains and exits 0;
                      rows from `consumed` on are unprocessed                      */
  FLUX_AGAIN = 3,  /* a source has nothing just now                                */
  FLUX_FAILED = -1 /* the instance is unusable; flux_error says why                */
} flux_status;

enum { /* flags of a parameter */
  FLUX_PARAM_REQUIRED = 1u << 0,
  FLUX_PARAM_LIST = 1u << 1,  /* [a, b], or one value alone                            */
  FLUX_PARAM_REST = 1u << 2,  /* a list: all positional arguments from here: pick(a, b) */
  FLUX_PARAM_NAMED = 1u << 3  /* a list: all key = value arguments that name no other
                                 parameter: set(a.b = 1, c = 2)                       */
};

typedef struct flux_param {
  uint32_t struct_size;
  uint32_t kind;      /* flux_kind of the value, or of the items */
  uint32_t expr_kind; /* of FLUX_EXPR: the kind of its values */
  uint32_t flags;     /* FLUX_PARAM_* */
  const char *name;   /* [a-z][a-z0-9_]* */
  const char *summary;             /* one line */
  const flux_value *default_value; /* NULL: none */
} flux_param;

typedef struct flux_example { /* shown by `flux agents NAME`, and run by a test */
  uint32_t struct_size;
  const char *pipeline; /* "repeat(2)" */
  const char *input;    /* lines */
  const char *output;   /* lines */
} flux_example;

typedef struct flux_agent {
  uint32_t struct_size;
  uint32_t flags;      /* FLUX_MAP | ... */
  uint32_t result;     /* FLUX_REPLACE, FLUX_SELECT or FLUX_EXTEND */
  uint32_t state_version; /* of what save() writes; 0: nothing to save */
  const char *name;    /* "double": what a pipeline calls it; [a-z][a-z0-9_]* */
  const char *version; /* "1.0.0" */
  const char *summary; /* one line */
  const flux_type *input;
  const flux_type *output; /* of FLUX_SELECT: NULL */
  const flux_param *const *params;
  const flux_example *const *examples;
  uint32_t param_count;
  uint32_t example_count;

  /* [loader] A new instance, or NULL after err->set(). values[i] belongs to
   * params[i], already checked and defaulted, and lives as long as the instance.
   * So does host. */
  void *(*create)(const struct flux_agent *agent, const flux_host *host, const flux_value *values,
                  flux_error *err);
  /* [serial] The last call. */
  void (*destroy)(void *self);
  /* [serial]; [any] with FLUX_CONCURRENT. */
  flux_status (*process)(void *self, const flux_batch *in, flux_out *out, flux_error *err);

  /* The rest may be NULL. */

  /* [loader] After create: the types of this instance. */
  flux_status (*describe)(void *self, flux_ports *ports, flux_error *err);
  /* [serial] The stream ended: give what is still held back. FLUX_MORE: call
   * again with fresh room. `origin` is not read. */
  flux_status (*finish)(void *self, flux_out *out, flux_error *err);
  /* [serial] Takes over all that `other`, an instance with the same parameters,
   * has seen; `other` is only destroyed after this. Makes the agent run one
   * instance per worker: so what finish() gives must not depend on which of them
   * saw which events. */
  flux_status (*merge)(void *self, void *other, flux_error *err);
  /* [any] A stop was asked for: a signal, `flux stop`. Makes a process() that waits
   * return soon, and later ones not wait for long: nothing more is read, and what is in
   * flight goes on. What has no result by then fails; finish() is called as ever. May be
   * called more than once, at any time between create() and destroy(), also after merge(). */
  void (*interrupt)(void *self);
  /* [serial] Between two batches. 0, or -1 after err->set(). */
  int (*save)(void *self, flux_writer *to, flux_error *err);
  int (*restore)(void *self, uint32_t state_version, flux_str from, flux_error *err);
} flux_agent;

typedef struct flux_plugin {
  uint32_t magic; /* these four never move */
  uint32_t abi_major;
  uint32_t abi_minor;
  uint32_t struct_size;
  const char *name;    /* [a-z][a-z0-9_]*: the 'plugin' of 'plugin.agent' */
  const char *version; /* "1.0.0" */
  const char *license; /* SPDX, or NULL */
  const flux_agent *const *agents;
  uint32_t agent_count;
  /* [any] A table named like "flux.docs/1", or NULL. May itself be NULL. */
  const void *(*extension)(const char *id);
} flux_plugin;

/* [loader] The one exported symbol. Returns a constant. */
FLUX_EXPORT const flux_plugin *flux_plugin_entry(void);

/* ---- announcing agents ------------------------------------------------------- */

/* FLUX_ANNOUNCE("mine", "double"); at file scope, for each agent of the library: it
 * need not be loaded then unless a pipeline names one of them, or --plugin names it.
 * What is announced must be what flux_plugin names. FLUX_AGENT of the SDK does this.
 *
 * An ELF note, within the first 8 KiB of the file: owner "flux", type
 * FLUX_NOTE_AGENT, content "plugin.agent" with its NUL. */
#define FLUX_NOTE_AGENT 1u
#define FLUX_ANNOUNCE(plugin, agent)                                                       \
  static const struct {                                                                    \
    uint32_t owner_size, text_size, type;                                                  \
    char owner[8];                                                                         \
    char text[(sizeof(plugin "." agent) + 3) / 4 * 4];                                     \
  } FLUX_DETAIL_JOIN(flux_note_, __LINE__)                                                 \
      __attribute__((section(".note.flux"), used, aligned(4))) = {                         \
          sizeof("flux"), sizeof(plugin "." agent), FLUX_NOTE_AGENT, "flux", plugin "." agent}
#define FLUX_DETAIL_JOIN_(a, b) a##b
#define FLUX_DETAIL_JOIN(a, b) FLUX_DETAIL_JOIN_(a, b)

#ifdef __cplusplus
}
#endif
#endif /* FLUX_PLUGIN_H */
