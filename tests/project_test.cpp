#include "lint/project/project.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "lint/project/dump.h"

using namespace trainlint;

static std::string dump(std::map<std::string, std::string> files,
                        const std::string& package = "trainer") {
  auto tree = memory_tree(std::move(files));
  return dump_project(read_project(*tree, package), *tree);
}

TEST_CASE("setup.py: literals, names and find_packages") {
  std::string setup =
      "from setuptools import find_packages, setup\n"
      "REQUIRED = ['numpy>=1.0']\n"
      "REQUIRED += ['pandas']\n"
      "REQUIRED.append('six')\n"
      "setup(name='trainer', version='0.' + str(1), packages=find_packages(exclude=['tests']),\n"
      "      install_requires=REQUIRED, package_dir={'': '.'}, py_modules=['a', 'b'],\n"
      "      include_package_data=True)\n";
  CHECK(dump({{"setup.py", setup},
              {"trainer/__init__.py", ""},
              {"trainer/sub/__init__.py", ""},
              {"trainer/plain/x.py", ""},
              {"tests/__init__.py", ""}}) ==
        "origin: setup.py\n"
        "build_backend: setuptools.build_meta\n"
        "name: trainer\n"
        "version: 0.1\n"
        "packages:\n"
        "    trainer\n"
        "    trainer.sub\n"
        "package_dir:\n"
        "    (all): .\n"
        "py_modules:\n"
        "    a\n"
        "    b\n"
        "include_package_data: true\n"
        "install_requires:\n"
        "    numpy>=1.0  (setup.py:2:13)\n"
        "    pandas  (setup.py:3:14)\n"
        "    six  (setup.py:4:17)\n"
        "imports: setuptools  (setup.py:1:6)\n");
}

TEST_CASE("what cannot be evaluated is unknown, with the reason and the place") {
  std::string setup =
      "import subprocess\n"
      "from setuptools import setup\n"
      "setup(name='trainer', version=subprocess.check_output(['git', 'describe']).strip(),\n"
      "      packages=['trainer'])\n";
  CHECK(dump({{"setup.py", setup}, {"trainer/__init__.py", ""}}) ==
        "origin: setup.py\n"
        "build_backend: setuptools.build_meta\n"
        "name: trainer\n"
        "version: unknown: calls subprocess.check_output()  (setup.py:3:31)\n"
        "packages:\n"
        "    trainer\n"
        "imports: subprocess  (setup.py:1:8)\n"
        "imports: setuptools  (setup.py:2:6)\n");
}

TEST_CASE("without a setup.py gcloud lists the package alone") {
  CHECK(dump({{"trainer/__init__.py", ""},
              {"trainer/sub/__init__.py", ""},
              {"other/__init__.py", ""}}) ==
        "origin: generated\n"
        "build_backend: setuptools.build_meta\n"
        "name: trainer\n"
        "packages:\n"
        "    trainer\n");
}
