#include "tests/support/pack.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace trainlint {

namespace {

struct FreeArchive {
  void operator()(archive* writer) const noexcept { archive_write_free(writer); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const noexcept { archive_entry_free(entry); }
};

void require(archive* writer, int status) {
  if (status < ARCHIVE_WARN) throw std::runtime_error(archive_error_string(writer));
}

la_ssize_t append(archive*, void* output, const void* data, size_t size) {
  static_cast<std::string*>(output)->append(static_cast<const char*>(data), size);
  return static_cast<la_ssize_t>(size);
}

void choose(archive* writer, Packing packing) {
  if (packing == Packing::zip) {
    require(writer, archive_write_set_format_zip(writer));
    return;
  }
  require(writer, archive_write_set_format_gnutar(writer));
  if (packing == Packing::tar_gz) require(writer, archive_write_add_filter_gzip(writer));
  if (packing == Packing::tar_bz2) require(writer, archive_write_add_filter_bzip2(writer));
  if (packing == Packing::tar_xz) require(writer, archive_write_add_filter_xz(writer));
}

void write(archive* writer, const PackedMember& member) {
  std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_copy_pathname(entry.get(), member.name.c_str());
  archive_entry_set_perm(entry.get(), member.kind == FileKind::folder ? 0755 : 0644);
  archive_entry_set_mtime(entry.get(), 1'600'000'000, 0);
  if (member.hard_link) {
    archive_entry_copy_hardlink(entry.get(), member.target.c_str());
  } else if (member.kind == FileKind::file) {
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.content.size()));
  } else if (member.kind == FileKind::folder) {
    archive_entry_set_filetype(entry.get(), AE_IFDIR);
  } else if (member.kind == FileKind::link) {
    archive_entry_set_filetype(entry.get(), AE_IFLNK);
    archive_entry_copy_symlink(entry.get(), member.target.c_str());
  } else {
    archive_entry_set_filetype(entry.get(), AE_IFIFO);
  }
  require(writer, archive_write_header(writer, entry.get()));
  if (member.kind == FileKind::file && !member.hard_link &&
      archive_write_data(writer, member.content.data(), member.content.size()) < 0)
    throw std::runtime_error(archive_error_string(writer));
}

}  // namespace

Bytes pack(const std::vector<PackedMember>& members, Packing packing) {
  auto output = std::make_shared<std::string>();
  std::unique_ptr<archive, FreeArchive> writer(archive_write_new());
  choose(writer.get(), packing);
  require(writer.get(), archive_write_set_bytes_in_last_block(writer.get(), 1));
  require(writer.get(), archive_write_open(writer.get(), output.get(), nullptr, append, nullptr));
  for (const PackedMember& member : members) write(writer.get(), member);
  require(writer.get(), archive_write_close(writer.get()));
  return output;
}

Bytes pack_files(const std::map<std::string, std::string>& files, Packing packing,
                 const std::string& top) {
  std::vector<PackedMember> members;
  for (const auto& [path, content] : files)
    members.push_back({top + path, content, FileKind::file, "", false});
  return pack(members, packing);
}

}  // namespace trainlint
