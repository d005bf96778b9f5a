#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "lint/source/tree.h"
#include "tests/support/listing_text.h"
#include "tests/support/pack.h"
#include "tests/support/temporary_folder.h"

using namespace trainlint;
namespace fs = std::filesystem;

static std::string listing_of(const TemporaryFolder& folder) {
  Result<std::unique_ptr<SourceTree>> tree = open_folder(folder.text());
  return tree ? listing_text(**tree) : tree.error();
}

TEST_CASE("what tools leave behind is not listed") {
  TemporaryFolder folder;
  for (const char* name :
       {".git/config", "a/.git", "a/node_modules/x.py", "__pycache__/a.pyc", "a/.tox/x", ".venv/x",
        ".venv/pyvenv.cfg", "conda/conda-meta/history", "a/b.egg-info/PKG-INFO", "build/lib/a.py",
        "dist/a.tar.gz", "setup.py", "a/build/x.py", "b/dist/x.py", "b/pyproject.toml",
        "c/setup.cfg", "c/dist/__init__.py"})
    folder.write(name, "");
  CHECK(listing_of(folder) ==
        "folder a\nfile a/.git 0\nfolder a/b.egg-info\nfile a/b.egg-info/PKG-INFO 0\n"
        "folder a/build\nfile a/build/x.py 0\nfolder b\nfile b/pyproject.toml 0\nfolder c\n"
        "folder c/dist\nfile c/dist/__init__.py 0\nfile c/setup.cfg 0\nfile setup.py 0\n");
}

TEST_CASE("links are followed inside the tree and nowhere else") {
  TemporaryFolder outside;
  outside.write("secret.py", "x = 1\n");
  TemporaryFolder folder;
  folder.write({{"shared/util.py", "y = 2\n"}, {"trainer/task.py", ""}});
  fs::create_symlink("../shared/util.py", folder.path() / "trainer/util.py");
  fs::create_directory_symlink("../shared", folder.path() / "trainer/lib");
  fs::create_symlink("nothing", folder.path() / "nowhere");
  fs::create_symlink("ring_b", folder.path() / "ring_a");
  fs::create_symlink("ring_a", folder.path() / "ring_b");
  fs::create_directory_symlink("..", folder.path() / "trainer/up");
  fs::create_symlink(outside.path() / "secret.py", folder.path() / "out.py");
  fs::create_directory_symlink(outside.path(), folder.path() / "out");
  std::string expected =
      "link nowhere [a link to 'nothing' that leads nowhere]\n"
      "link out [a link to '" +
      outside.text() + "' that leads out of the tree]\n" + "link out.py [a link to '" +
      outside.text() +
      "/secret.py' that leads out of the tree]\n"
      "link ring_a [a link to 'ring_b' that leads in a circle]\n"
      "link ring_b [a link to 'ring_a' that leads in a circle]\n"
      "folder shared\n"
      "file shared/util.py 6\n"
      "folder trainer\n"
      "folder trainer/lib\n"
      "file trainer/lib/util.py 6\n"
      "file trainer/task.py 0\n"
      "link trainer/up [a link to '..' that leads in a circle]\n"
      "file trainer/util.py 6\n";
  CHECK(listing_of(folder) == expected);
  Result<std::unique_ptr<SourceTree>> tree = open_folder(folder.text());
  REQUIRE(tree);
  CHECK(content_of(**tree, "trainer/util.py") == "y = 2\n");
  CHECK(content_of(**tree, "trainer/lib/util.py") == "y = 2\n");
  CHECK(content_of(**tree, "out.py").starts_with("error: a link to"));

  auto link = [](const char* name, const std::string& target) {
    return PackedMember{name, "", FileKind::link, target, false};
  };
  std::vector<PackedMember> members = {{"shared/util.py", "y = 2\n", FileKind::file, "", false},
                                       {"trainer/task.py", "", FileKind::file, "", false},
                                       link("trainer/util.py", "../shared/util.py"),
                                       link("trainer/lib", "../shared"),
                                       link("nowhere", "nothing"),
                                       link("ring_a", "ring_b"),
                                       link("ring_b", "ring_a"),
                                       link("trainer/up", ".."),
                                       link("out.py", outside.text() + "/secret.py"),
                                       link("out", outside.text())};
  for (Packing packing : {Packing::tar_gz, Packing::zip}) {
    Result<OpenTree> archive = open_archive("a", pack(members, packing));
    REQUIRE(archive);
    CHECK(listing_text(*archive->tree) == expected);
    CHECK(content_of(*archive->tree, "trainer/util.py") == "y = 2\n");
    CHECK(content_of(*archive->tree, "trainer/lib/util.py") == "y = 2\n");
  }
}

