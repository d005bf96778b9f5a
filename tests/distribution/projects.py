"""Small random projects: layouts x metadata sources x manifests x data files x mistakes.

A project is a dict of files (path -> text) and a dict of what its metadata says. Every file ends
with a line that names its path, so that an installed copy tells where it came from.
"""

import json

MODULES = ["task.py", "model.py", "util.py", ".hidden.py", "9bad.py"]
FOLDERS = ["", "data", "utils", "utils/deep", "configs", "tests", "data-1"]
DATA = ["vocab.txt", ".hidden.cfg", "data/rows.csv", "data/.cache/x.csv", "configs/a.yaml",
        "templates/index.html", "static/js/app.js", "weights.bin", "notes.md", "data/deep/b.csv",
        "ops.cpython-311-x86_64-linux-gnu.so", "utils/table.csv", "CVS/Root"]
ROOT = ["README.md", "README.rst", "README", "LICENSE", "LICENCE.txt", "NOTICE", "AUTHORS.md",
        "COPYING~", "requirements.txt", "helper.py", "conftest.py", "tests/__init__.py",
        "tests/test_task.py", "test/test_a.py", "test/data.txt", "scripts/run.sh", "scripts/go.py",
        "config/settings.ini", "data/big.csv", "docs/index.md", "build/old.txt",
        ".svn/entries", "trainer-0.1/x.txt", ".gitignore", "notebooks/a.ipynb", "other/__init__.py",
        "other/part.py", "other/table.csv"]
MANIFEST = ["include README.md", "include requirements.txt", "include *.txt",
            "include {top}/*.txt", "include ./requirements.txt", "include {top}",
            "recursive-include {top} *.csv *.yaml", "recursive-include {top} *",
            "recursive-include . *.txt", "recursive-include {top}/data *.csv", "graft {top}",
            "recursive-include {top}/** *.csv", "graft tests", "graft data/", "graft {top}/*",
            "graft .", "graft {top}/data {top}/configs", "prune tests", "prune {top}/tests",
            "prune {top}/utils", "prune docs/", "prune {top}/data", "exclude setup.cfg",
            "exclude {top}/vocab.txt", "exclude {top}/*.py", "exclude MANIFEST.in",
            "exclude ./requirements.txt", "global-exclude *.py[cod]", "global-exclude *.csv",
            "global-exclude [a-z]*.txt", "global-exclude *.[ct]sv", "global-include *.yaml",
            "global-include *.txt *.md", "recursive-exclude {top} *.yaml",
            "recursive-exclude * *.csv", "recursive-exclude * __pycache__", "exclude **/*.csv",
            "include **/*.csv", "include {top}/d?ta/*.csv", "bogus line", "include", "# nothing",
            "include docs/index.md \\\n   config/settings.ini # and so on", "exclude setup.py",
            "recursive-exclude {top}/utils *", "exclude {top}/utils/__init__.py", "prune .",
            "global-include **", "exclude {top}/[!v]*.txt", "include \\#odd.txt", "prune {top}-0*"]
PATTERNS = ["*.txt", "data/*.csv", "**/*.csv", "configs/*.yaml", "*", "*/*", "templates/*.html",
            "static/**/*", ".hidden.cfg", "../requirements.txt", "../config/*.ini", "./vocab.txt",
            "data", "[a-z]*.txt", "*.bin", "utils/*.py", "missing.*", "**", "*.so", "data/**"]
EXCLUDED = ["*.csv", "data/rows.csv", "*", "vocab.txt", "*.py", "configs/[ab].yaml"]
VERSIONS = ["0.1", "0.1", "0.1", "1.0.0", "1.0rc1", "2!1.0.post3", "1.0+local.7", "v1.2", "1.0-1",
            "01.2", "0.1.dev0"]
REQUIREMENTS = ["pandas", "numpy>=1.20,<2", "scikit_learn[extra] == 1.0.*", "gcsfs ~= 2023.1",
                "tqdm; python_version < '3.8'", "Keras!=2.0", "lib @ https://example.com/lib.zip",
                "google-cloud-storage (>=1.0)", "a.b-c_d"]
BAD_REQUIREMENTS = ["pandas=1.0", "-r requirements.txt", "numpy>=", "==1.0", "two words"]
PYTHONS = [">=3.7", ">=3.7,<4", "~=3.8", "!=3.0.*", ">=2.7"]


def some(rng, items, share):
    return [item for item in items if rng.random() < share]


def package_files(rng, top):
    paths = []
    for folder in FOLDERS:
        if folder and rng.random() < 0.45:
            continue
        base = f"{top}/{folder}" if folder else top
        if rng.random() < (0.95 if not folder else 0.7):
            paths.append(f"{base}/__init__.py")
        paths += [f"{base}/{name}" for name in some(rng, MODULES, 0.4)]
    return paths + [f"{top}/{name}" for name in some(rng, DATA, 0.35)]


