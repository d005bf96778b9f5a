"""Trainer packages in folders of code, and what CPython says about each of them."""

import json
import os
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
    """{(root, name): {layout: answer}}, see tests/oracle/import_oracle.py."""
    cases = [json.dumps({"id": [root, name, layout], "root": root, "package": name,
                         "entry": name + ".task", "layout": layout, "guarded": True})
             for _, root, name in packages for layout in ("folder", "worker", "path")]
    done = subprocess.run([sys.executable, ORACLE, "--batch"], input="\n".join(cases),
                          capture_output=True, text=True, check=True)
    answers = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        root, name, layout = answer["id"]
        answers.setdefault((root, name), {})[layout] = answer
    return answers


def verdict(answers):
    """`works`, `broken` (CPython cannot import it in the folder), or `broken on worker` only."""
    if answers["folder"]["verdict"] != "ok":
        return "broken"
    return "works" if answers["worker"]["verdict"] == "ok" else "broken on worker"


def place(answer):
    """(file below root, line) where CPython's traceback ends, or None."""
    if answer["verdict"] == "fails" and answer["file"]:
        return answer["file"], answer["line"]
    return None


def cause(answers):
    """Why CPython refuses, in two words, for counting."""
    for layout in ("folder", "worker"):
        answer = answers[layout]
        if answer["verdict"] == "refused":
            return {"package path": "no __init__.py", "sdist": "setup.py fails",
                    "install": "installation fails"}[answer["stage"]]
        if answer["verdict"] == "fails":
            if answer["error"] == "ModuleNotFoundError" and answers["path"]["verdict"] == "ok":
                return "sibling imported as absolute"
            return answer["error"]
    return ""


def table(rows):
    """Rows of cells as a Markdown table; the first row is the head."""
    texts = [[str(cell) for cell in row] for row in rows]
    texts.insert(1, ["---"] * len(texts[0]))
    return "\n".join("| " + " | ".join(row) + " |" for row in texts)
