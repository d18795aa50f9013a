#include "program.hpp"

#include <limits>
#include <stdexcept>

namespace {

jv string_of(std::string_view text) { return jv_string_sized(text.data(), static_cast<int>(text.size())); }

// What an error says: its text, or if it is no string its JSON.
std::string words_of(jv error) {
  const Text text(jv_get_kind(error) == JV_KIND_STRING ? error : jv_dump_string(error, 0));
  return std::string(text.view());
}

// Of what the compiler says the first line: the program follows, and a count.
std::string first_line_of(std::string_view message) {
  constexpr std::string_view kPrefix = "jq: error: ";
  message = message.substr(0, message.find('\n'));
  if (message.starts_with(kPrefix)) message.remove_prefix(kPrefix.size());
  if (message.ends_with(':')) message.remove_suffix(1);
  return std::string(message);
}

// The variables of the program, and $ARGS as the jq command has it.
jv arguments_of(const std::vector<Program::Variable>& variables) {
  jv named = jv_object();
  for (const auto& [name, json] : variables)
    named = jv_object_set(named, string_of(name), jv_parse(json.c_str()));
  jv all = jv_object_set(jv_object(), jv_string("positional"), jv_array());
  all = jv_object_set(all, jv_string("named"), jv_copy(named));
  return jv_object_set(named, jv_string("ARGS"), all);
}

// Where `import` and `include` look, as the jq command has it. Without these
// attributes libjq stumbles over the first import.
void set_places(jq_state* jq) {
  jq_set_attr(jq, jv_string("JQ_LIBRARY_PATH"),
              JV_ARRAY(jv_string("~/.jq"), jv_string("$ORIGIN/../lib/jq"), jv_string("$ORIGIN/../lib")));
  jq_set_attr(jq, jv_string("JQ_ORIGIN"), jv_string("/usr/bin"));
  jq_set_attr(jq, jv_string("PROGRAM_ORIGIN"), jv_string("."));
}

}  // namespace

Program::Program(const std::string& text, const std::vector<Variable>& variables, Debug debug)
    : jq_(jq_init()), parser_(jv_parser_new(0)), debug_(std::move(debug)) {
  jq_set_error_cb(jq_, note_error, this);
  jq_set_debug_cb(jq_, tell_debug, this);
  jq_set_input_cb(jq_, refuse_input, this);
  set_places(jq_);
  if (jq_compile_args(jq_, text.c_str(), arguments_of(variables)) != 0) return;
  jv_parser_free(parser_);
  jq_teardown(&jq_);
  throw std::invalid_argument(message_);
}

Program::~Program() {
  jv_parser_free(parser_);
  jq_teardown(&jq_);
}

void Program::start(std::string_view event) {
  has_asked_for_input_ = false;
  const jv value = parse(event);
  if (!jv_is_valid(value)) return end(value);
  state_ = State::open;
  jq_start(jq_, value, 0);
}

Text Program::next() {
  const jv result = jq_next(jq_);
  if (jv_is_valid(result)) return Text(jv_dump_string(result, 0));
  end(result);
  return Text(jv_string(""));
}

// One parser for all events, which saves its set-up: so each is told to be a piece of
// a stream, and a newline ends what does not end by itself, as a number does.
jv Program::parse(std::string_view event) {
  if (event.size() > std::numeric_limits<int>::max() / 2)
    return jv_invalid_with_msg(jv_string("the event is too long for jq"));
  jv value = jv_invalid();
  for (const std::string_view piece : {event, std::string_view("\n")}) {
    jv_parser_set_buf(parser_, piece.data(), static_cast<int>(piece.size()), 1);
    jv_free(value);
    value = jv_parser_next(parser_);
    if (jv_is_valid(value)) break;
    if (jv_invalid_has_msg(jv_copy(value)) == 0) continue;
    jv_parser_free(parser_);  // in whatever state it is now
    parser_ = jv_parser_new(0);
    break;
  }
  return value;
}

// `last`: what came instead of a result, nothing or an error.
void Program::end(jv last) {
  const bool is_error = jv_invalid_has_msg(jv_copy(last)) != 0;
  state_ = is_error ? State::failed : State::done;
  if (!is_error) {
    jv_free(last);
    if (jq_halted(jq_) != 0) end_halted();
    return;
  }
  message_ = words_of(jv_invalid_get_msg(last));
  if (has_asked_for_input_ && message_ == "break") message_ = "input: there is no other event to be had";
}

void Program::end_halted() {
  state_ = State::halted;
  const jv error = jq_get_error_message(jq_);
  if (!jv_is_valid(error)) return jv_free(error);
  state_ = State::broken;
  message_ = words_of(error);
  if (message_.ends_with('\n')) message_.pop_back();
}

// The compiler says all that it does not like; the first is the one to tell.
void Program::note_error(void* self, jv message) {
  std::string& first = static_cast<Program*>(self)->message_;
  const std::string words = words_of(message);
  if (first.empty()) first = first_line_of(words);
}

void Program::tell_debug(void* self, jv message) {
  static_cast<Program*>(self)->debug_(Text(jv_dump_string(message, 0)).view());
}

// libjq calls this the end of the inputs, by the error "break".
jv Program::refuse_input(jq_state*, void* self) {
  static_cast<Program*>(self)->has_asked_for_input_ = true;
  return jv_invalid();
}