def layout(rng):
    """Where the package lies, and the package_dir that says so (or fails to)."""
    return rng.choice([
        ("trainer", None), ("trainer", None), ("trainer", None), ("trainer", None),
        ("src/trainer", {"": "src"}), ("src/trainer", {"": "src/"}), ("src/trainer", None),
        ("trainer", {"": "."}), ("lib/code", {"trainer": "lib/code"}),
        ("trainer", {"trainer.data": "data"}), ("trainer", {"trainer": "./trainer"}),
        ("src/trainer", {"": "./src"}),
    ])


def packages(rng, with_modules, package_dir):
    where = "src" if package_dir and package_dir.get("", ".").strip("./") == "src" else "."
    kind = rng.choice(["find", "find", "find", "namespace", "literal", "literal", "none"])
    if kind == "none":
        return None
    if kind == "literal":
        names = ["trainer"] + some(rng, ["trainer.data", "trainer.utils", "trainer.utils.deep",
                                         "trainer.configs"], 0.3)
        names = [name for name in names if rng.random() < 0.1 or name in with_modules]
        if rng.random() < 0.05:
            names.append(rng.choice(["trainer.nowhere", "other", "trainer/data"]))
        return {"kind": "literal", "names": names}
    include = rng.choice([None, None, ["trainer"], ["trainer*"], ["trainer", "trainer.*"]])
    exclude = rng.choice([None, None, ["tests", "*.tests"], ["trainer.utils*"]])
    return {"kind": kind, "where": where, "include": include, "exclude": exclude}


def metadata(rng, with_modules, package_dir):
    spec = {"name": rng.choice(["trainer", "trainer", "trainer", "my-trainer", None]),
            "version": rng.choice(VERSIONS), "package_dir": package_dir,
            "packages": packages(rng, with_modules, package_dir)}
    if rng.random() < 0.5:
        keys = rng.sample(["", "trainer", "trainer.data", "other"], rng.choice([1, 1, 2]))
        spec["package_data"] = {key: rng.sample(PATTERNS, rng.randint(1, 3)) for key in keys}
    if rng.random() < 0.2:
        spec["exclude_package_data"] = {rng.choice(["", "trainer", "trainer.data"]):
                                        rng.sample(EXCLUDED, rng.randint(1, 2))}
    spec["include_package_data"] = rng.choice([None, True, True, False])
    if rng.random() < 0.2:
        spec["py_modules"] = some(rng, ["helper", "conftest", "missing", "trainer.util"], 0.5)
    if rng.random() < 0.15:
        spec["scripts"] = some(rng, ["scripts/run.sh", "scripts/go.py"], 0.6)
    if rng.random() < 0.15:
        spec["data_files"] = [["share/x", some(rng, ["data/big.csv", "requirements.txt"], 0.7)]]
    if rng.random() < 0.4:
        spec["install_requires"] = rng.sample(REQUIREMENTS, rng.randint(1, 3))
        if rng.random() < 0.08:
            spec["install_requires"].append(rng.choice(BAD_REQUIREMENTS))
    if rng.random() < 0.2:
        spec["python_requires"] = rng.choice(PYTHONS)
    if rng.random() < 0.1:
        spec["license_files"] = some(rng, ["LICEN*", "docs/*.md", "nothing"], 0.5)
    return {key: value for key, value in spec.items() if value not in (None, [], {})}


def finder(packages):
    name = "find_packages" if packages["kind"] == "find" else "find_namespace_packages"
    arguments = [repr(packages["where"])] if packages["where"] != "." else []
    arguments += [f"{key}={packages[key]!r}" for key in ("include", "exclude") if packages[key]]
    return f"{name}({', '.join(arguments)})"


def setup_py(spec):
    lines = ["from setuptools import setup, find_packages, find_namespace_packages", "", "setup("]
    for key, value in spec.items():
        if key == "packages":
            value = value["names"] if value["kind"] == "literal" else finder(value)
            lines.append(f"    packages={value},")
        elif key == "data_files":
            lines.append(f"    data_files={[tuple(entry) for entry in value]!r},")
        else:
            lines.append(f"    {key}={value!r},")
    return "\n".join(lines + [")", ""])


def cfg_list(values):
    return "".join(f"\n    {value}" for value in values)


def setup_cfg(spec):
    lines = ["[metadata]"]
    lines += [f"{key} = {spec[key]}" for key in ("name", "version") if key in spec]
    if "license_files" in spec:
        lines.append("license_files =" + cfg_list(spec["license_files"]))
    lines.append("[options]")
    if "install_requires" in spec:
        lines.append("install_requires =" + cfg_list(spec["install_requires"]))
    if "python_requires" in spec:
        lines.append(f"python_requires = {spec['python_requires']}")
    sections = []
    found = spec.get("packages")
    if found and found["kind"] == "literal":
        lines.append("packages =" + cfg_list(found["names"]))
    elif found:
        lines.append("packages = " + ("find:" if found["kind"] == "find" else "find_namespace:"))
        sections.append("[options.packages.find]")
        sections += [f"{key} ={cfg_list(found[key])}" for key in ("include", "exclude") if found[key]]
        sections += [f"where = {found['where']}"] if found["where"] != "." else []
    if "package_dir" in spec:
        lines.append("package_dir =" + cfg_list(f"{k}={v}" for k, v in spec["package_dir"].items()))
    if "include_package_data" in spec:
        lines.append(f"include_package_data = {spec['include_package_data']}")
    for key in ("py_modules", "scripts"):
        if key in spec:
            lines.append(f"{key} =" + cfg_list(spec[key]))
    for key in ("package_data", "exclude_package_data"):
        if key in spec:
            sections.append(f"[options.{key}]")
            sections += [f"{k or '*'} = {', '.join(v)}" for k, v in spec[key].items()]
    if "data_files" in spec:
        sections.append("[options.data_files]")
        sections += [f"{folder} = {', '.join(files)}" for folder, files in spec["data_files"]]
    return "\n".join(lines + sections + [""])


