#include "spec/json_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "spec/json_text.hpp"
#include "spec/wide_json.hpp"

namespace flux::spec {

namespace {

std::string hint_for(char found, char separator) {
  if (separator == ',' && (found == '}' || found == ']')) return "leave out the ',' before it";
  if (found == '/' || found == '#') return "JSON has no comments: leave it out";
  if (found == '\'') return "strings stand in double quotes";
  return "look for a ',' or a '\"' that is missing before it, or leave it out";
}

// Builds the tree from the calls of nlohmann's parser. They carry no places, so it
// follows along in the text: each call is about the next token. What it steps over
// has been checked by the parser, so finding the token's end needs no second look.
class TreeBuilder final : public WideJson::json_sax_t {
 public:
  explicit TreeBuilder(const TextFile& file) : file_(file), text_(file.text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  JsonNode take() { return std::move(root_); }

  bool null() override { return add(JsonNode::Kind::null); }
  bool boolean(bool) override { return add(JsonNode::Kind::boolean); }
  bool number_integer(number_integer_t) override { return add(JsonNode::Kind::number); }
  bool number_unsigned(number_unsigned_t) override { return add(JsonNode::Kind::number); }
  bool number_float(number_float_t, const string_t&) override { return add(JsonNode::Kind::number); }
  bool binary(binary_t&) override { return false; }  // JSON text has none

  bool string(string_t& content) override {
    add(JsonNode::Kind::string);
    last_added_->text = content;
    return true;
  }

  bool key(string_t& name) override {
    key_ = name;
    key_span_ = take_token();
    const JsonNode& object = *open_.back();
    if (object.member(name) != nullptr)
      throw file_.error(key_span_, fmt::format("key '{}' is given twice", printable(name)),
                        "keep the one you mean");
    return true;
  }

  bool start_object(std::size_t) override { return open(JsonNode::Kind::object); }
  bool start_array(std::size_t) override { return open(JsonNode::Kind::list); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t read, const std::string&, const nlohmann::detail::exception& reason) override;

 private:
  void skip_space();
  std::size_t token_end() const;
  Span take_token();
  bool add(JsonNode::Kind kind);
  bool open(JsonNode::Kind kind);
  bool close();

  const TextFile& file_;
  std::string_view text_;
  Span last_;           // the last token
  std::size_t at_ = 0;  // behind the last token
  JsonNode root_;
  // Open lists and objects, innermost last. They stay where they are while they are
  // open: a parent gets its next item only once this one is closed.
  std::vector<JsonNode*> open_;
  JsonNode* last_added_ = nullptr;
  std::string key_;
  Span key_span_;
};

void TreeBuilder::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

// REQUIRES: a token begins at at_, and at_ is not the end.
std::size_t TreeBuilder::token_end() const {
  const std::string_view rest = text_.substr(at_);
  if (rest[0] == '"') return at_ + quoted_size(rest).value_or(rest.size());
  const auto is_word = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '+' || c == '-';
  };
  const auto size = std::find_if_not(rest.begin(), rest.end(), is_word) - rest.begin();
  return at_ + std::max<std::size_t>(1, static_cast<std::size_t>(size));
}

Span TreeBuilder::take_token() {
  skip_space();
  if (text_[at_] == ',' || text_[at_] == ':') ++at_;
  skip_space();
  last_ = {at_, token_end()};
  at_ = last_.end;
  return last_;
}

bool TreeBuilder::add(JsonNode::Kind kind) {
  JsonNode node;
  node.kind = kind;
  node.span = take_token();
  node.text = text_.substr(node.span.begin, node.span.end - node.span.begin);
  if (open_.empty()) {
    root_ = std::move(node);
    last_added_ = &root_;
    return true;
  }
  if (open_.back()->kind == JsonNode::Kind::object) {
    node.key = std::move(key_);
    node.key_span = key_span_;
  }
  last_added_ = &open_.back()->items.emplace_back(std::move(node));
  return true;
}

bool TreeBuilder::open(JsonNode::Kind kind) {
  add(kind);
  last_added_->text.clear();
  if (open_.size() >= kMaxNesting)
    throw file_.error(last_added_->span, fmt::format("values nested deeper than {}", kMaxNesting),
                      "a config file is flatter than that: check the brackets");
  open_.push_back(last_added_);
  return true;
}

bool TreeBuilder::close() {
  open_.back()->span.end = take_token().end;
  open_.pop_back();
  return true;
}

// `read` is how many bytes the parser has seen, the first wrong one among them.
bool TreeBuilder::parse_error(std::size_t read, const std::string&,
                              const nlohmann::detail::exception& reason) {
  constexpr int kOutOfRange = 406;
  if (read <= at_ && at_ > 0) at_ = last_.begin;  // 01, which is two numbers to the parser
  skip_space();
  const std::string_view separators = ",:";
  char separator = '\0';  // that the parser still agreed with
  if (at_ + 1 < read && at_ < text_.size() && separators.find(text_[at_]) != separators.npos)
    separator = text_[at_++];
  skip_space();
  if (at_ == text_.size())
    throw file_.error(
        {at_, at_}, "not JSON: the file ends too early",
        open_.empty() ? "write one object: {\"pipeline\": \"...\"}" : "close what is still open");
  const Span found{at_, token_end()};
  const std::string_view token = text_.substr(found.begin, found.end - found.begin);
  const std::string word = printable(token, 40);
  if (reason.id == kOutOfRange)
    throw file_.error(found, fmt::format("number {} is out of range", word), "write a smaller number");
  if (token.starts_with('"') && (token.find('\n') != token.npos || quoted_size(token) != token.size()))
    throw file_.error(found, "not JSON: unclosed string", "add the '\"' that ends it, on the same line");
  if (token.starts_with('"') && !unquote(token))
    throw file_.error(found, "not JSON: broken string", "a backslash is written \\\\, a tab \\t");
  throw file_.error(found, fmt::format("not JSON: unexpected '{}'", word), hint_for(token[0], separator));
}

}  // namespace

const JsonNode* JsonNode::member(std::string_view name) const {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const JsonNode& item) { return item.key == name; });
  return kind == Kind::object && found != items.end() ? &*found : nullptr;
}

std::string_view name_of(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::null:
      return "null";
    case JsonNode::Kind::boolean:
      return "a bool";
    case JsonNode::Kind::number:
      return "a number";
    case JsonNode::Kind::string:
      return "a string";
    case JsonNode::Kind::list:
      return "a list";
    case JsonNode::Kind::object:
      return "an object";
  }
  return "?";
}

JsonNode read_json(const TextFile& file) {
  const std::size_t bad = std::min(valid_utf8_size(file.text), file.text.find('\0'));
  if (bad < file.text.size())
    throw file.error({bad, bad + 1}, "not JSON: not valid UTF-8 text", "save the file in UTF-8");
  TreeBuilder builder(file);
  WideJson::sax_parse(file.text, &builder);
  return builder.take();
}

}  // namespace flux::spec
