#include <doctest/doctest.h>

#include <map>
#include <string>

#include "lint/source/tree.h"
#include "tests/support/listing_text.h"
#include "tests/support/pack.h"
#include "tests/support/temporary_folder.h"

using namespace trainlint;

static const std::map<std::string, std::string> trainer = {
    {"setup.py", "from setuptools import setup\nsetup()\n"},
    {"trainer/__init__.py", ""},
    {"trainer/data.csv", std::string(70'000, 'x')},
    {"trainer/deep/er/model.py", "x = 1\n"},
    {"trainer/task.py", "import trainer.deep\n"},
};

static const std::string trainer_listing =
    "file setup.py 37\n"
    "folder trainer\n"
    "file trainer/__init__.py 0\n"
    "file trainer/data.csv 70000\n"
    "folder trainer/deep\n"
    "folder trainer/deep/er\n"
    "file trainer/deep/er/model.py 6\n"
    "file trainer/task.py 20\n";

static void check_trainer(const SourceTree& tree) {
  CHECK(listing_text(tree) == trainer_listing);
  // Backwards, so that an archive cannot simply be read on.
  for (auto file = trainer.rbegin(); file != trainer.rend(); ++file)
    CHECK(content_of(tree, file->first) == file->second);
  CHECK(content_of(tree, "trainer") == "error: not a file");
  CHECK(content_of(tree, "trainer/none.py") == "error: no such file");
  CHECK(tree.has_folder(""));
  CHECK(tree.has_folder("trainer/deep"));
  CHECK_FALSE(tree.has_folder("trainer/task.py"));
  CHECK_FALSE(tree.has_folder("train"));
  CHECK(tree.has_file("trainer/task.py"));
  CHECK_FALSE(tree.has_file("trainer"));
}

TEST_CASE("a folder, every kind of archive and memory give the same tree") {
  check_trainer(*memory_tree(trainer));

  TemporaryFolder folder;
  folder.write(trainer);
  Result<OpenTree> opened = open_path(folder.text());
  REQUIRE(opened);
  CHECK(opened->kind == TreeKind::folder);
  check_trainer(*opened->tree);

  TemporaryFolder archives;
  for (Packing packing :
       {Packing::tar, Packing::tar_gz, Packing::tar_bz2, Packing::tar_xz, Packing::zip}) {
    for (const char* top : {"", "trainer-0.1/"}) {
      CAPTURE(static_cast<int>(packing));
      CAPTURE(top);
      Bytes bytes = pack_files(trainer, packing, top);
      Result<OpenTree> in_memory = open_archive("any name", bytes);
      REQUIRE(in_memory);
      CHECK(in_memory->kind == TreeKind::sdist);
      check_trainer(*in_memory->tree);

      archives.write("package.bin", *bytes);
      Result<OpenTree> on_disk = open_path(archives.text() + "/package.bin");
      REQUIRE(on_disk);
      check_trainer(*on_disk->tree);
    }
  }
}

TEST_CASE("only one top folder that holds everything is the root") {
  auto listing = [](const std::map<std::string, std::string>& files) {
    Result<OpenTree> opened = open_archive("a.tar", pack_files(files, Packing::tar));
    return opened ? listing_text(*opened->tree) : opened.error();
  };
  CHECK(listing({{"a-1/setup.py", ""}, {"b/x.py", ""}}) ==
        "folder a-1\nfile a-1/setup.py 0\nfolder b\nfile b/x.py 0\n");
  CHECK(listing({{"a-1/setup.py", ""}, {"PKG-INFO", ""}}) ==
        "file PKG-INFO 0\nfolder a-1\nfile a-1/setup.py 0\n");
  CHECK(listing({{"./a-1/setup.py", ""}, {"a-1//x.py", ""}}) == "file setup.py 0\nfile x.py 0\n");
  CHECK(listing({{"setup.py", ""}}) == "file setup.py 0\n");
  // The import package itself was packed.
  CHECK(listing({{"trainer/task.py", ""}}) == "folder trainer\nfile trainer/task.py 0\n");
  CHECK(listing({{"task/__init__.py", ""}, {"task/setup.py", ""}}) ==
        "file __init__.py 0\nfile setup.py 0\n");
  CHECK(listing({}) == "");
}

TEST_CASE("a zip with a WHEEL file is a wheel and keeps its top folders") {
  std::map<std::string, std::string> files = {{"t-0.1.dist-info/WHEEL", "Wheel-Version: 1.0\n"}};
  Result<OpenTree> only = open_archive("renamed.zip", pack_files(files, Packing::zip));
  REQUIRE(only);
  CHECK(only->kind == TreeKind::wheel);
  CHECK(only->tree->has_file("t-0.1.dist-info/WHEEL"));
  Result<OpenTree> tar = open_archive("renamed.whl", pack_files(files, Packing::tar_gz));
  REQUIRE(tar);
  CHECK(tar->kind == TreeKind::sdist);
  Result<OpenTree> deeper =
      open_archive("a.zip", pack_files({{"x/t-0.1.dist-info/WHEEL", ""}}, Packing::zip));
  REQUIRE(deeper);
  CHECK(deeper->kind == TreeKind::sdist);
}

TEST_CASE("what is no archive, or a damaged one, is one clear error") {
  auto error = [](const std::string& content) {
    Result<OpenTree> opened = open_archive("x.tar.gz", std::make_shared<std::string>(content));
    return opened ? "opened:\n" + listing_text(*opened->tree) : opened.error();
  };
  std::string no_archive = "'x.tar.gz' is no archive (tar, tar.gz, tar.bz2, tar.xz, zip or wheel)";
  CHECK(error("") == "'x.tar.gz' is empty, so it is no archive");
  CHECK(error("x") == no_archive);
  CHECK(error(std::string(3000, 'y')) == no_archive);
  CHECK(error("import os\n") == no_archive);
  std::string cannot = "the archive 'x.tar.gz' cannot be read: ";
  std::string gz = *pack_files(trainer, Packing::tar_gz);
  CHECK(error(gz.substr(0, gz.size() / 2)) == cannot + "truncated gzip input");
  std::string tar = *pack_files(trainer, Packing::tar);
  CHECK(error(tar.substr(0, 30'000)).starts_with(cannot + "truncated"));
  std::string zip = *pack_files(trainer, Packing::zip);
  CHECK(error(zip.substr(0, zip.size() / 2)).starts_with(cannot));
  CHECK(error("\x1F\x8B not really").starts_with(cannot));
  CHECK(error("PK\3\4 not really").starts_with(cannot));
  CHECK(error(std::string("PK\5\6\0\0", 6)).starts_with(cannot));

  CHECK(open_path("/no/such/path").error() == "'/no/such/path' does not exist");
  CHECK(open_path("/dev/null").error() == "'/dev/null' is neither a folder nor an archive");
  TemporaryFolder folder;
  folder.write("notes.txt", "some words\n");
  std::string notes = folder.text() + "/notes.txt";
  CHECK(open_path(notes).error() ==
        "'" + notes + "' is no archive (tar, tar.gz, tar.bz2, tar.xz, zip or wheel)");
}

TEST_CASE("an archive with one byte changed is read or refused and never worse") {
  std::map<std::string, std::string> files = {{"a-1/setup.py", "setup()\n"},
                                              {"a-1/a/__init__.py", std::string(400, 'z')}};
  size_t readable = 0;
  for (Packing packing :
       {Packing::tar, Packing::tar_gz, Packing::tar_bz2, Packing::tar_xz, Packing::zip}) {
    std::string good = *pack_files(files, packing);
    for (size_t i = 0; i < std::min<size_t>(good.size(), 3000); ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ (i % 2 ? 0xFF : 0x20));
      Result<OpenTree> opened = open_archive("a", std::make_shared<std::string>(bad));
      if (!opened) {
        CHECK_FALSE(opened.error().empty());
        continue;
      }
      for (const SourceFile& file : opened->tree->files())
        if (opened->tree->read(file.path)) ++readable;
      Result<OpenTree> cut = open_archive("a", std::make_shared<std::string>(good.substr(0, i)));
      if (cut)
        for (const SourceFile& file : cut->tree->files())
          if (cut->tree->read(file.path)) ++readable;
    }
  }
  CHECK(readable > 0);
}

TEST_CASE("a member whose bytes were changed cannot be read") {
  std::string content;
  for (unsigned i = 0; i < 999; ++i) content += static_cast<char>(i * i * 2654435761U >> 24);
  std::string zip = *pack_files({{"a/x.py", content}}, Packing::zip);
  zip[500] = static_cast<char>(zip[500] ^ 1);
  Result<OpenTree> opened = open_archive("a", std::make_shared<std::string>(zip));
  REQUIRE(opened);
  CHECK(content_of(*opened->tree, "x.py").starts_with("error: "));
}

TEST_CASE("names that must not be unpacked are listed with a problem") {
  for (Packing packing : {Packing::tar, Packing::zip}) {
    Result<OpenTree> opened = open_archive("a", pack_files({{"a-1/a.py", "1"},
                                                            {"a-1/../../evil.py", "2"},
                                                            {"/etc/evil.py", "3"},
                                                            {"a-1/b..py", "4"}},
                                                           packing));
    REQUIRE(opened);
    CHECK(listing_text(*opened->tree) ==
          "file /etc/evil.py 1 [an absolute path, which is not unpacked]\n"
          "file a-1/../../evil.py 1 [a path with '..', which is not unpacked]\n"
          "file a.py 1\n"
          "file b..py 1\n");
    CHECK(content_of(*opened->tree, "/etc/evil.py") ==
          "error: an absolute path, which is not unpacked");
  }
}

TEST_CASE(
    "of members with one name the last holds, and a file that is a folder too cannot be read") {
  std::vector<PackedMember> members = {{"a/x.py", "first", FileKind::file, "", false},
                                       {"a/x.py", "second", FileKind::file, "", false},
                                       {"b", "file", FileKind::file, "", false},
                                       {"b/c.py", "", FileKind::file, "", false},
                                       {"d/", "", FileKind::folder, "", false},
                                       {"d/", "", FileKind::folder, "", false}};
  for (Packing packing : {Packing::tar_gz, Packing::zip}) {
    Result<OpenTree> opened = open_archive("a", pack(members, packing));
    REQUIRE(opened);
    CHECK(listing_text(*opened->tree) ==
          "folder a\nfile a/x.py 6\nfile b 4 [the name of a file and of a folder]\n"
          "file b/c.py 0\nfolder d\n");
    CHECK(content_of(*opened->tree, "a/x.py") == "second");
  }
}

TEST_CASE("txtar text is files") {
  std::map<std::string, std::string> files =
      parse_txtar("words before\n-- a/b.py --\nx = 1\n\n-- empty --\n-- c --\r\n--no mark--\nend");
  CHECK(files.size() == 3);
  CHECK(files["a/b.py"] == "x = 1\n\n");
  CHECK(files["empty"] == "");
  CHECK(files["c"] == "--no mark--\nend");
  CHECK(parse_txtar("").empty());
}

TEST_CASE("a subtree and an overlay show another tree differently") {
  std::unique_ptr<SourceTree> tree = memory_tree(trainer);
  std::unique_ptr<SourceTree> part = subtree(*tree, "trainer/deep");
  CHECK(listing_text(*part) == "folder er\nfile er/model.py 6\n");
  CHECK(content_of(*part, "er/model.py") == "x = 1\n");
  CHECK(listing_text(*subtree(*tree, "")) == trainer_listing);
  CHECK(subtree(*tree, "none")->files().empty());

  auto text = std::make_shared<const std::string>("new\n");
  std::unique_ptr<SourceTree> laid = overlay(*part, {{"er/model.py", text}, {"a/b/c.py", text}});
  CHECK(listing_text(*laid) ==
        "folder a\nfolder a/b\nfile a/b/c.py 4\nfolder er\nfile er/model.py 4\n");
  CHECK(content_of(*laid, "er/model.py") == "new\n");
  CHECK(content_of(*laid, "a/b/c.py") == "new\n");
  CHECK(content_of(*laid, "a/b") == "error: no such file");
}
