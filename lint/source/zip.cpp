#include "lint/source/archive.h"
#include "lint/source/libzip.h"

#include <memory>
#include <mutex>

namespace trainlint {

namespace {

// Nothing is ever written: discarding, unlike closing, cannot touch the file.
struct DiscardZip {
  const Libzip* zip;
  void operator()(zip_t* archive) const noexcept { zip->discard(archive); }
};
struct CloseFile {
  const Libzip* zip;
  void operator()(zip_file_t* file) const noexcept { zip->fclose(file); }
};

struct ZipReader {
  explicit ZipReader(const Libzip& loaded) : zip(loaded), archive(nullptr, DiscardZip{&loaded}) {}

  const Libzip& zip;
  Bytes content;  // what the archive reads from, when it is in memory
  std::unique_ptr<zip_t, DiscardZip> archive;
  std::mutex mutex;
};

std::string message(const Libzip& zip, zip_error_t* error) {
  std::string text = zip.error_strerror(error);
  const bool word = text.size() > 1 && text[1] >= 'a' && text[1] <= 'z';  // and not "CRC"
  if (word && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
  return text;
}

Result<std::shared_ptr<ZipReader>> open_reader(const ArchiveBytes& bytes) {
  const Result<Libzip>& loaded = load_libzip();
  if (!loaded) return Error{loaded.error()};
  const Libzip& zip = *loaded;
  auto reader = std::make_shared<ZipReader>(zip);
  reader->content = bytes.content;
  zip_error_t error;
  zip.error_init(&error);
  zip_source_t* source = bytes.content ? zip.source_buffer_create(bytes.content->data(),
                                                                  bytes.content->size(), 0, &error)
                                       : zip.source_file_create(bytes.path.c_str(), 0, -1, &error);
  if (source) {
    reader->archive.reset(zip.open_from_source(source, ZIP_RDONLY, &error));
    if (!reader->archive) zip.source_free(source);
  }
  Error failure{reader->archive ? "" : message(zip, &error)};
  zip.error_fini(&error);
  if (!reader->archive) return failure;
  return reader;
}

constexpr uint32_t unix_type_mask = 0170000;
constexpr uint32_t unix_link = 0120000;

StoredMember describe_member(const Libzip& zip, zip_t* archive, zip_uint64_t index) {
  StoredMember member;
  member.id = static_cast<uint32_t>(index);
  const char* name = zip.get_name(archive, index, ZIP_FL_ENC_RAW);
  zip_stat_t stat;
  if (!name || zip.stat_index(archive, index, 0, &stat) != 0) {
    member.problem = "a damaged entry";
    member.name = name ? name : "";
    return member;
  }
  member.name = name;
  if (member.name.ends_with('/')) {
    member.kind = FileKind::folder;
    return member;
  }
  member.size = stat.size;
  member.problem = size_problem(stat.size);
  if (stat.encryption_method != ZIP_EM_NONE)
    member.problem = "encrypted";
  else if (!zip.compression_method_supported(stat.comp_method, 0))
    member.problem = "packed by a method that is not supported";
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip.file_get_external_attributes(archive, index, 0, &system, &attributes) == 0 &&
      system == ZIP_OPSYS_UNIX && ((attributes >> 16) & unix_type_mask) == unix_link)
    member.kind = FileKind::link;
  return member;
}

Result<Bytes> read_member(ZipReader& reader, zip_uint64_t index) {
  std::lock_guard lock(reader.mutex);
  const Libzip& zip = reader.zip;
  zip_stat_t stat;
  if (zip.stat_index(reader.archive.get(), index, 0, &stat) != 0)
    return Error{message(zip, zip.get_error(reader.archive.get()))};
  if (std::string problem = size_problem(stat.size); !problem.empty()) return Error{problem};
  std::unique_ptr<zip_file_t, CloseFile> file(zip.fopen_index(reader.archive.get(), index, 0),
                                              CloseFile{&zip});
  if (!file) return Error{message(zip, zip.get_error(reader.archive.get()))};
  // The size is only what the archive says: memory is taken as bytes really arrive.
  std::string content;
  char buffer[1 << 15];
  for (;;) {
    zip_int64_t count = zip.fread(file.get(), buffer, sizeof buffer);
    if (count < 0) return Error{message(zip, zip.file_get_error(file.get()))};
    if (count == 0) break;
    content.append(buffer, static_cast<size_t>(count));
    if (content.size() > largest_file) return Error{size_problem(content.size())};
  }
  if (content.size() != stat.size) return Error{"not as long as the archive says"};
  return Bytes(std::make_shared<const std::string>(std::move(content)));
}

}  // namespace

Result<StoredArchive> open_zip(const ArchiveBytes& bytes) {
  Result<std::shared_ptr<ZipReader>> reader = open_reader(bytes);
  if (!reader) return Error{reader.error()};
  const Libzip& zip = (*reader)->zip;
  zip_t* archive = (*reader)->archive.get();
  zip_int64_t count = zip.get_num_entries(archive, 0);
  StoredArchive stored;
  uint64_t total = 0;
  // One above the limit is enough for the listing to be refused.
  for (zip_int64_t i = 0; i < count && stored.members.size() <= most_archive_members; ++i) {
    stored.members.push_back(describe_member(zip, archive, static_cast<zip_uint64_t>(i)));
    total = sum_of_sizes(total, stored.members.back().size);
  }
  if (std::string problem = total_problem(total, archive_size(bytes)); !problem.empty())
    return Error{std::move(problem)};
  stored.read = [reader = *reader](uint32_t id) { return read_member(*reader, id); };
  // A link's target is its content; it is short, or it is no target.
  for (StoredMember& member : stored.members) {
    if (member.kind != FileKind::link || !member.problem.empty()) continue;
    Result<Bytes> target = member.size > 4096 ? Error{"too long"} : stored.read(member.id);
    if (target)
      member.target = **target;
    else
      member.problem = "a link that leads to nothing readable";
  }
  return stored;
}

}  // namespace trainlint
