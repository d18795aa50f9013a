// Objects within objects, made members of one.
#include <array>
#include <cstddef>
#include <flux/agent.hpp>
#include <flux/json_reader.hpp>
#include <flux/json_writer.hpp>
#include <flux/message.hpp>
#include <string>
#include <string_view>
#include <tuple>

namespace {

// Every member's name holds those of all objects around it, so that a deep event can
// make an endless one.
constexpr std::size_t kMostText = 64 << 20;

constexpr std::string_view kWhiteSpace = " \t\r\n";

bool is_empty(flux::Json object) { return object.text[object.text.find_first_not_of(kWhiteSpace, 1)] == '}'; }

// All bytes stay but the braces of objects within, and the names that change.
class Flattener {
 public:
  explicit Flattener(std::string_view separator) : separator_(separator) {}

  std::string flat(flux::Json event) {
    const std::string_view text = event.text;
    const std::size_t first_key = text.find_first_not_of(kWhiteSpace, 1);
    const std::size_t last = text.find_last_not_of(kWhiteSpace, text.size() - 2);
    out_.reserve(text.size() + text.size() / 4);
    out_ = '{';
    add(event, text.substr(1, first_key - 1));
    out_ += text.substr(last + 1);
    return std::move(out_);
  }

 private:
  // `way`: what stands before the object's first member, now that it has no brace.
  void add(flux::Json object, std::string_view way) {
    const char* last_end = nullptr;
    flux::each_member(object, [&](flux::Json name, flux::Json value) {
      if (last_end != nullptr) way = between(last_end, name.text.data());
      last_end = value.text.data() + value.text.size();
      const std::size_t outer = name_.size();
      name_ += name.text.substr(1, name.text.size() - 2);
      if (flux::is_object(value) && !is_empty(value)) {
        name_ += separator_;
        add(value, way);
      } else {
        const char* quote = name.text.data() + name.text.size() - 1;
        out_ += way;
        out_ += '"';
        out_ += name_;
        out_ += between(quote, last_end);
        if (out_.size() > kMostText) throw flux::Refused("the flat event has more than 64 MiB");
      }
      name_.resize(outer);
    });
  }

  static std::string_view between(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  std::string_view separator_;  // as in a JSON string, as is name_
  std::string name_;
  std::string out_;
};

class Flatten {
 public:
  struct Config {
    std::string separator = ".";
  };
  static constexpr auto params =
      std::tuple{flux::param("separator", &Config::separator, "What stands between the names")};
  static constexpr auto examples = std::array{
      flux::example("flatten", "{\"a\": 1.10, \"b\": {\"c\": 2, \"d\": {\"e\": [{\"f\": 3}]}}, \"g\": {}}\n",
                    "{\"a\": 1.10, \"b.c\": 2, \"b.d.e\": [{\"f\": 3}], \"g\": {}}\n"),
      flux::example("flatten(\"_\")", "{\"b\":{\"c\":2}}\n", "{\"b_c\":2}\n")};

  explicit Flatten(const Config& config) {
    flux::JsonWriter json;
    json.value(config.separator);
    separator_ = json.text().substr(1, json.text().size() - 2);
  }

  flux::JsonText invoke(flux::Json event) const {
    if (!flux::is_object(event)) throw flux::Refused("wants an object, found " + flux::shown(event));
    if (is_empty(event)) return {std::string(event.text)};
    return {Flattener(separator_).flat(event)};
  }

 private:
  std::string separator_;
};
FLUX_AGENT(Flatten, "flatten", "Makes members of objects within objects members of the event (a.b)",
           FLUX_PURE | FLUX_CONCURRENT | FLUX_VERBATIM);

}  // namespace
