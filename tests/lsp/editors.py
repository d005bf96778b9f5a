#!/usr/bin/env python3
"""Real editors with their own clients: Neovim, Emacs with eglot and with lsp-mode, Vim with ALE,
without a terminal.

usage: editors.py TRAINLINT [neovim|eglot|lsp-mode|vim]
"""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FILES = {
    "setup.py": "from setuptools import find_packages, setup\n\n"
                "setup(name='x', version='1', packages=find_packages())\n",
    "trainer/__init__.py": "",
    "trainer/model.py": "STEPS = 3\n",
    "trainer/task.py": "import json\nimport model\n\nprint(json.dumps(model.STEPS))\n",
}
COMMANDS = {
    "neovim": ["nvim", "--headless", "--clean", "-u", "NONE", "-c", f"luafile {HERE / 'neovim.lua'}"],
    "eglot": ["emacs", "--batch", "-q", "-l", str(HERE / "eglot.el")],
    "lsp-mode": ["emacs", "--batch", "-q", "-l", str(HERE / "lsp-mode.el")],
    "vim": ["vim", "-u", "NONE", "-es", "-S", str(HERE / "ale.vim")],
}
FINDING = "1:7-12 "
IGNORED = "import model  # trainlint: ignore[implicit-relative-import]"


def said(name, trainlint):
    """What the editor says, line by line."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in FILES.items():
            whole = pathlib.Path(folder, path)
            whole.parent.mkdir(exist_ok=True)
            whole.write_text(text)
        home = pathlib.Path(folder, "home")
        home.mkdir()
        environment = {**os.environ, "TRAINLINT": trainlint, "FOLDER": folder, "HOME": str(home)}
        done = subprocess.run(COMMANDS[name], env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, f"{name}: status {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout.splitlines()


def check(name, lines):
    text = "\n".join(lines)
    seen = [line for line in lines if line.endswith("seen")]
    acts = name != "vim"
    assert seen == ["1 seen", "0 seen", "1 seen", "0 seen"][:4 if acts else 3], f"{name}:\n{text}"
    findings = [line for line in lines if line.startswith(FINDING)]
    assert len(findings) == 2 and all("implicit-relative-import" in line for line in findings), text
    if acts:
        assert IGNORED in lines, text
        assert any(line.startswith("action: Ignore") for line in lines), text
        assert any(line.lower() in ("stopped true", "stopped t") for line in lines), text


def main():
    trainlint = os.path.abspath(sys.argv[1])
    for name in sys.argv[2:] or COMMANDS:
        check(name, said(name, trainlint))
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
