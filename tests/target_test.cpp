#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "lint/launch/target.h"
#include "lint/python/module.h"
#include "lint/source/tree.h"
#include "rules/facts/images.h"

using namespace trainlint;

static constexpr const char* live_image =
    "us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest";
static constexpr const char* retired_image =
    "europe-docker.pkg.dev/vertex-ai/training/tf-cpu.2-3@sha256:0";

// "3.7: python_requires is '<3.8', so Python 3.7 is taken"
static std::string chosen(const LaunchOptions& options, const std::string& python_requires = {},
                          const std::string& dockerfile = {}) {
  auto tree = memory_tree({{"Dockerfile", dockerfile}});
  Launch launch;
  if (!dockerfile.empty()) launch.dockerfile = "Dockerfile";
  Project project;
  if (!python_requires.empty()) {
    project.python_requires.state = Value<std::string>::known;
    project.python_requires.value = python_requires;
  }
  choose_python(launch, *tree, project, options);
  if (launch.python_source == PythonSource::unknown) return "unknown";
  return to_string(launch.python) + ": " + describe_python(launch);
}

TEST_CASE("the default is the newest Python of the images that are not retired") {
  PythonVersion newest{3, 0};
  for (const facts::images::Image& image : facts::images::images)
    if (image.end_of_availability >= facts::images::date)
      newest = std::max(newest, parse_python_version(image.python).value());
  CHECK(to_string(newest) == to_string(PythonVersion{}));
}

TEST_CASE("an image is known by its name in any of the registries") {
  REQUIRE(find_prebuilt_image(live_image));
  CHECK(to_string(find_prebuilt_image(live_image)->python) == "3.10");
  CHECK_FALSE(find_prebuilt_image(live_image)->retired);
  REQUIRE(find_prebuilt_image(retired_image));
  CHECK(find_prebuilt_image(retired_image)->retired);
  CHECK_FALSE(find_prebuilt_image("example.org/vertex-ai/training/tf-cpu.2-17.py310"));
  CHECK_FALSE(find_prebuilt_image("us-docker.pkg.dev/vertex-ai/training"));
  CHECK_FALSE(find_prebuilt_image("us-docker.pkg.dev/vertex-ai/training/tf-cpu.9-9:latest"));
  CHECK_FALSE(find_prebuilt_image(""));
}

TEST_CASE("image, --python-version, Dockerfile and python_requires decide in this order") {
  CHECK(chosen({}) == "3.11: Python 3.11 is the newest that Vertex AI's prebuilt images have");
  CHECK(chosen({.image_uri = live_image}, "<3.8") ==
        "3.10: the image 'tf-cpu.2-17.py310' has Python 3.10");
  CHECK(chosen({.python_version = PythonVersion{3, 8}, .image_uri = live_image}) ==
        "3.10: the image 'tf-cpu.2-17.py310' has Python 3.10");
  CHECK(chosen({.python_version = PythonVersion{3, 8}}, "<3.8") ==
        "3.8: --python-version asks for Python 3.8");
  CHECK(chosen({}, "<3.8") == "3.7: python_requires is '<3.8', so Python 3.7 is taken");
  CHECK(chosen({}, ">=3.12") == "3.12: python_requires is '>=3.12', so Python 3.12 is taken");
  CHECK(chosen({}, ">=3.6").starts_with("3.11: Python 3.11 is the newest"));
  CHECK(chosen({}, "~=3.9.2") == "3.9: python_requires is '~=3.9.2', so Python 3.9 is taken");
  CHECK(chosen({}, "==2.7.*").starts_with("3.11: Python 3.11 is the newest"));
  CHECK(chosen({}, "no specifier").starts_with("3.11: Python 3.11 is the newest"));
}

TEST_CASE("what is retired decides nothing") {
  CHECK(chosen({.image_uri = retired_image}).starts_with("3.11: Python 3.11 is the newest"));
  CHECK(chosen({.runtime_version = "1.15"}).starts_with("3.11: Python 3.11 is the newest"));
  CHECK(chosen({.python_version = PythonVersion{2, 7}, .runtime_version = "1.15"})
            .starts_with("3.11: Python 3.11 is the newest"));
}

TEST_CASE("the last base image of a Dockerfile says which Python it has") {
  CHECK(chosen({}, "<3.8", "FROM a AS build\nFROM --platform=x python:3.9-slim AS run\n") ==
        "3.9: the container starts from 'python:3.9-slim'");
  CHECK(chosen({}, "", std::string("FROM ") + live_image).starts_with("3.10: the container"));
  CHECK(chosen({}, "", "FROM tensorflow/tensorflow:2.9.1\n") == "unknown");
  CHECK(chosen({}, "", "FROM python:3\n") == "unknown");
  CHECK(chosen({.image_uri = "gcr.io/project/image"}) == "unknown");
  CHECK(chosen({.python_version = PythonVersion{3, 8}, .image_uri = "gcr.io/project/image"}) ==
        "3.8: --python-version asks for Python 3.8");
}

// "3.10 match statements" for what the first fault needs, "never" for other faults.
static std::string needed(std::string text, PythonVersion target) {
  Module module = load_module("m.py", std::make_shared<const std::string>(std::move(text)), target);
  if (module.faults.empty()) return "fine";
  const SyntaxFault& fault = module.faults.front();
  if (!fault.needs) return "never";
  return to_string(*fault.needs) + " " + fault.construct;
}

TEST_CASE("syntax of a later version is told from what no version takes") {
  constexpr PythonVersion old{3, 5};
  CHECK(needed("x: int = 1\n", old) == "3.6 variable annotations");
  CHECK(needed("f'{x}'\n", old) == "3.6 f-strings");
  CHECK(needed("from __future__ import annotations\n", {3, 6}) == "3.7 ");
  CHECK(needed("if (x := 1): pass\n", old) == "3.8 assignment expressions");
  CHECK(needed("def f(a, /): pass\n", old) == "3.8 positional-only parameters");
  CHECK(needed("@a[0].b\ndef f(): pass\n", {3, 8}) == "3.9 such decorators");
  CHECK(needed("with (a as b, c as d): pass\n", {3, 8}) == "3.9 context managers in parentheses");
  CHECK(needed("match x:\n  case 1: pass\n", {3, 9}) == "3.10 match statements");
  CHECK(needed("try: pass\nexcept* E: pass\n", {3, 10}) == "3.11 except* clauses");
  CHECK(needed("def f[T](x: T): pass\n", {}) == "3.12 type parameters");
  CHECK(needed("f'{x['a']}'\n", {}) == "3.12 such f-strings");
  CHECK(needed("try: pass\nexcept A, B, C: pass\n", {3, 13}) ==
        "3.14 except clauses with several classes and no parentheses");
  CHECK(needed("def f(:\n", old) == "never");
  CHECK(needed("print 'a'\n", old) == "never");
  CHECK(needed("with (a, b): pass\nmatch = 1\n", {3, 8}) == "fine");
}
