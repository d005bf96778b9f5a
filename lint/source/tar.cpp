#include "lint/source/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <clocale>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#if __has_include(<xlocale.h>)
#include <xlocale.h>
#endif

// A tar has no table of contents and may be packed as a whole: a member is found by reading all
// that stands before it. So texts are kept while they go by, the most recent ones up to a limit,
// and a reader stays where it is: reading members in about their order passes an archive once.

namespace trainlint {

namespace {

constexpr uint64_t largest_kept = uint64_t{1} << 20;  // bytes of a text that is kept in passing
constexpr uint64_t most_kept = uint64_t{16} << 20;
constexpr size_t block_size = 1 << 16;

// libarchive turns the UTF-8 names of pax headers into the locale's encoding, and in the "C"
// locale loses them. The locale of this thread alone is changed, and only while it works.
class Utf8Locale {
 public:
#ifdef LC_CTYPE_MASK
  Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (!locale_) locale_ = newlocale(LC_CTYPE_MASK, "en_US.UTF-8", nullptr);
    if (locale_) before_ = uselocale(locale_);
  }
  ~Utf8Locale() {
    if (!locale_) return;
    uselocale(before_);
    freelocale(locale_);
  }

 private:
  locale_t locale_;
  locale_t before_{};
#else
  Utf8Locale() = default;
  ~Utf8Locale() = default;

