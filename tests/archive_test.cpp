#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "lint/pipeline.h"
#include "lint/rule/record.h"
#include "tests/support/oracle.h"
#include "tests/support/pack.h"
#include "tests/support/temporary_folder.h"

// Archives, sound and broken, as the rules of group `archive` judge them and as pip does.

using namespace trainlint;

namespace {

struct Sample {
  std::string name;  // of the file
  std::vector<PackedMember> members;
  std::string expected;  // findings, one a line
};

using Files = std::vector<PackedMember>;

Files sdist(const std::string& top = "trainer-0.1/") {
  return {{top + "setup.py",
           "from setuptools import setup\nsetup(name='trainer', version='0.1', "
           "packages=['trainer'])\n"},
          {top + "PKG-INFO", "Metadata-Version: 2.1\nName: trainer\nVersion: 0.1\n"},
          {top + "trainer/__init__.py", ""},
          {top + "trainer/task.py", "print('training')\n"}};
}

Files with(Files files, PackedMember member) {
  files.push_back(std::move(member));
  return files;
}

Files wheel(const std::string& left_out = "", const std::string& name = "trainer-0.1") {
  Files files = {
      {"trainer/__init__.py", ""},
      {"trainer/task.py", "print('training')\n"},
      {name + ".dist-info/METADATA", "Metadata-Version: 2.1\nName: trainer\nVersion: 0.1\n"},
      {name + ".dist-info/WHEEL",
       "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}};
  std::string record;
  for (const PackedMember& file : files)
    record += fmt::format("{},{},{}\n", file.name, record_hash(file.content), file.content.size());
  record += name + ".dist-info/RECORD,,\n";
  files.push_back({name + ".dist-info/RECORD", record});
  if (!left_out.empty())
    std::erase_if(files, [&](const PackedMember& file) { return file.name.ends_with(left_out); });
  return files;
}

// Modules below the folder that a wheel has for what pip puts at the top of site-packages.
Files spread_wheel(const std::string& task) {
  Files files = {
      {"trainer/__init__.py", ""},
      {"trainer-0.1.data/purelib/trainer/model.py", "LAYERS = 3\n"},
      {"trainer-0.1.data/platlib/trainer/task.py", task},
      {"trainer-0.1.data/scripts/go", "#!python\n"},
      {"trainer-0.1.dist-info/METADATA", "Metadata-Version: 2.1\nName: trainer\nVersion: 0.1\n"},
      {"trainer-0.1.dist-info/WHEEL",
       "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}};
  std::string record;
  for (const PackedMember& file : files)
    record += fmt::format("{},{},{}\n", file.name, record_hash(file.content), file.content.size());
  files.push_back({"trainer-0.1.dist-info/RECORD", record + "trainer-0.1.dist-info/RECORD,,\n"});
  return files;
}

Files changed(Files files, const std::string& name, const std::string& content) {
  for (PackedMember& file : files)
    if (file.name == name) file.content = content;
  return files;
}

PackedMember link(const std::string& name, const std::string& target) {
  return {name, "", FileKind::link, target};
}

const std::string refuses = "leads out of the folder it is unpacked in, so pip refuses the archive";
const std::string no_build =
    "neither setup.py nor pyproject.toml is at the top of the archive, so "
    "pip cannot install it";

std::vector<Sample> samples() {
  const std::string wheel_name = "trainer-0.1-py3-none-any.whl";
  return {
      {"trainer-0.1.tar.gz", sdist(), ""},
      {"flat.tar.gz", sdist(""), ""},
      {"dotted.tar.gz", sdist("./"), ""},
      {"trainer-0.1.zip", sdist(), ""},
      {"nested.tar.gz", sdist("./trainer-0.1/"), "error archive-no-build-file: " + no_build},
      {"backslash.tar.gz", with(sdist(), {"trainer-0.1\\trainer\\x.txt", "x"}),
       "warning unsafe-archive-member: has a backslash in its name, which is no divider of folders "
       "on the worker"},
      {"trainer-0.1-x1-py3-none-any.whl", wheel(),
       "error archive-no-build-file: 'trainer-0.1-x1-py3-none-any.whl' is no name of a wheel, so "
       "pip cannot install it"},
      {"beside.tar.gz", with(sdist(), {"notes.txt", "x"}),
       "error archive-no-build-file: " + no_build},
      {"deep.tar.gz", sdist("work/trainer-0.1/"), "error archive-no-build-file: " + no_build},
      {"code.tar.gz",
       {{"trainer/__init__.py", ""}, {"trainer/task.py", "print(1)\n"}},
       "error archive-no-build-file: " + no_build},
      {"up.tar.gz", with(sdist(), {"trainer-0.1/../x.txt", "x"}),
       "error unsafe-archive-member: " + refuses},
      {"up.zip", with(sdist(), {"trainer-0.1/../x.txt", "x"}),
       "error unsafe-archive-member: " + refuses},
      {"down-up.tar.gz", with(sdist(), {"trainer-0.1/trainer/../x.txt", "x"}), ""},
      {"absolute.tar.gz", with(sdist(), {"/trainer-0.1/x.txt", "x"}), ""},
      {"link-in.tar.gz", with(sdist(), link("trainer-0.1/trainer/a.py", "task.py")), ""},
      {"link-out.tar.gz", with(sdist(), link("trainer-0.1/trainer/a.txt", "../../../x")),
       "warning unsafe-archive-member: a link to '../../../x', out of the folder it is unpacked "
       "in: "
       "newer pip refuses the archive"},
      {"pipe.tar.gz", with(sdist(), {"trainer-0.1/pipe", "", FileKind::other}),
       "warning unsafe-archive-member: neither a file nor a folder: pip leaves it out or refuses "
       "the archive"},
      {"twice.tar.gz", with(sdist(), {"trainer-0.1/trainer/task.py", "print(2)\n"}),
       "warning unsafe-archive-member: is in the archive more than once; the last one holds"},
      {"long.tar.gz", with(sdist(), {"trainer-0.1/" + std::string(300, 'x'), "x"}),
       "error unsafe-archive-member: has a name that no file system of the worker takes, so pip "
       "stops"},
      {"other-0.1.tar.gz", sdist(),
       "warning sdist-name-mismatch: the archive is called 'other-0.1.tar.gz' and holds 'trainer' "
       "0.1"},
      {wheel_name, wheel(), ""},
      {"trainer.whl", wheel(),
       "error archive-no-build-file: 'trainer.whl' is no name of a wheel, so pip cannot install "
       "it"},
      {wheel_name, wheel("METADATA"),
       "error archive-no-build-file: is not in the wheel, so pip cannot install it\n"
       "warning wheel-record-mismatch: 'trainer-0.1.dist-info/METADATA' is listed and is not in "
       "the wheel"},
      {wheel_name, wheel("WHEEL"),
       "warning wheel-record-mismatch: 'trainer-0.1.dist-info/WHEEL' is listed and is not in the "
       "wheel\nerror archive-no-build-file: is not in the wheel, so pip cannot install it"},
      {wheel_name, wheel("RECORD"),
       "error archive-no-build-file: is not in the wheel, so pip cannot install it"},
      {wheel_name, wheel("", "other-0.1"),
       "error archive-no-build-file: the file's name says 'trainer' and 'other-0.1.dist-info' says "
       "'other', so pip cannot install it"},
      {wheel_name, with(wheel(), {"trainer-0.2.dist-info/METADATA", "Name: trainer\n"}),
       "error archive-no-build-file: there are several .dist-info folders in the wheel, so pip "
       "cannot install it"},
      {wheel_name,
       {{"trainer/__init__.py", ""}, {"trainer/task.py", "print(1)\n"}},
       "error archive-no-build-file: there is no .dist-info folder in the wheel, so pip cannot "
       "install it"},
      {"trainer-0.1-py2.py3-none-any.whl", wheel(), ""},
      {"trainer-0.1-1-py3-none-any.whl", wheel(), ""},
      {"trainer-0.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", wheel(), ""},
      {"trainer-0.1-cp37-abi3-linux_x86_64.whl", wheel(), ""},
      {"trainer-0.1-cp311-cp311-macosx_13_0_arm64.whl", wheel(),
       "error wheel-tag-mismatch: 'trainer-0.1-cp311-cp311-macosx_13_0_arm64.whl' is for another "
       "system than the worker's Linux, so pip refuses it"},
      {"trainer-0.1-cp311-cp311-linux_aarch64.whl", wheel(),
       "warning wheel-tag-mismatch: 'trainer-0.1-cp311-cp311-linux_aarch64.whl' is for another "
       "processor than most workers have"},
      {"trainer-0.1-cp313-cp313-linux_x86_64.whl", wheel(),
       "warning wheel-tag-mismatch: 'trainer-0.1-cp313-cp313-linux_x86_64.whl' is for a Python "
       "that "
       "no prebuilt image has"},
      {wheel_name, spread_wheel("from trainer import model\n\nprint(model.LAYERS)\n"), ""},
      {wheel_name, spread_wheel("from trainer import data\n\nprint(data)\n"),
       "error unresolved-local-name: 'trainer' has neither a name nor a module 'data'"},
      {wheel_name, changed(wheel(), "trainer/task.py", "print('changed')\n"),
       "warning wheel-record-mismatch: is not what it was when the wheel was built"},
      {wheel_name, with(wheel(), {"trainer/extra.py", ""}),
       "warning wheel-record-mismatch: is in the wheel and not in its RECORD"},
      {wheel_name, with(wheel(), {"../x.txt", "x"}),
       "error unsafe-archive-member: " + refuses +
           "\nwarning wheel-record-mismatch: is in the wheel and not in its RECORD"},
  };
}

Bytes packed(const Sample& sample) {
  return pack(sample.members, sample.name.ends_with(".tar.gz") ? Packing::tar_gz : Packing::zip);
}

std::string findings_in(const Sample& sample) {
  Result<OpenTree> opened = open_archive(sample.name, packed(sample));
  if (!opened) return opened.error();
  std::string text;
  for (const Run& run : lint_tree(*opened->tree, opened->kind, sample.name, {}, all_rules()))
    for (const Finding& finding : run.findings)
      text += fmt::format("{}{} {}: {}", text.empty() ? "" : "\n", to_string(finding.severity),
                          finding.rule, finding.message);
  return text;
}

}  // namespace

TEST_CASE("archives are judged by what they hold") {
  for (const Sample& sample : samples()) {
    CAPTURE(sample.name);
    CHECK(findings_in(sample) == sample.expected);
  }
}

TEST_CASE("archives with an error are those that pip refuses") {
  TemporaryFolder folder;
  std::string command = "/usr/bin/python3 '" TRAINLINT_SOURCE_DIR "/tests/archive/pip_verdict.py'";
  std::vector<Sample> all = samples();
  for (size_t i = 0; i < all.size(); ++i) {
    std::string path = fmt::format("{}/{}", i, all[i].name);
    folder.write(path, *packed(all[i]));
    command += fmt::format(" '{}/{}'", folder.text(), path);
  }
  std::istringstream verdicts(output_of(command));
  size_t judged = 0;
  for (std::string verdict; std::getline(verdicts, verdict); ++judged) {
    REQUIRE(judged < all.size());
    CAPTURE(all[judged].name);
    CAPTURE(verdict);
    // pip does not look into modules.
    const bool error = all[judged].expected.find("error ") != std::string::npos &&
                       !all[judged].expected.starts_with("error unresolved");
    if (error) CHECK(verdict != "ok");
    if (verdict != "ok") CHECK(all[judged].expected != "");
  }
  CHECK(judged == all.size());
}

TEST_CASE("a zip behind a program is read, as Python's zipfile does") {
  const std::string program = "#!/bin/sh\nexit 1\n";
  Bytes zip = pack(sdist(), Packing::zip);
  Result<OpenTree> opened =
      open_archive("trainer-0.1.zip", std::make_shared<const std::string>(program + *zip));
  REQUIRE_MESSAGE(opened, opened.error());
  Result<Bytes> text = opened->tree->read("trainer/task.py");
  REQUIRE(text);
  CHECK(**text == "print('training')\n");
}

static std::string pip_says(const std::string& path) {
  return output_of("/usr/bin/python3 '" TRAINLINT_SOURCE_DIR "/tests/archive/pip_verdict.py' '" +
                   path + "'");
}

TEST_CASE("an archive whose name says another packing is refused, as by pip") {
  TemporaryFolder folder;
  for (const auto& each :
       {std::pair("a-0.1.tar.gz", Packing::tar), std::pair("b-0.1.tgz", Packing::tar_bz2),
        std::pair("c-0.1.zip", Packing::tar_gz)}) {
    const std::string name = each.first;
    const Packing packing = each.second;
    CAPTURE(name);
    folder.write(name, *pack(sdist(), packing));
    Result<OpenTree> opened = open_path(folder.text() + "/" + name);
    REQUIRE(opened);
    std::string rules;
    for (const Run& run : lint_tree(*opened->tree, opened->kind, name, {}, all_rules()))
      for (const Finding& finding : run.findings)
        if (finding.severity == Severity::error) rules += finding.rule;
    CHECK(rules == "archive-no-build-file");
    CHECK(pip_says(folder.text() + "/" + name) != "ok\n");
  }
}

TEST_CASE("a gzip without its checksum is read, as Python's tarfile does") {
  TemporaryFolder folder;
  const std::string whole = *pack(sdist(), Packing::tar_gz);
  const std::string path = folder.text() + "/trainer-0.1.tar.gz";
  folder.write("trainer-0.1.tar.gz", whole.substr(0, whole.size() - 8));
  Result<OpenTree> opened = open_path(path);
  REQUIRE_MESSAGE(opened, opened.error());
  CHECK(opened->tree->has_file("trainer/task.py"));
  CHECK(pip_says(path) == "ok\n");
  folder.write("trainer-0.1.tar.gz", whole.substr(0, whole.size() / 2));
  CHECK_FALSE(open_path(path));
}

TEST_CASE("an archive that is compressed twice is refused, as by pip") {
  TemporaryFolder folder;
  folder.write("inner", *pack(sdist(), Packing::tar_gz));
  const std::string path = folder.text() + "/trainer-0.1.tar.gz";
  output_of("gzip -c '" + folder.text() + "/inner' > '" + path + "'");
  Result<OpenTree> opened = open_path(path);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().ends_with("it is compressed twice, which pip does not unpack"));
  CHECK(output_of("/usr/bin/python3 '" TRAINLINT_SOURCE_DIR "/tests/archive/pip_verdict.py' '" +
                  path + "'") != "ok\n");
}

TEST_CASE("an archive in dist is compared with the project around it") {
  TemporaryFolder folder;
  folder.write("dist/trainer-0.1.tar.gz", *pack(sdist(), Packing::tar_gz));
  for (const PackedMember& file : sdist("")) folder.write(file.name, file.content);
  auto findings_in = [&](const std::string& path) {
    Result<OpenTree> opened = open_path(path);
    REQUIRE(opened);
    std::string text;
    for (const Run& run : lint_tree(*opened->tree, opened->kind, "x", {}, all_rules()))
      for (const Finding& finding : run.findings) text += finding.message;
    return text;
  };
  auto findings = [&] { return findings_in(folder.text() + "/dist/trainer-0.1.tar.gz"); };
  CHECK(findings() == "");
  folder.write("trainer/task.py", "print('training longer')\n");
  CHECK(findings() ==
        "the archive is not what its project makes today: 'trainer/task.py' is another");
  folder.write("trainer/task.py", "print('training')\n");
  CHECK(findings() == "");
  folder.write("setup.py",
               "from setuptools import setup\nsetup(name='trainer', version='0.2', "
               "packages=['trainer'])\n");
  CHECK(findings() == "the archive is not what its project makes today: 'setup.py' is another");
  // Beside the archive, by its bare name.
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.text() + "/dist");
  CHECK(findings_in("trainer-0.1.tar.gz") == findings());
  std::filesystem::current_path(before);
}

TEST_CASE("the hash of a RECORD is that of Python's hashlib") {
  CHECK(record_hash("") == "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
  CHECK(record_hash("abc") == "sha256=ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
}

TEST_CASE("lines of a RECORD are comma-separated values") {
  std::string text;
  for (const RecordRow& row :
       parse_record("a.py,sha256=x,1\n\"b, \"\"c\"\".py\",sha256=y,2\r\nd,,\n"))
    text += fmt::format("{}|{}|{}-{}\n", row.path, row.hash, row.span.begin, row.span.end);
  CHECK(text == "a.py|sha256=x|0-15\nb, \"c\".py|sha256=y|16-40\nd||42-45\n");
}
