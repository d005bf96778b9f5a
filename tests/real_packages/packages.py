"""Trainer packages in folders of code, and what CPython says about each of them."""

import collections
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = os.path.join(os.path.dirname(HERE), "oracle", "import_oracle.py")
SKIPPED = {".git", ".hg", ".svn", "node_modules", "__pycache__", "build", "dist", "venv", ".venv",
           ".ipynb_checkpoints", "site-packages"}


def find_packages(tops):
    """(top, root, name) of every folder with a task.py: gcloud would build in `root`, its parent."""
    found = []
    for top in tops:
        for folder, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if name not in SKIPPED)
            if "task.py" in files and folder != top:
                root, name = os.path.split(folder)
                found.append((top, root, name))
    return sorted(found)


def ask_cpython(packages):
    """{(root, name): {layout: answer, "started by": how}}, see tests/oracle/import_oracle.py."""
    cases = [json.dumps({"id": [root, name, layout], "root": root, "package": name,
                         "entry": name + ".task", "layout": layout, "guarded": True})
             for _, root, name in packages for layout in ("folder", "worker", "path")]
    done = subprocess.run([sys.executable, ORACLE, "--batch"], input="\n".join(cases),
                          capture_output=True, text=True, check=True)
    answers = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        root, name, layout = answer["id"]
        one = answers.setdefault((root, name), {"started by": started_by(root, name)})
        one[layout] = answer
    return answers


def starts_script(root, name):
    """Whether a notebook in `root` has gcloud start the package's task.py by its path."""
    for file in sorted(os.listdir(root)):
        if file.endswith(".ipynb"):
            with open(os.path.join(root, file), encoding="utf-8") as text:
                content = text.read()
            if "custom-jobs local-run" in content and "--script" in content:
                return f"{name}/task.py" in content
    return False


def started_by(root, name):
    """How the code is started: `path` or `module` by a Dockerfile, in a project that nothing packs;
    `path` too by `gcloud ai custom-jobs local-run --script` in a notebook beside it, and where there
    is one script and no package; else `gcloud`."""
    if starts_script(root, name):
        return "path"
    if not any(os.path.exists(os.path.join(root, one)) for one in ("setup.py", "pyproject.toml")):
        for folder in (root, os.path.join(root, name)):
            for file in sorted(os.listdir(folder)):
                if "dockerfile" not in file.lower():
                    continue
                with open(os.path.join(folder, file), encoding="utf-8") as text:
                    runs = re.findall(r"^(?:ENTRYPOINT|CMD).*python.*", text.read(), re.MULTILINE)
                if runs and re.search(r"-m\W+task\b|\btask\.py", runs[-1]):
                    return "path"
                if runs and re.search(rf"-m\W+{re.escape(name)}\.task\b", runs[-1]):
                    return "module"
    modules = [one for one in os.listdir(os.path.join(root, name)) if one.endswith(".py")]
    return "path" if modules == ["task.py"] else "gcloud"


LAYOUTS = {"gcloud": ("folder", "worker"), "path": ("path",), "module": ("folder",)}


def verdict(answers):
    """`works`, `broken` (CPython cannot import it in the folder), or `broken on worker` only."""
    layouts = LAYOUTS[answers["started by"]]
    if all(answers[layout]["verdict"] == "ok" for layout in layouts):
        return "works"
    return "broken on worker" if answers[layouts[0]]["verdict"] == "ok" else "broken"


def place(answers):
    """(file below root, line) where CPython's traceback ends, or None where it cannot be built."""
    for layout in LAYOUTS[answers["started by"]]:
        answer = answers[layout]
        if answer["verdict"] == "fails" and answer["file"]:
            return answer["file"], answer["line"]
    return None


def cause(answers):
    """Why CPython refuses, in two words, for counting."""
    for layout in LAYOUTS[answers["started by"]]:
        answer = answers[layout]
        if answer["verdict"] == "refused":
            return {"package path": "no __init__.py", "sdist": "setup.py fails",
                    "install": "installation fails"}[answer["stage"]]
        if answer["verdict"] == "fails":
            if re.match(r"No module named '\w+'$", answer["message"]):
                return "sibling imported as absolute"
            return answer["error"]
    return ""


# What the comparison is about: whether the package gets through its imports.
GROUPS = ("structure", "imports", "source")
ENTRY_RULES = ("entry-module-not-found", "entry-does-nothing")

# Rules about packages that gcloud refuses to build; warnings, where no command in view packs them.
BUILD_RULES = ("package-missing-init",)


# Rules about lines that may run only behind the parsed command line, which an import does not reach.
NAME_RULES = ("undefined-name-at-import", "local-read-before-assignment", "python2-code-on-python3",
              "stdlib-module-unavailable")


def is_nested(finding):
    """Whether the line stands in a function or another block."""
    path = os.path.join(finding["package"], finding["path"])
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    return lines[finding["range"]["start"]["line"] - 1][:1].isspace()


def findings_of(trainlint, tops, packages):
    """{(root, name): findings of severity error}, paths below root, plus files of `root` itself."""
    found = collections.defaultdict(list)
    names = collections.defaultdict(list)
    for _, root, name in packages:
        names[os.path.normpath(root)].append((root, name))
    for top in tops:
        done = subprocess.run([trainlint, "check", "--format", "json", top], capture_output=True,
                              text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{trainlint} {top}: {done.stderr}")
        for finding in json.loads(done.stdout)["findings"]:
            if "cell" in finding:  # in a notebook, which nothing imports
                continue
            if finding["severity"] != "error" and finding["rule"] not in BUILD_RULES:
                continue
            if finding["group"] not in GROUPS and finding["rule"] not in ENTRY_RULES:
                continue
            if finding["rule"] in NAME_RULES and is_nested(finding):
                continue
            root = os.path.normpath(finding["package"])
            here = names.get(root, [])
            own = [one for one in here if finding["path"].startswith(one[1] + "/")]
            for one in own or here:
                found[one].append(finding)
    return found


def table(rows):
    """Rows of cells as a Markdown table; the first row is the head."""
    texts = [[str(cell) for cell in row] for row in rows]
    texts.insert(1, ["---"] * len(texts[0]))
    return "\n".join("| " + " | ".join(row) + " |" for row in texts)