 public:
#endif
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;
};

struct FreeArchive {
  void operator()(archive* reader) const noexcept { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, FreeArchive>;

std::string message(archive* reader) {
  const char* text = archive_error_string(reader);
  std::string reason = text ? text : "damaged";
  // So liblzma calls input that ends early.
  if (reason.ends_with("No progress is possible")) return "truncated xz input";
  if (reason[0] >= 'A' && reason[0] <= 'Z') reason[0] = static_cast<char>(reason[0] + 32);
  return reason;
}

Result<Reader> open_reader(const ArchiveBytes& bytes) {
  Reader reader(archive_read_new());
  if (!reader) return Error{"out of memory"};
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_format_tar(reader.get());
  int status =
      bytes.content
          ? archive_read_open_memory(reader.get(), bytes.content->data(), bytes.content->size())
          : archive_read_open_filename(reader.get(), bytes.path.c_str(), block_size);
  if (status != ARCHIVE_OK) return Error{message(reader.get())};
  return reader;
}

StoredMember describe_member(archive_entry* entry, uint32_t id) {
  StoredMember member;
  member.id = id;
  const char* name = archive_entry_pathname(entry);
  if (!name) name = archive_entry_pathname_utf8(entry);
  member.name = name ? name : "";
  if (const char* target = archive_entry_hardlink(entry)) {
    member.hard_link = true;
    member.target = target;
    return member;
  }
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
      member.size = static_cast<uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
      member.problem = size_problem(member.size);
      break;
    case AE_IFDIR:
      member.kind = FileKind::folder;
      break;
    case AE_IFLNK:
      member.kind = FileKind::link;
      if (const char* target = archive_entry_symlink(entry)) member.target = target;
      break;
    default:
      member.kind = FileKind::other;
      member.problem = "neither a file nor a folder";
  }
  return member;
}

bool is_text(std::string_view name) {
  static constexpr std::string_view endings[] = {
      ".py",      ".pyi",     ".cfg",  ".toml",  ".txt",       ".in",     ".ini",
      ".json",    ".yaml",    ".yml",  ".sh",    ".md",        ".rst",    ".ipynb",
      "PKG-INFO", "METADATA", "WHEEL", "RECORD", "Dockerfile", "Makefile"};
  return std::any_of(std::begin(endings), std::end(endings),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

Result<Bytes> read_data(archive* reader, uint64_t size) {
  std::string content;
  char buffer[1 << 15];
  content.reserve(std::min<uint64_t>(size, largest_kept));
  for (;;) {
    la_ssize_t count = archive_read_data(reader, buffer, sizeof buffer);
    if (count == ARCHIVE_RETRY) continue;
    if (count < 0) return Error{message(reader)};
    if (count == 0) break;
    content.append(buffer, static_cast<size_t>(count));
    if (content.size() > largest_file) return Error{size_problem(content.size())};
  }
  return Bytes(std::make_shared<const std::string>(std::move(content)));
}

// The texts that went by last.
class RecentTexts {
 public:
  Bytes find(uint32_t id) const {
    auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
  }

  void keep(uint32_t id, Bytes text) {
    if (!by_id_.emplace(id, text).second) return;
    held_ += text->size();
    order_.push_back(id);
    while (held_ > most_kept) {
      auto oldest = by_id_.find(order_.front());
      held_ -= oldest->second->size();
      by_id_.erase(oldest);
      order_.pop_front();
    }
  }

 private:
  std::unordered_map<uint32_t, Bytes> by_id_;
  std::list<uint32_t> order_;
  uint64_t held_ = 0;
};

class TarReader {
 public:
  explicit TarReader(ArchiveBytes bytes) : bytes_(std::move(bytes)) {}

  Result<std::vector<StoredMember>> list() {
    Utf8Locale locale;
    if (Result<bool> started = restart(); !started) return Error{started.error()};
    std::vector<StoredMember> members;
    const uint64_t packed_size = archive_size(bytes_);
    uint64_t total = 0;
    for (;;) {
      Result<archive_entry*> entry = next();
      if (!entry) return Error{entry.error()};
      if (!*entry) return members;
      // The filters in use, the one that does nothing among them.
      if (archive_filter_count(reader_.get()) > 2)
        return Error{"it is compressed twice, which pip does not unpack"};
      members.push_back(describe_member(*entry, next_ - 1));
      total = sum_of_sizes(total, members.back().size);
      if (std::string problem = total_problem(total, packed_size); !problem.empty())
        return Error{std::move(problem)};
      if (members.size() > most_archive_members) return members;
      if (Result<Bytes> kept = keep_text(*entry); !kept) return Error{kept.error()};
    }
  }

  Result<Bytes> read(uint32_t id) {
    std::lock_guard lock(mutex_);
    if (Bytes kept = recent_.find(id)) return kept;
    Utf8Locale locale;
    if (!reader_ || next_ > id)
      if (Result<bool> started = restart(); !started) return Error{started.error()};
    for (;;) {
      Result<archive_entry*> entry = next();
      if (!entry) return Error{entry.error()};
      if (!*entry) return Error{"the archive has changed"};
      if (next_ - 1 == id)
        return read_data(reader_.get(), static_cast<uint64_t>(archive_entry_size(*entry)));
      if (Result<Bytes> kept = keep_text(*entry); !kept) return kept;
    }
  }

 private:
  Result<bool> restart() {
    Result<Reader> reader = open_reader(bytes_);
    if (!reader) return Error{reader.error()};
    reader_ = std::move(*reader);
    next_ = 0;
    return true;
  }

  // The next member's header; null at the end. Warnings (a time or an owner that cannot be
  // represented) do not matter here.
  Result<archive_entry*> next() {
    archive_entry* entry = nullptr;
    int status = ARCHIVE_RETRY;
    while (status == ARCHIVE_RETRY) status = archive_read_next_header(reader_.get(), &entry);
    if (status == ARCHIVE_EOF) return static_cast<archive_entry*>(nullptr);
    if (status < ARCHIVE_WARN) {
      Error failure{message(reader_.get())};
      reader_.reset();
      return failure;
    }
    ++next_;
    return entry;
  }

  // Null when the member is no text to keep.
  Result<Bytes> keep_text(archive_entry* entry) {
    auto size = static_cast<uint64_t>(archive_entry_size(entry));
    const char* name = archive_entry_pathname(entry);
    if (!name || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) ||
        size > largest_kept || !is_text(name))
      return Bytes();
    uint32_t id = next_ - 1;
    if (Bytes kept = recent_.find(id)) return kept;
    Result<Bytes> text = read_data(reader_.get(), size);
    if (text) recent_.keep(id, *text);
    return text;
  }

  ArchiveBytes bytes_;
  std::mutex mutex_;
  Reader reader_;      // stands behind the header of member next_ - 1
  uint32_t next_ = 0;  // how many headers it has read
  RecentTexts recent_;
};

}  // namespace

Result<StoredArchive> open_tar(const ArchiveBytes& bytes) {
  auto reader = std::make_shared<TarReader>(bytes);
  Result<std::vector<StoredMember>> members = reader->list();
  if (!members) return Error{members.error()};
  return StoredArchive{std::move(*members), [reader](uint32_t id) { return reader->read(id); }};
}

}  // namespace trainlint
