"""Compares the parsers of real trainer packages with the argument model.

usage: arguments.py TRAINLINT FOLDER...

Every task.py below the folders is run by `python -m` in a process of its own, with every library that
is not Python's own replaced by a stand-in, until argparse is asked to read the command line. The
options that its parser has then must be those that `trainlint dump arguments` prints, or trainlint
must say that the parser is open or print no parser at all. Run it only on code that may be run.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

RUNNER = r'''
import argparse, builtins, importlib.abc, importlib.machinery, json, os, runpy, subprocess, shutil, sys, types

root, module = sys.argv[1], sys.argv[2]
package = module.split(".")[0]

class Standin(types.ModuleType):
    def __init__(self, name="standin"):
        super().__init__(name)
        self.__path__ = []
    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Anything
    def __call__(self, *args, **kwargs):
        return Anything()

class Meta(type):
    def __getattr__(cls, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Anything

class Anything(metaclass=Meta):
    def __init__(self, *args, **kwargs): pass
    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Anything
    def __call__(self, *args, **kwargs):
        # A decorator gives back what it decorates; app.run(main) calls it.
        if len(args) == 1 and isinstance(args[0], types.FunctionType):
            return args[0]
        return Anything()
    def __iter__(self): return iter(())
    def __getitem__(self, key): return Anything()
    def __enter__(self): return self
    def __exit__(self, *args): return False
    def __len__(self): return 0

class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or os.path.exists(os.path.join(root, top)) or \
                os.path.exists(os.path.join(root, top + ".py")):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)
    def create_module(self, spec): return Standin(spec.name)
    def exec_module(self, module): pass

class Done(BaseException): pass

def described(parser):
    out = []
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction): continue
        item = {"flags": list(action.option_strings), "dest": action.dest, "required": bool(action.required),
                "nargs": action.nargs, "kind": type(action).__name__,
                "type": getattr(action.type, "__name__", None) if action.type else None,
                "default": repr(action.default)}
        if isinstance(action, argparse._SubParsersAction):
            item["commands"] = {name: described(one) for name, one in action.choices.items()}
            item["dest"] = None
        out.append(item)
    return out

def record(self, args=None, namespace=None):
    if args is not None and list(args) != sys.argv[1:]:
        return argparse.Namespace(**{a.dest: a.default for a in self._actions})
    print("RECORD " + json.dumps(described(self)))
    raise Done

def record_known(self, args=None, namespace=None):
    record(self, args, namespace)

argparse.ArgumentParser.parse_args = record
argparse.ArgumentParser.parse_known_args = record_known
def refuse(*args, **kwargs): raise Done
for name in ("run", "call", "check_call", "check_output", "Popen", "getoutput"): setattr(subprocess, name, refuse)
os.system = refuse
for name in ("rmtree", "move", "copy", "copytree"): setattr(shutil, name, refuse)
for name in ("remove", "makedirs", "mkdir", "rename", "chdir"): setattr(os, name, refuse)
real_open = builtins.open
def reading(file, mode="r", *args, **kwargs):
    if any(c in mode for c in "wax+"): raise Done
    return real_open(file, mode, *args, **kwargs)
builtins.open = reading
sys.meta_path.append(Finder())
sys.path.insert(0, root)
sys.argv = [os.path.join(root, module.replace(".", "/") + ".py")]
sys.dont_write_bytecode = True
try:
    runpy.run_module(module, run_name="__main__", alter_sys=False)
except BaseException as fault:
    if not isinstance(fault, Done): print("FAULT", type(fault).__name__, str(fault)[:200])
'''


def recorded(root, module, runner):
    try:
        done = subprocess.run([sys.executable, "-W", "ignore", runner, root, module], capture_output=True,
                              text=True, timeout=20, cwd=tempfile.gettempdir(), stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, "timeout"
    for line in done.stdout.splitlines():
        if line.startswith("RECORD "):
            return json.loads(line[7:]), ""
    return None, (done.stdout + done.stderr)[-200:]


def modelled(text):
    """The options of the first parser in the dump; None when there is none or it is open."""
    parse = None
    for line in text.splitlines():
        if re.match(r"parse_\w+ of (sys.argv|the rest|something else) at ", line):
            if parse is not None:
                break
            if " of something else " in line:
                continue
            if " open: " in line:
                return "open"
            parse = []
        elif parse is not None:
            found = re.match(r"  (option|argument)((?: -\S+)*) -> (\S+)(.*)$", line)
            if found and " action help" not in line:
                rest = found.group(4)
                default = re.search(r" default (.*?)(?: const | choices | required|$)", rest)
                parse.append({"flags": found.group(2).split(), "dest": found.group(3),
                              "required": rest.endswith(" required"),
                              "action": (re.search(r" action (\w+)", rest) or [None, "store"])[1],
                              "nargs": (re.search(r" nargs (\S+)", rest) or [None, None])[1],
                              "type": (re.search(r" type (\S+)", rest) or [None, None])[1],
                              "default": default.group(1) if default else "None"})
    return parse


def differences(ours, theirs):
    out = []
    if [one["flags"] for one in ours] != [one["flags"] for one in theirs]:
        return ["options %s, in Python %s" % ([one["flags"] for one in ours],
                                               [one["flags"] for one in theirs])]
    for left, right in zip(ours, theirs):
        name = left["flags"] or left["dest"]
        if right["dest"] is not None and left["dest"] != right["dest"]:
            out.append("%s dest %s, in Python %s" % (name, left["dest"], right["dest"]))
        if left["required"] != right["required"]:
            out.append("%s required %s" % (name, left["required"]))
        if right["kind"] == "_StoreAction":
            nargs = None if right["nargs"] is None else str(right["nargs"])
            if left["nargs"] != nargs:
                out.append("%s nargs %s, in Python %s" % (name, left["nargs"], nargs))
            if left["type"] != right["type"] and left["type"] not in ("<lambda>",) and \
                    (left["type"] or "").split(".")[-1] != right["type"] and left["type"] is not None:
                out.append("%s type %s, in Python %s" % (name, left["type"], right["type"]))
        plain = re.fullmatch(r"None|True|False|-?[\d.e-]+|'[^']*'|\[[^<]*\]", left["default"])
        if plain and left["default"] != right["default"] and "Anything" not in right["default"]:
            out.append("%s default %s, in Python %s" % (name, left["default"], right["default"]))
    return out


def main():
    trainlint, folders = sys.argv[1], sys.argv[2:]
    tasks = sorted(os.path.join(path, "task.py") for folder in folders
                   for path, _, files in os.walk(folder) if "task.py" in files)
    tally = {"equal": 0, "open": 0, "no parser": 0, "different": 0, "not run": 0}
    with tempfile.NamedTemporaryFile("w", suffix=".py") as runner:
        runner.write(RUNNER)
        runner.flush()
        for task in tasks:
            package = os.path.dirname(task)
            root, module = os.path.dirname(package), os.path.basename(package) + ".task"
            theirs, why = recorded(root, module, runner.name)
            if theirs is None:
                tally["not run"] += 1
                if os.environ.get("VERBOSE"):
                    print("not run", task, why.strip().replace("\n", " | "))
                continue
            dump = subprocess.run([trainlint, "dump", "arguments", task], capture_output=True, text=True)
            ours = modelled(dump.stdout)
            if ours == "open" or ours is None:
                tally["open" if ours else "no parser"] += 1
                if os.environ.get("VERBOSE"):
                    print("open" if ours else "no parser", task, dump.stdout[:300], dump.stderr[:200])
                continue
            found = differences(ours, theirs)
            tally["different" if found else "equal"] += 1
            if found:
                print(task, *found, sep="\n    ")
    print(len(tasks), "entry modules:", ", ".join("%d %s" % (n, word) for word, n in tally.items()))
    return 1 if tally["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