def pyproject(spec):
    lines = ["[build-system]", 'requires = ["setuptools"]',
             'build-backend = "setuptools.build_meta"', "[project]",
             f'name = "{spec.get("name", "trainer")}"', f'version = "{spec["version"]}"']
    if "install_requires" in spec:
        lines.append(f"dependencies = {json.dumps(spec['install_requires'])}")
    if "python_requires" in spec:
        lines.append(f'requires-python = "{spec["python_requires"]}"')
    lines.append("[tool.setuptools]")
    tables = []
    found = spec.get("packages")
    if found and found["kind"] == "literal":
        lines.append(f"packages = {json.dumps(found['names'])}")
    elif found:
        tables.append("[tool.setuptools.packages.find]")
        tables.append(f"namespaces = {json.dumps(found['kind'] == 'namespace')}")
        tables.append(f"where = {json.dumps([found['where']])}")
        tables += [f"{key} = {json.dumps(found[key])}" for key in ("include", "exclude")
                   if found[key]]
    for key in ("include_package_data", "py_modules", "license_files"):
        if key in spec:
            lines.append(f"{key.replace('_', '-')} = {json.dumps(spec[key])}")
    if "scripts" in spec:
        lines.append(f"script-files = {json.dumps(spec['scripts'])}")
    for key in ("package_dir", "package_data", "exclude_package_data"):
        if key in spec:
            tables.append(f"[tool.setuptools.{key.replace('_', '-')}]")
            wild = "" if key == "package_dir" else "*"
            tables += [f"{json.dumps(k or wild)} = {json.dumps(v)}" for k, v in spec[key].items()]
    if "data_files" in spec:
        tables.append("[tool.setuptools.data-files]")
        tables += [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in spec["data_files"]]
    return "\n".join(lines + tables + [""])


def generated_setup_py(package):
    """What gcloud writes when there is none; said in its own words in the reference."""
    return ("from setuptools import setup, find_packages\n\n"
            f"setup(name='{package}', packages=find_packages(include=['{package}']))\n")


def write_metadata(rng, spec, files):
    source = rng.choice(["setup_py", "setup_py", "setup_py", "setup_cfg", "pyproject", "generated"])
    if source == "setup_py":
        files["setup.py"] = setup_py(spec)
    elif source == "setup_cfg":
        files["setup.cfg"] = setup_cfg(spec)
        files["setup.py"] = "from setuptools import setup\n\nsetup()\n"
    elif source == "pyproject":
        files["pyproject.toml"] = pyproject(spec)
        # setuptools 66 mistypes two of its default patterns there: " COPYING*" and " NOTICE*".
        files.pop("NOTICE", None)
    else:
        spec.clear()
    return source


def project(rng):
    top, package_dir = layout(rng)
    inner = package_files(rng, top)
    with_modules = {path.rpartition("/")[0].replace(top, "trainer").replace("/", ".")
                    for path in inner if path.endswith(".py")}
    spec = metadata(rng, with_modules, package_dir)
    files = {path: "" for path in inner + some(rng, ROOT, 0.25)}
    if rng.random() < 0.6:
        chosen = rng.sample(MANIFEST, rng.randint(1, 5))
        files["MANIFEST.in"] = "\n".join(line.replace("{top}", top) for line in chosen) + "\n"
    if rng.random() < 0.15:
        base = (package_dir or {}).get("", "").strip("./")
        name = (spec.get("name") or "UNKNOWN").replace("-", rng.choice("-_"))
        listed = some(rng, sorted(files), 0.3) + ["gone.txt"]
        files[f"{base}/{name}.egg-info/SOURCES.txt".lstrip("/")] = "\n".join(listed) + "\n"
    if rng.random() < 0.1:
        files["setup.cfg"] = "[metadata]\nauthor = me\n"
    for path in spec.get("scripts", []) + [path for _, paths in spec.get("data_files", [])
                                            for path in paths]:
        if rng.random() < 0.9:
            files.setdefault(path, "")
    source = write_metadata(rng, spec, files)
    return {"source": source, "spec": spec,
            "files": {path: f"{text}# {path}\n" for path, text in sorted(files.items())}}
