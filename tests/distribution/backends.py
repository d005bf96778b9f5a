"""Asks poetry-core, hatchling, flit and pdm-pep517 what they put into a wheel.

    python3 tests/distribution/backends.py

prints one JSON object a line: the files of a project, the files in the wheel, and the wheel's name,
version, requirements and Python; or null for the wheel where the tool stops. Run with Debian 12's
releases of the tools, which are the reference.
"""

import email
import glob
import importlib
import json
import os
import sys
import tempfile
import zipfile

BACKENDS = {"poetry": "poetry.core.masonry.api", "hatch": "hatchling.build",
            "flit": "flit_core.buildapi", "pdm": "pdm.pep517.api"}
POETRY = '[tool.poetry]\nname = "{}"\nversion = "0.4"\ndescription = ""\nauthors = ["A <a@b.c>"]\n'
PROJECT = '[project]\nname = "{}"\nversion = "0.4"\ndescription = "x"\n'
DYNAMIC = '[project]\nname = "trainer"\ndescription = "x"\ndynamic = ["version"]\n'
TREE = {"trainer/__init__.py": '"""Trains."""\nfrom os import path\n__version__ = "0.7"\n',
        "trainer/task.py": "print(1)\n", "trainer/sub/__init__.py": "", "trainer/sub/m.py": "",
        "trainer/data/rows.csv": "", "trainer/bare/q.py": "", "README.md": "",
        "tests/__init__.py": "", "tests/t.py": "", "trainer/old.pyc": "", "trainer/.hidden": "",
        "trainer/__pycache__/y.pyc": "", "trainer/.hidden.d/z.py": ""}
SRC = {("src/" + path if path.startswith("trainer") else path): text for path, text in TREE.items()}
DEPENDENCIES = [
    '"^1.2"', '"^0.2.3"', '"^0.0.3"', '"^1"', '"^0"', '"^0.0"', '"~1.2"', '"~1"', '"~1.2.3"', '"*"',
    '"1.2"', '"==1.2"', '"1.2.*"', '"==1.*"', '">=1,<2"', '">= 1.0, < 2.0"', '">=1 <2"', '"!=1.5"',
    '"~=1.4"', '"<=2"', '"^1.2.3.4"', '{version = "^1", extras = ["x", "y"]}',
    '{version = "*", optional = true}', '{version = "^1", python = ">=3.8"}',
    '{version = "^1", python = ">=3.8,<3.11"}', '{version = "^1", python = "^3.8.1"}',
    '{version = "^1", markers = "sys_platform == \'linux\'"}', '{git = "https://x.y/z.git"}',
    '"^1.2 || ^3"', '[{version = "^1", python = "<3.8"}, {version = "^2", python = ">=3.8"}]']


def renamed(tree, name):
    return {path.replace("trainer", name): text for path, text in tree.items()}


