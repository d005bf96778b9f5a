#include "lint/source/archive.h"

#include "lint/source/archive_facts.h"
#include "lint/text/path.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace trainlint {

namespace {

class ArchiveTree final : public SourceTree {
 public:
  ArchiveTree(Listing listing, ArchiveFacts facts, std::function<Result<Bytes>(uint32_t)> read)
      : listing_(std::move(listing)), facts_(std::move(facts)), read_(std::move(read)) {}

  const std::vector<SourceFile>& files() const override { return listing_.files; }

  Result<Bytes> read(std::string_view path) const override {
    const SourceFile* file = find(path);
    if (!file) return Error{"no such file"};
    if (!file->problem.empty()) return Error{file->problem};
    uint32_t id = listing_.ids[static_cast<size_t>(file - listing_.files.data())];
    if (file->kind != FileKind::file || id == no_content) return Error{"not a file"};
    return read_(id);
  }

  const ArchiveFacts* archive() const override { return &facts_; }

 private:
  Listing listing_;
  ArchiveFacts facts_;
  std::function<Result<Bytes>(uint32_t)> read_;
};

// The first bytes, or the last ones, of an archive: enough to see what it is.
std::string excerpt(const ArchiveBytes& bytes, bool from_end, size_t count) {
  if (bytes.content) {
    size_t size = std::min(count, bytes.content->size());
    return bytes.content->substr(from_end ? bytes.content->size() - size : 0, size);
  }
  std::ifstream file(bytes.path, std::ios::binary);
  if (from_end) {
    file.seekg(0, std::ios::end);
    auto size = static_cast<std::streamoff>(file.tellg());
    file.seekg(size - std::min(size, static_cast<std::streamoff>(count)));
  }
  std::string text(count, '\0');
  file.read(text.data(), static_cast<std::streamsize>(count));
  text.resize(static_cast<size_t>(file.gcount()));
  return text;
}

// A zip is known by the record at its end, which a comment of up to 64 KiB may follow; anything may
// stand before it. One that was cut off still begins like one.
bool is_zip(const ArchiveBytes& bytes) {
  constexpr size_t end_record = 22 + 65535;
  return excerpt(bytes, false, 4) == std::string_view("PK\3\4") ||
         excerpt(bytes, true, end_record).find("PK\5\6") != std::string::npos;
}

// How many members a zip says to have. libzip holds them all, so that is asked before. The record
// of larger archives (zip64) is in front of the usual one.
uint64_t stated_members(const ArchiveBytes& bytes) {
  constexpr size_t end_records = 56 + 20 + 22 + 65535;
  const std::string end = excerpt(bytes, true, end_records);
  auto number = [&](size_t at, size_t size) {
    uint64_t value = 0;
    for (size_t i = size; i-- > 0 && at + i < end.size();)
      value = value << 8 | static_cast<unsigned char>(end[at + i]);
    return value;
  };
  const size_t usual = end.rfind("PK\5\6");
  if (usual == std::string::npos) return 0;
  const uint64_t count = number(usual + 10, 2);
  const size_t large = end.rfind("PK\6\6", usual);
  return large == std::string::npos ? count : std::max(count, number(large + 32, 8));
}

uint64_t little_endian(std::string_view text, size_t at) {
  uint64_t value = 0;
  for (size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(text[at + i]);
  return value;
}

// A zip that unpacks itself has a program in front, which Python's zipfile passes over: offsets
// count from behind it.
ArchiveBytes without_program(const ArchiveBytes& bytes) {
  if (excerpt(bytes, false, 2) == "PK") return bytes;
  constexpr uint64_t largest = uint64_t{64} << 20;  // of what is then held in memory
  const std::string end = excerpt(bytes, true, 22 + 65535);
  const size_t record = end.rfind("PK\5\6");
  const uint64_t size = archive_size(bytes);
  if (record == std::string::npos || end.size() - record < 22 || size > largest) return bytes;
  const uint64_t before = size - end.size() + record;
  const uint64_t counted = little_endian(end, record + 12) + little_endian(end, record + 16);
  if (counted >= before) return bytes;
  const size_t kept = static_cast<size_t>(size - (before - counted));
  return {bytes.name, "", std::make_shared<const std::string>(excerpt(bytes, true, kept))};
}

bool is_tar(const ArchiveBytes& bytes) {
  std::string begin = excerpt(bytes, false, 512);
  return begin.starts_with("\x1F\x8B") || begin.starts_with("BZh") ||
         begin.starts_with(
             "\xFD"
             "7zXZ") ||
         begin.find("ustar", 257) == 257;
}

// A wheel holds NAME-VERSION.dist-info/WHEEL (PEP 427).
bool holds_wheel_file(const Listing& listing) {
  return std::any_of(listing.files.begin(), listing.files.end(), [](const SourceFile& file) {
    size_t slash = file.path.find('/');
    return file.kind == FileKind::file && file.path.ends_with(".dist-info/WHEEL") &&
           slash == file.path.size() - std::string_view("/WHEEL").size();
  });
}

// A gzip whose checksum at the very end is cut off: Python's tarfile has all members before it
// looks there, libarchive gives up. Zeros in its place, which are not compared with anything, let
// both read the same.
Result<StoredArchive> open_cut_gzip(const ArchiveBytes& bytes, Result<StoredArchive> failed) {
  constexpr size_t trailer = 8;
  constexpr uint64_t largest = uint64_t{64} << 20;  // of what is then held in memory
  const uint64_t size = archive_size(bytes);
  if (excerpt(bytes, false, 2) != "\x1F\x8B" || size > largest) return failed;
  std::string whole = excerpt(bytes, false, static_cast<size_t>(size));
  whole.append(trailer, '\0');
  Result<StoredArchive> padded =
      open_tar({bytes.name, "", std::make_shared<const std::string>(std::move(whole))});
  return padded ? std::move(padded) : std::move(failed);
}

// What Python's tarfile and zipfile make of the file is chosen by the ending of its name
// (pip._internal.utils.unpacking): why that fails, or "".
std::string name_fault(const ArchiveBytes& bytes, bool zip) {
  const std::string_view name = bytes.name;
  if (zip) return "";  // found out before endings of tars are looked at
  if (name.ends_with(".zip") || name.ends_with(".whl")) return "a zip";
  const std::string begin = excerpt(bytes, false, 6);
  if ((name.ends_with(".tar.gz") || name.ends_with(".tgz")) && !begin.starts_with("\x1F\x8B"))
    return "packed by gzip";
  if ((name.ends_with(".tar.bz2") || name.ends_with(".tbz")) && !begin.starts_with("BZh"))
    return "packed by bzip2";
  return "";
}

// Whether every name begins with "./": pip takes off that one folder and no other.
bool is_dotted(const std::vector<StoredMember>& members) {
  return !members.empty() &&
         std::all_of(members.begin(), members.end(), [](const StoredMember& member) {
           return member.name == "." || member.name.starts_with("./");
         });
}

}  // namespace

uint64_t archive_size(const ArchiveBytes& bytes) {
  if (bytes.content) return bytes.content->size();
  std::error_code error;
  const uint64_t size = std::filesystem::file_size(bytes.path, error);
  return error ? 0 : size;
}

std::string total_problem(uint64_t total, uint64_t packed) {
  constexpr uint64_t largest_total = uint64_t{4} << 30;
  constexpr uint64_t largest_at_any_ratio = uint64_t{256} << 20;
  constexpr uint64_t largest_ratio = 200;
  if (total > largest_total) return "its members add up to more than 4 GiB";
  if (total > largest_at_any_ratio && total / largest_ratio > packed)
    return fmt::format("its members add up to more than {} times its size", largest_ratio);
  return "";
}

uint64_t sum_of_sizes(uint64_t a, uint64_t b) {
  return b > UINT64_MAX - a ? UINT64_MAX : a + b;
}

Result<OpenTree> open_archive(const ArchiveBytes& bytes) {
  if (excerpt(bytes, false, 1).empty())
    return Error{fmt::format("'{}' is empty, so it is no archive", bytes.name)};
  // What is in front of a tar's or a zip's magic decides; old tars have none and are just tried.
  bool tar = is_tar(bytes);
  bool zip = !tar && is_zip(bytes);
  if (zip && stated_members(bytes) > most_archive_members)
    return Error{fmt::format("the archive '{}' cannot be read: it holds more than {} members",
                             bytes.name, most_archive_members)};
  Result<StoredArchive> stored = zip ? open_zip(without_program(bytes)) : open_tar(bytes);
  if (!stored && !zip) stored = open_cut_gzip(bytes, std::move(stored));
  if (!stored && !zip && !tar)
    return Error{
        fmt::format("'{}' is no archive (tar, tar.gz, tar.bz2, tar.xz, zip or wheel)", bytes.name)};
  if (!stored)
    return Error{fmt::format("the archive '{}' cannot be read: {}", bytes.name, stored.error())};
  ArchiveFacts facts;
  facts.name = file_name(bytes.name);
  facts.path = bytes.path;
  facts.is_zip = zip;
  facts.faults = faults_of(stored->members);
  facts.not_as_named = name_fault(bytes, zip);
  const bool dotted = is_dotted(stored->members);
  Result<Listing> listing = list_members(std::move(stored->members));
  if (!listing)
    return Error{fmt::format("the archive '{}' cannot be read: {}", bytes.name, listing.error())};
  bool wheel = zip && (holds_wheel_file(*listing) || bytes.name.ends_with(".whl"));
  if (!wheel) facts.top = strip_top_folder(*listing);
  if (!wheel) facts.build_file = nearest_build_file(listing->files);
  if (dotted && !facts.top.empty() && !facts.build_file.empty())
    facts.build_file = join_path(facts.top, facts.build_file);
  OpenTree opened;
  opened.kind = wheel ? TreeKind::wheel : TreeKind::sdist;
  opened.tree =
      std::make_unique<ArchiveTree>(std::move(*listing), std::move(facts), std::move(stored->read));
  return opened;
}

Result<OpenTree> open_archive(std::string name, Bytes content) {
  return open_archive(ArchiveBytes{std::move(name), "", std::move(content)});
}

}  // namespace trainlint
