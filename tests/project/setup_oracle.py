"""What setup.py really says: runs it and prints what setup() was called with.

    python3 setup_oracle.py [--full] FOLDER...

looks for every setup.py below the folders, runs each in a process of its own, and prints one JSON
object a line: {"folder": ..., "fields": {...}, "failure": null}. Without --full, setup() of
setuptools and distutils is replaced by a function that only notes its keyword arguments; with
--full, setuptools reads setup.cfg and pyproject.toml too and discovers packages (a folder needs no
setup.py then). Fields that cannot be compared (iterators, objects) stand in "odd".

This RUNS the code it finds, with starting of programs, asking for input and writing to the network
switched off but without any other protection: use it on code that you trust, or in a sandbox.
"""

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys

import setuptools
import distutils.core

SECONDS = 20
FIELDS = (
    "name", "version", "packages", "package_dir", "py_modules", "package_data",
    "exclude_package_data", "include_package_data", "data_files", "scripts", "ext_modules",
    "install_requires", "extras_require", "python_requires", "entry_points",
)


class Odd(Exception):
    """A value that has no counterpart in the comparison."""


class Called(BaseException):
    """Raised by the stubs, so that nothing after setup() is run."""

    def __init__(self, arguments):
        super().__init__()
        self.arguments = arguments


def flat(value):
    if isinstance(value, str):
        return [value]
    return [text for item in value for text in flat(item)]


def requirement_lines(value):
    """Lines of a requirement list, as pkg_resources cleans them."""
    out, pending = [], ""
    for text in flat(value):
        for line in text.split("\n"):
            line = line.strip()
            if line.startswith("#"):
                line = ""
            line = line.split(" #")[0].strip()
            if line.endswith("\\"):
                pending += line[:-1].rstrip(" ")
            elif line:
                out.append(pending + line)
                pending = ""
    return out


def texts(value):
    if isinstance(value, str):
        return list(value)
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise Odd
    if not all(isinstance(item, str) for item in value):
        raise Odd
    return sorted(value) if isinstance(value, (set, frozenset)) else list(value)


def groups(value):
    if isinstance(value, str):
        out, group = {}, ""
        for line in value.split("\n"):
            line = line.strip()
            if line.startswith("[") and line.endswith("]"):
                group = line[1:-1]
                out[group] = []
            elif line and not line.startswith("#"):
                out.setdefault(group, []).append(line)
        return out
    return {key: groups(item).get("", []) if isinstance(item, str) else texts(item)
            for key, item in value.items()}


def normal(name, value):
    """The value as project_json() writes it."""
    if name in ("name", "version", "python_requires"):
        if not isinstance(value, (str, int, float)) and type(value).__name__ != "SpecifierSet":
            raise Odd
        return str(value).strip() if name == "version" else str(value)
    if name in ("packages", "py_modules", "scripts"):
        return texts(value)
    if name == "include_package_data":
        return bool(value)
    if name in ("package_data", "exclude_package_data"):
        if not all(isinstance(item, (list, tuple)) for item in value.values()):
            raise Odd
        return {"" if key == "*" else key: texts(item) for key, item in value.items()}
    if name == "package_dir":
        here = os.getcwd()
        return {key: os.path.relpath(item, here) if os.path.isabs(item) else item
                for key, item in value.items()}
    if name == "data_files":
        return [["", [item]] if isinstance(item, str) else [item[0], texts(item[1])]
                for item in value]
    if name == "ext_modules":
        return [item.name for item in value]
    if name == "install_requires":
        if isinstance(value, (dict, set)):
            raise Odd
        if not isinstance(value, (str, list, tuple)):
            raise Odd
        return requirement_lines(value)
    if name == "extras_require":
        return {key: requirement_lines(item) for key, item in value.items()}
    return groups(value)


def fields_of(arguments):
    fields, odd = {}, []
    for name in FIELDS:
        value = arguments.get(name)
        if value is None:
            continue
        try:
            fields[name] = normal(name, value)
        except Exception:  # whatever a strange value does
            odd.append(name)
    return {"fields": fields, "odd": odd, "commands": sorted(arguments.get("cmdclass") or {})}


def refuse(*_arguments, **_keywords):
    raise OSError("no program may be started here")


def prepare(folder):
    os.chdir(folder)
    sys.path[:0] = [os.getcwd()]
    sys.argv = ["setup.py", "--version"]
    subprocess.Popen = subprocess.run = subprocess.call = refuse
    subprocess.check_output = subprocess.check_call = subprocess.getoutput = refuse
    os.system = os.popen = socket.socket.connect = refuse
    sys.stdin = io.StringIO("")
    sys.dont_write_bytecode = True
    signal.alarm(SECONDS)


def run_script():
    if os.path.exists("setup.py"):
        with open("setup.py", "rb") as file:
            code = compile(file.read(), "setup.py", "exec", dont_inherit=True)
        path = os.path.abspath("setup.py")
    else:
        code = compile("from setuptools import setup; setup()", "setup.py", "exec")
        path = os.path.abspath("setup.py")
    exec(code, {"__name__": "__main__", "__file__": path, "__builtins__": __builtins__})


def keyword_arguments():
    def stub(**arguments):
        raise Called(arguments)

    setuptools.setup = distutils.core.setup = stub
    try:
        run_script()
    except Called as call:
        return fields_of(call.arguments)
    return {"fields": {}, "odd": [], "commands": [], "failure": "never calls setup()"}


def full_metadata():
    """What setuptools makes of all metadata files, with packages discovered."""
    distutils.core._setup_stop_after = "commandline"
    try:
        run_script()
    finally:
        distutils.core._setup_stop_after = None
    dist = distutils.core._setup_distribution
    dist.set_defaults()
    values = {name: getattr(dist, name, None) for name in FIELDS}
    values["name"], values["version"] = dist.metadata.name, dist.metadata.version
    values["python_requires"] = getattr(dist.metadata, "python_requires", None) or dist.python_requires
    values["install_requires"] = dist.install_requires
    extras = dist.extras_require
    values["extras_require"] = dict(extras) if extras else None
    values["cmdclass"] = dist.cmdclass
    found = fields_of(values)
    # setuptools makes empty lists and dicts of what is absent.
    found["fields"] = {key: value for key, value in found["fields"].items() if value not in ([], {})}
    return found


def answer(folder, full):
    prepare(folder)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            found = full_metadata() if full else keyword_arguments()
        except BaseException as error:  # exits and interrupts too
            found = {"fields": {}, "odd": [], "commands": [],
                     "failure": f"{type(error).__name__}: {error}"[:300]}
    found.setdefault("failure", None)
    return found


def ask(folder, full=False):
    """answer() in a process of its own."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            text = json.dumps(answer(folder, full))
        except BaseException as error:
            text = json.dumps({"fields": {}, "odd": [], "commands": [], "failure": repr(error)[:300]})
        with os.fdopen(write, "w") as pipe:
            pipe.write(text)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text or '{"fields": {}, "odd": [], "commands": [], "failure": "died"}')


def main():
    arguments = sys.argv[1:]
    full = "--full" in arguments
    for top in arguments:
        for folder, folders, files in os.walk(top):
            folders.sort()
            if "setup.py" in files:
                print(json.dumps({"folder": folder, **ask(folder, full)}), flush=True)


if __name__ == "__main__":
    main()