def cases():
    """(tool, pyproject.toml without its [build-system], other files)"""
    for tool in BACKENDS:
        base = POETRY if tool == "poetry" else PROJECT
        yield tool, base.format("trainer"), TREE
        yield tool, base.format("trainer"), SRC
        yield tool, base.format("trainer"), {"trainer.py": '"""x"""\n', "README.md": ""}
        yield tool, base.format("trainer"), {"other/__init__.py": "", "other/task.py": ""}
        yield tool, base.format("My-Trainer"), renamed(TREE, "my_trainer")
        yield tool, base.format("my.trainer"), renamed(TREE, "my_trainer")
        if tool != "poetry":
            yield tool, base.format("trainer") + (
                'dependencies = ["pandas>=1", "numpy ; python_version < \'3\'"]\n'
                'requires-python = ">=3.7"\n'), TREE
    for extra, tree in [('packages = [{include = "trainer"}]\n', TREE),
                        ('packages = [{include = "trainer/sub"}]\n', TREE),
                        ('packages = [{include = "trainer", from = "src"}]\n', SRC),
                        ('packages = [{include = "nowhere"}]\n', TREE),
                        ('exclude = ["trainer/data", "**/m.py"]\n', TREE),
                        ('exclude = ["trainer/**/*.csv"]\n', TREE),
                        ('include = ["README.md"]\n', TREE),
                        ('packages = [{include = "trainer"}, {include = "tests", '
                         'format = "sdist"}]\n', TREE)]:
        yield "poetry", POETRY.format("trainer") + extra, tree
    for dependency in DEPENDENCIES:
        yield "poetry", (POETRY.format("trainer") + '[tool.poetry.dependencies]\npython = "^3.7"\n'
                         f'"Some.Lib" = {dependency}\n'), TREE
    yield "poetry", (POETRY.format("trainer") + '[tool.poetry.dependencies]\na = {version = "^1", '
                     'optional = true}\n[tool.poetry.extras]\nx = ["a"]\n'), TREE
    wheel = "[tool.hatch.build.targets.wheel]\n"
    for extra, tree in [(wheel + 'packages = ["trainer"]\n', TREE),
                        (wheel + 'packages = ["src/trainer"]\n', SRC),
                        ('[tool.hatch.build]\npackages = ["trainer", "tests"]\n', TREE)]:
        yield "hatch", PROJECT.format("trainer") + extra, tree
    yield "hatch", DYNAMIC + '[tool.hatch.version]\npath = "trainer/__init__.py"\n', TREE
    yield "pdm", DYNAMIC + '[tool.pdm]\nversion = {source = "file", path = "trainer/__init__.py"}\n', TREE
    yield "pdm", PROJECT.format("trainer"), TREE | {"other/__init__.py": "", "other/a.txt": ""}
    yield "flit", DYNAMIC, TREE
    yield "flit", PROJECT.format("other") + '[tool.flit.module]\nname = "trainer"\n', TREE
    yield "flit", PROJECT.format("other") + '[tool.flit.module]\nname = "acme.trainer"\n', {
        "acme/trainer/__init__.py": "", "acme/trainer/task.py": "", "acme/other.py": ""}
    yield "flit", PROJECT.format("trainer"), TREE | {"src/trainer/__init__.py": ""}
    yield "flit", ('[tool.flit.metadata]\nmodule = "trainer"\nauthor = "a"\nauthor-email = "a@b.c"\n'
                   'requires = ["pandas"]\nrequires-python = ">=3.6"\n'), TREE


def contents(path):
    with zipfile.ZipFile(path) as wheel:
        names = [name for name in wheel.namelist() if not name.endswith("/")]
        described = next(name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(wheel.read(described))
    return {"files": sorted(name for name in names if ".dist-info/" not in name),
            "name": metadata["Name"], "version": metadata["Version"],
            "python": metadata["Requires-Python"] or "",
            "requires": [one for one in metadata.get_all("Requires-Dist", [])
                         if "extra ==" not in one]}


def build(tool, files):
    """What the tool's wheel holds; None where it stops. In a child process, as they change much."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            full = os.path.join(folder, "tree", path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                silent = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silent, 1)
                os.dup2(silent, 2)
                os.chdir(os.path.join(folder, "tree"))
                sys.modules[BACKENDS[tool]].build_wheel(folder)
                code = 0
            finally:
                os._exit(code)
        os.waitpid(child, 0)
        wheels = glob.glob(os.path.join(folder, "*.whl"))
        return contents(wheels[0]) if wheels else None


def main():
    for module in BACKENDS.values():
        importlib.import_module(module)
    for tool, text, tree in cases():
        system = f'[build-system]\nrequires = []\nbuild-backend = "{BACKENDS[tool]}"\n'
        files = tree | {"pyproject.toml": text + system}
        print(json.dumps({"files": files, "wheel": build(tool, files)}), flush=True)


if __name__ == "__main__":
    main()