TEST_CASE("a hard link in a tar has the content of its target") {
  std::vector<PackedMember> members = {{"a-1/x.py", "x = 1\n", FileKind::file, "", false},
                                       {"a-1/y.py", "", FileKind::file, "a-1/x.py", true},
                                       {"a-1/z.py", "", FileKind::file, "none", true},
                                       {"a-1/pipe", "", FileKind::other, "", false}};
  Result<OpenTree> archive = open_archive("a", pack(members, Packing::tar));
  REQUIRE(archive);
  CHECK(listing_text(*archive->tree) ==
        "other pipe [neither a file nor a folder]\nfile x.py 6\nfile y.py 6\n"
        "link z.py [a link to 'none' that leads nowhere]\n");
  CHECK(content_of(*archive->tree, "y.py") == "x = 1\n");
}

TEST_CASE("folders that link to each other many times over end at a limit") {
  TemporaryFolder folder;
  std::vector<PackedMember> members;
  for (int i = 0; i < 24; ++i) {
    std::string name = "d" + std::to_string(i);
    folder.write(name + "/", "");
    members.push_back({name + "/", "", FileKind::folder, "", false});
    std::string target = "../d" + std::to_string(i + 1);
    for (const char* side : {"/left", "/right"}) {
      fs::create_directory_symlink(target, folder.path() / (name + side));
      members.push_back({name + side, "", FileKind::link, target, false});
    }
  }
  auto begin = std::chrono::steady_clock::now();
  CHECK(listing_of(folder).find("repeats too many folders") != std::string::npos);
  Result<OpenTree> archive = open_archive("a", pack(members, Packing::tar));
  REQUIRE(archive);
  CHECK(listing_text(*archive->tree).find("repeats too many folders") != std::string::npos);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(60));
}

TEST_CASE("pipes are listed and never opened") {
  TemporaryFolder folder;
  folder.write("a.py", "");
  REQUIRE(mkfifo((folder.path() / "pipe.py").c_str(), 0600) == 0);
  CHECK(listing_of(folder) == "file a.py 0\nother pipe.py [neither a file nor a folder]\n");
  CHECK(open_path(folder.text() + "/pipe.py")
            .error()
            .ends_with("is neither a folder nor an archive"));
}

TEST_CASE("names are bytes") {
  TemporaryFolder folder;
  std::string latin = "caf\xE9.py";
  std::string utf8 = "caf\xC3\xA9.py";
  folder.write({{latin, "1"}, {utf8, "22"}});
  std::string expected = "file " + utf8 + " 2\nfile " + latin + " 1\n";
  CHECK(listing_of(folder) == expected);
  CHECK(content_of(**open_folder(folder.text()), latin) == "1");
  for (Packing packing : {Packing::tar, Packing::tar_gz}) {
    Result<OpenTree> archive = open_archive("a", pack_files({{latin, "1"}, {utf8, "22"}}, packing));
    REQUIRE(archive);
    CHECK(listing_text(*archive->tree) == expected);
    CHECK(content_of(*archive->tree, latin) == "1");
  }
}

TEST_CASE("a file and a folder without permission have a problem") {
  if (geteuid() == 0) {
    MESSAGE("skipped: root may read everything");
    return;
  }
  TemporaryFolder folder;
  folder.write({{"locked/a.py", ""}, {"a.py", "x"}});
  fs::permissions(folder.path() / "a.py", fs::perms::none);
  fs::permissions(folder.path() / "locked", fs::perms::none);
  CHECK(listing_of(folder) ==
        "file a.py 1 [permission denied]\n"
        "folder locked [a folder that cannot be listed: permission denied]\n");
  fs::permissions(folder.path() / "locked", fs::perms::owner_all);
}

TEST_CASE("a file of a gigabyte is listed and not read") {
  TemporaryFolder folder;
  folder.write("big.csv", "");
  fs::resize_file(folder.path() / "big.csv", uint64_t{1} << 30);
  CHECK(listing_of(folder) == "file big.csv 1073741824 [larger than 16 MiB]\n");
  CHECK(content_of(**open_folder(folder.text()), "big.csv") == "error: larger than 16 MiB");
}

TEST_CASE("a file that grows, shrinks or goes after the listing is read as it is") {
  TemporaryFolder folder;
  folder.write({{"a.py", "12345"}, {"b.py", "12345"}, {"c.py", "12345"}});
  Result<std::unique_ptr<SourceTree>> tree = open_folder(folder.text());
  REQUIRE(tree);
  folder.write({{"a.py", "123456789"}, {"b.py", "1"}});
  fs::remove(folder.path() / "c.py");
  CHECK(content_of(**tree, "a.py") == "123456789");
  CHECK(content_of(**tree, "b.py") == "1");
  CHECK(content_of(**tree, "c.py") == "error: no such file or directory");
}
