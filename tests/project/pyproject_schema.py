"""What setuptools says of pyproject.toml files, one JSON line each: [text, refused, message].

Every key of [project] and [tool.setuptools], and some that do not exist, is given every kind of
value. Nothing is built: setuptools reads the file into a distribution, which is where it stops.

usage: pyproject_schema.py [--setuptools FOLDER]

With a folder (a release's source tree), that setuptools is asked instead of the installed one.
"""

import json
import os
import sys
import tempfile
import warnings

PROJECT = ["name", "version", "description", "readme", "requires-python", "license", "authors",
           "maintainers", "keywords", "classifiers", "urls", "scripts", "gui-scripts",
           "entry-points", "dependencies", "optional-dependencies", "dynamic", "licence",
           "python_requires", "install_requires"]
TOOL = ["platforms", "provides", "obsoletes", "zip-safe", "script-files", "eager-resources",
        "packages", "package-dir", "package-data", "include-package-data", "exclude-package-data",
        "namespace-packages", "py-modules", "data-files", "cmdclass", "license-files", "dynamic",
        "package_data", "install-requires"]
VALUES = ["3", "1.5", "true", "1979-05-27", '""', '"trainer"', '"two words"', '"1.0"', '">=3.8"',
          "[]", '["trainer"]', "[1]", '["trainer", true]', "[[]]", "{}", '{a = "trainer"}',
          '{a = "trainer.task:main"}', '{a = "trainer:main:x"}', '{a = "trainer:main [x]"}',
          '{a = "9x:y"}', "{a = 1}", '{a = ["trainer"]}', "{a = [1]}", '{a = {b = "trainer:x"}}',
          '{file = "README.md"}', '{text = "words"}', '{file = "README.md", text = "words"}',
          '{file = "README.md", content-type = "text/plain"}',
          '{text = "words", content-type = 3}', '{file = ["README.md"]}', '{attr = "trainer.x"}',
          '{find = {}}', '{find = {where = ["."]}}', '{find = {where = "."}}',
          '{find = {namespaces = false}}', '{find = {deep = true}}', '{find = {}, other = 1}',
          '[{name = "A"}]', '[{name = "A", email = "a@b.example"}]', '[{email = "nobody"}]',
          '[{name = 3}]', '[{name = "A", mail = "a@b.example"}]', '["version"]', '["name"]',
          '["readme"]', '["everything"]', '{version = {attr = "trainer.version"}}',
          '{version = "1.0"}', '{version = {file = "VERSION", attr = "trainer.version"}}',
          '{readme = {file = "README.md"}}', '{keywords = {file = "a"}}',
          '{dependencies = {file = ["requirements.txt"]}}', '{dependencies = {attr = "trainer.x"}}',
          '{nothing = {file = "a"}}', '{optional-dependencies = {a = {file = "a.txt"}}}',
          '{optional-dependencies = {a = "a.txt"}}', '["trainer", "trainer.data"]',
          '["trainer/data"]', '["trainer data"]', '[""]', '["9x"]', '["trainer.*"]',
          '{"" = "src"}', '{"" = ["*.csv"]}', '{"*" = ["*.csv"]}', '{"trainer.data" = ["*.csv"]}',
          '{"trainer/data" = ["*.csv"]}', '{"trainer/data" = "src"}', '{"trainer.*" = ["*.csv"]}']
FILES = {"trainer/__init__.py": "version = '1.0'\nx = '2.0'\n", "README.md": "words\n",
         "VERSION": "1.0\n", "requirements.txt": "numpy\n", "a.txt": "numpy\n"}


def texts():
    base = {"name": '"trainer"', "version": '"1.0"', "description": '"words"'}
    for key in PROJECT:
        for value in VALUES:
            if key == "requires-python" and value.startswith('"'):
                continue  # of its text, more is judged later
            fields = dict(base, **{key: value})
            yield "[project]\n" + "".join(f"{k} = {v}\n" for k, v in fields.items())
    for left_out in base:
        yield "[project]\n" + "".join(f"{k} = {v}\n" for k, v in base.items() if k != left_out)
    fixed = "[project]\n" + "".join(f"{k} = {v}\n" for k, v in base.items())
    for key in TOOL:
        for value in VALUES:
            if key.endswith(("package-dir", "package-data")) and "-" in value:
                continue  # releases differ in the names of packages that they take
            yield f"{fixed}[tool.setuptools]\n{key} = {value}\n"


def judge(read, text):
    with open("pyproject.toml", "w", encoding="utf-8") as file:
        file.write(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read("pyproject.toml", expand=False)
    except Exception as error:
        return [text, True, f"{type(error).__name__}: {str(error).splitlines()[0]}"]
    return [text, False, ""]


def main():
    if sys.argv[1:2] == ["--setuptools"]:
        sys.path.insert(0, os.path.abspath(sys.argv[2]))
    from setuptools.config.pyprojecttoml import read_configuration

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for path, text in FILES.items():
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        for text in texts():
            print(json.dumps(judge(read_configuration, text)))
        os.chdir("/")


if __name__ == "__main__":
    main()
