// YAML to values, by the events of yaml-cpp's parser, which say where each node begins.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>

#include "lint/launch/job/job_file.h"
#include "lint/launch/job/plain_scalar.h"

namespace trainlint {

namespace {

constexpr size_t largest_job = 256 * 1024;  // bytes
constexpr size_t most_values = 20'000;      // with those that aliases repeat

JobShape shape_of(const std::string& tag, const std::string& text) {
  if (tag == "?" || tag.empty()) return shape_of_plain(text);
  if (tag == "tag:yaml.org,2002:int") return JobShape::integer;
  if (tag == "tag:yaml.org,2002:float") return JobShape::number;
  if (tag == "tag:yaml.org,2002:bool") return JobShape::boolean;
  return JobShape::text;
}

// "${IMAGE}", "{{ image }}", "$IMAGE", "<your bucket>", "[PROJECT]": replaced by something before
// gcloud reads the file.
bool holds_variable(std::string_view text) {
  return text.find('$') != text.npos || text.find("{{") != text.npos ||
         text.find("{%") != text.npos || text.find("%(") != text.npos ||
         (text.starts_with('{') && text.ends_with('}')) ||
         (text.find('<') != text.npos && text.find('>') != text.npos) ||
         (text.starts_with('[') && text.ends_with(']'));
}

class Builder : public YAML::EventHandler {
 public:
  // `skipped` bytes of the text in front of what the parser is given.
  Builder(std::string_view text, size_t skipped) : text_(text), skipped_(skipped) {}

  JobValue take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    JobValue value;
    value.span = scalar_span(mark, "");
    add(std::move(value), anchor);
  }
  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override {
    auto found = anchors_.find(anchor);  // not there while it is being read: it holds itself
    JobValue value = found == anchors_.end() ? JobValue{.known = false} : found->second;
    count_ += size_of(value);
    add(std::move(value), 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    JobValue value;
    value.shape = shape_of(tag, text);
    value.text = text;
    value.span = scalar_span(mark, text);
    value.known = !holds_variable(text);
    add(std::move(value), anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(JobShape::list, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(JobShape::mapping, mark, anchor);
  }
  void OnMapEnd() override {
    merge(open_.back().value);
    close();
  }

 private:
  struct Open {
    JobValue value;
    YAML::anchor_t anchor = 0;
    std::optional<JobValue> key;  // of a mapping, while its value is awaited
  };

  static size_t size_of(const JobValue& value) {
    size_t size = 1;
    for (const JobValue& item : value.items) size += size_of(item);
    for (const JobEntry& entry : value.entries) size += size_of(entry.value);
    return size;
  }

  // A scalar's end is not told: it is where its text ends, or the quote, or the line.
  Span scalar_span(const YAML::Mark& mark, std::string_view text) const {
    size_t begin = std::min(skipped_ + static_cast<size_t>(std::max(mark.pos, 0)), text_.size());
    size_t end = std::min(text_.find_first_of("\r\n", begin), text_.size());
    std::string_view line = text_.substr(begin, end - begin);
    if (line.starts_with(text)) {
      end = begin + text.size();
    } else if (line.starts_with('"') || line.starts_with('\'')) {
      size_t quote = line.find(line.front(), 1);
      if (quote != line.npos) end = begin + quote + 1;
    }
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }

  void open(JobShape shape, const YAML::Mark& mark, YAML::anchor_t anchor) {
    Open opened;
    opened.value.shape = shape;
    opened.value.span = scalar_span(mark, "\n");
    opened.anchor = anchor;
    open_.push_back(std::move(opened));
  }

  void close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    add(std::move(closed.value), closed.anchor);
  }

  void add(JobValue value, YAML::anchor_t anchor) {
    if (++count_ > most_values) throw YAML::Exception(YAML::Mark::null_mark(), "too many values");
    if (anchor != 0) anchors_[anchor] = value;
    if (open_.empty()) {
      root_ = std::move(value);
      return;
    }
    Open& holder = open_.back();
    if (holder.value.shape == JobShape::list) {
      holder.value.items.push_back(std::move(value));
    } else if (!holder.key) {
      holder.key = std::move(value);
    } else {
      // "{{ name }}" without quotes: a mapping for a key, which gcloud's reader refuses.
      if (!holder.key->scalar()) holder.value.known = false;
      add_entry(holder.value, std::move(*holder.key), std::move(value));
      holder.key.reset();
    }
  }

  static void add_entry(JobValue& mapping, JobValue key, JobValue value) {
    for (const JobEntry& entry : mapping.entries)
      if (entry.key == key.text) return;
    mapping.entries.push_back({std::move(key.text), key.span, std::move(value)});
  }

  // "<<: *base": the keys of another mapping, where they are not given here (yaml.org/type/merge).
  static void merge(JobValue& mapping) {
    std::vector<JobEntry> own = std::move(mapping.entries);
    mapping.entries.clear();
    JobValue merged;
    for (JobEntry& entry : own) {
      if (entry.key == "<<")
        merged = std::move(entry.value);
      else
        mapping.entries.push_back(std::move(entry));
    }
    for (const JobValue* part : merged.each())
      for (const JobEntry& entry : part->entries)
        add_entry(mapping, JobValue{.text = entry.key, .span = entry.key_span}, entry.value);
  }

  std::string_view text_;
  size_t skipped_;
  JobValue root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, JobValue> anchors_;
  size_t count_ = 0;
};

}  // namespace

Result<JobValue> read_job_values(std::string_view text) {
  if (text.size() > largest_job) return Error{"larger than a job file can be"};
  // yaml-cpp does not count a byte order mark.
  const size_t skipped = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  try {
    std::istringstream stream{std::string(text.substr(skipped))};
    YAML::Parser parser(stream);
    Builder builder(text, skipped);
    parser.HandleNextDocument(builder);
    return builder.take();
  } catch (const std::exception& error) {
    std::string_view message = error.what();
    return Error{std::string(message.substr(0, message.find('\n')))};
  }
}

}  // namespace trainlint
