#include <doctest/doctest.h>

#include <string>

#include "lint/launch/example.h"
#include "tests/support/program.h"

// Fixes of metadata, scripts and job files, one file after "--fix --unsafe-fixes" each.

using namespace trainlint;

// The file after all fixes of a package with `files` besides a usual one; nothing else may be
// found.
static std::string fixed(const std::string& files, const std::string& path,
                         const std::string& arguments = "") {
  Workplace place(files);
  Outcome outcome = place.run("--fix --unsafe-fixes " + arguments);
  CHECK_MESSAGE(outcome.err.starts_with("trainlint: fixes made: "), outcome.err, outcome.out);
  CHECK_MESSAGE(outcome.status == 0, outcome.out);
  CHECK(place.run("--fix --unsafe-fixes " + arguments).err == "");
  return place.file(path);
}

static const std::string setup =
    "-- setup.py --\nfrom setuptools import find_packages, setup\n\n"
    "setup(name='x', version='1', packages=find_packages()";

static const std::string imports_unidecode =
    "\n-- trainer/__init__.py --\n-- trainer/task.py --\nimport unidecode\n\n"
    "print(unidecode.unidecode('x'))\n";

TEST_CASE("a requirement is added to the metadata that lists them") {
  CHECK(fixed(setup + ")\n" + imports_unidecode, "setup.py")
            .ends_with("packages=find_packages(), install_requires=['unidecode'])\n\n"));
  CHECK(fixed(setup + ",\n      install_requires=[\n          \"six\",  # why\n      ],\n)\n" +
                  imports_unidecode,
              "setup.py")
            .ends_with("          \"six\",\n          \"unidecode\",  # why\n      ],\n)\n\n"));
  CHECK(fixed("-- setup.py --\nfrom setuptools import setup\n\nsetup()\n-- pyproject.toml "
              "--\n[project]\nname = \"x\"\nversion = \"1\"\n"
              "dependencies = [\n  \"six\",  # why ]\n]\n\n[tool.setuptools]\n"
              "packages = [\"trainer\"]\n" +
                  imports_unidecode,
              "pyproject.toml")
            .find("dependencies = [\n  \"six\",\n  \"unidecode\",  # why ]\n]\n") !=
        std::string::npos);
  CHECK(fixed("-- setup.py --\nfrom setuptools import setup\n\nsetup()\n-- setup.cfg --\n"
              "[metadata]\nname = x\nversion = 1\n\n[options]\npackages = trainer\n"
              "install_requires =\n    six\n    # why\n\n[bdist_wheel]\nuniversal = 0\n" +
                  imports_unidecode,
              "setup.cfg")
            .find("install_requires =\n    six\n    unidecode\n    # why\n\n[bdist") !=
        std::string::npos);
}

static const std::string reads_vocabulary =
    "\n-- trainer/__init__.py --\n-- trainer/vocab.txt --\na\n-- trainer/task.py --\n"
    "import os\n\nprint(open(os.path.join(os.path.dirname(__file__), 'vocab.txt')).read())\n";

TEST_CASE("package data is added where the metadata would have it") {
  CHECK(fixed(setup + ",)\n" + reads_vocabulary, "setup.py")
            .ends_with("packages=find_packages(), package_data={'trainer': ['vocab.txt']},)\n\n"));
  CHECK(fixed(setup + ", include_package_data=True)\n" + reads_vocabulary, "MANIFEST.in") ==
        "include trainer/vocab.txt\n");
  CHECK(fixed(setup + ", include_package_data=True)\n-- MANIFEST.in --\ninclude *.md\n" +
                  reads_vocabulary,
              "MANIFEST.in")
            .ends_with("include *.md\n\ninclude trainer/vocab.txt\n"));
  CHECK(fixed("-- setup.py --\nfrom setuptools import setup\n\nsetup()\n-- pyproject.toml "
              "--\n[project]\nname = \"x\"\nversion = \"1\"\n\n"
              "[tool.setuptools]\npackages = [\"trainer\"]\ninclude-package-data = false\n" +
                  reads_vocabulary,
              "pyproject.toml")
            .ends_with("\n[tool.setuptools.package-data]\n\"trainer\" = [\"vocab.txt\"]\n"));
  CHECK(fixed("-- setup.py --\nfrom setuptools import setup\n\nsetup()\n-- setup.cfg --\n"
              "[metadata]\nname = x\nversion = 1\n\n[options]\npackages = trainer\n" +
                  reads_vocabulary,
              "setup.cfg")
            .ends_with("\n[options.package_data]\ntrainer = vocab.txt\n"));
}

TEST_CASE("print statements become calls") {
  const std::string setup =
      "-- setup.py --\nfrom setuptools import find_packages, setup\n\n"
      "setup(name='x', version='1', packages=find_packages())\n-- trainer/__init__.py --\n"
      "-- trainer/task.py --\n";
  const std::string runs_on = "--python-version 3.7";
  CHECK(fixed(setup + "print 'a', 1  # two\nfor i in (1, 2):\n    print i,\n"
                      "print 'a' \\\n    'b'; print i\n",
              "trainer/task.py", runs_on) ==
        "print('a', 1)  # two\nfor i in (1, 2):\n    print(i, end=\" \")\n"
        "print('a' \\\n    'b'); print(i)\n");
  // What else stands in the way is not mended, and neither is a print to a file.
  for (const char* text : {"print 'a'\nraise ValueError, 'b'\n",
                           "import sys\nprint >> sys.stderr, 'a'\nprint 'b'\n"}) {
    Workplace place(setup + text);
    CHECK(place.run("--fix --unsafe-fixes " + runs_on).err == "");
    CHECK(place.file("trainer/task.py") == text);
  }
}

TEST_CASE("a word in a script or a job file is corrected in its quotes") {
  const std::string package =
      "-- setup.py --\nfrom setuptools import find_packages, setup\n\n"
      "setup(name='x', version='1', packages=find_packages())\n-- trainer/__init__.py --\n"
      "-- trainer/task.py --\nimport argparse\n\nparser = argparse.ArgumentParser()\n"
      "parser.add_argument('--epochs', type=int)\nparser.add_argument('--job-dir')\n"
      "print(parser.parse_args())\n";
  CHECK(
      fixed(
          package +
              "-- submit.sh --\ngcloud ai custom-jobs create --regin=us-central1 \\\n"
              "  --display-name x --config=job.yaml\n"
              "-- job.yaml --\nworkerPoolSpecs:\n- machineSpec:\n    machineTyp: \"n1-standrd-4\"\n"
              "  replicaCount: 1\n  pythonPackageSpec:\n"
              "    executorImageUri: "
              "us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-12.py310:latest\n"
              "    packageUris: ['gs://bucket/x.tar.gz']\n    pythonModule: trainer.task\n"
              "    args: ['--epoch', '3']\n",
          "submit.sh")
          .starts_with("gcloud ai custom-jobs create --region=us-central1 \\\n"));
}
