#include <algorithm>
#include <set>

#include "lint/rule/record.h"
#include "lint/rule/wheel.h"
#include "lint/text/path.h"

namespace trainlint {

static void check_row(const Package& package, const RecordRow& row, const std::string& record,
                      uint64_t& budget, Report& report) {
  const SourceFile* file = package.tree->find(row.path);
  if (file == nullptr || file->kind != FileKind::file) {
    report({record, row.span}, "'{}' is listed and is not in the wheel", row.path);
    return;
  }
  if (!row.hash.starts_with("sha256=") || file->size > budget) return;
  budget -= file->size;
  Result<Bytes> content = package.tree->read(row.path);
  if (!content || record_hash(**content) == row.hash) return;
  report({row.path, std::nullopt}, "is not what it was when the wheel was built")
      .note("its hash is another one than RECORD says", Place{record, row.span});
}

// Signatures cannot be listed, as they are made of the RECORD.
static bool may_be_unlisted(std::string_view path, std::string_view record) {
  return path == record || path.ends_with(".dist-info/RECORD.jws") ||
         path.ends_with(".dist-info/RECORD.p7s");
}

static void check(const Package& package, Report& report) {
  if (package.kind != TreeKind::wheel) return;
  std::vector<std::string> folders = dist_info_folders(*package.tree);
  if (folders.size() != 1) return;
  std::string record = folders[0] + "/RECORD";
  if (!package.tree->has_file(record)) return;
  Result<Bytes> text = package.tree->read(record);
  if (!text) return;
  std::vector<RecordRow> rows = parse_record(**text);
  std::set<std::string_view> listed;
  for (const RecordRow& row : rows) listed.insert(row.path);
  for (const SourceFile& file : package.tree->files())
    if (file.kind == FileKind::file && listed.count(file.path) == 0 &&
        !may_be_unlisted(file.path, record))
      report({file.path, std::nullopt}, "is in the wheel and not in its RECORD")
          .note("pip will not remove it when the package is replaced by another version");
  // A byte is hashed in about 4 ns; wheels of data are not read to the end.
  uint64_t budget = uint64_t{48} << 20;
  for (const RecordRow& row : rows) check_row(package, row, record, budget, report);
}

extern constinit const Rule wheel_record_mismatch = {
    .name = "wheel-record-mismatch",
    .severity = Severity::warning,
    .summary = "the wheel's files are not those that its RECORD lists",
    .explanation = R"(
A wheel lists its files with their hashes in `RECORD`. One that was changed by hand after it was
built, or was not wholly copied, tells so: a hash differs, a listed file is missing, a file is there
that is not listed. pip installs it all the same, since it does not compare hashes; other installers
refuse it. So the worker runs something else than was built. Build it again.

Source: [the RECORD
file](https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file).
)",
    .bad = R"(
trainer-0.1-py3-none-any.whl
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
-- trainer-0.1.dist-info/METADATA --
Metadata-Version: 2.1
Name: trainer
Version: 0.1
-- trainer-0.1.dist-info/WHEEL --
Wheel-Version: 1.0
Root-Is-Purelib: true
Tag: py3-none-any
-- trainer-0.1.dist-info/RECORD --
trainer/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
trainer/task.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
trainer-0.1.dist-info/METADATA,,
trainer-0.1.dist-info/WHEEL,,
trainer-0.1.dist-info/RECORD,,
)",
    .good = R"(
trainer-0.1-py3-none-any.whl
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
-- trainer-0.1.dist-info/METADATA --
Metadata-Version: 2.1
Name: trainer
Version: 0.1
-- trainer-0.1.dist-info/WHEEL --
Wheel-Version: 1.0
Root-Is-Purelib: true
Tag: py3-none-any
-- trainer-0.1.dist-info/RECORD --
trainer/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
trainer/task.py,sha256=ib48xFku8-zv0zNMYC50NzLQ13yWGMXQy97y50jlPQI,18
trainer-0.1.dist-info/METADATA,,
trainer-0.1.dist-info/WHEEL,,
trainer-0.1.dist-info/RECORD,,
)",
    .check = check,
};

}  // namespace trainlint
