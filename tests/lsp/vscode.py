#!/usr/bin/env python3
"""A real VS Code (code-server) in a headless browser: a finding is seen, edited away, and fixed.

usage: vscode.py TRAINLINT FOLDER

FOLDER gets code-server, a browser driver and the packer of extensions, from npm, some 300 MB; the
browser is Debian's chromium. Not among ctest's tests for that reason.
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
EXTENSION = HERE.parents[1] / "lint/lsp/vscode"
FILES = {
    "setup.py": "from setuptools import find_packages, setup\n\n"
                "setup(name='x', version='1', packages=find_packages())\n",
    "trainer/__init__.py": "",
    "trainer/model.py": "STEPS = 3\n",
    "trainer/task.py": "import json\nimport model\n\nprint(json.dumps(model.STEPS))\n",
}


def npm(folder, *arguments):
    subprocess.run(["npm", *arguments, "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)


def install(folder):
    """What is needed; code-server's own install script asks for more than it must."""
    if (folder / "done").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    npm(folder, "install", "--ignore-scripts", "code-server@4.100.3", "playwright-core@1.55.0",
        "@vscode/vsce@3.2.2")
    npm(folder, "rebuild", "argon2")
    code = folder / "node_modules/code-server/lib/vscode"
    npm(code, "install", "--omit=dev", "--ignore-scripts")
    if not (code / "node_modules.asar").exists():
        (code / "node_modules.asar").symlink_to("node_modules")
    (folder / "done").touch()


def pack(folder):
    """The extension as a .vsix."""
    source = folder / "extension"
    shutil.copytree(EXTENSION, source, dirs_exist_ok=True)
    shutil.copy(HERE.parents[1] / "LICENSE", source)
    npm(source, "install", "--ignore-scripts", "--omit=dev")
    subprocess.run(["node", str(folder / "node_modules/@vscode/vsce/vsce"), "package",
                    "--allow-missing-repository", "--skip-license", "-o", "trainlint.vsix"],
                   cwd=source, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return source / "trainlint.vsix"


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def listens(port):
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def said(folder, package, work, environment):
    """What the person in the browser sees."""
    port = free_port()
    entry = str(folder / "node_modules/code-server/out/node/entry.js")
    common = ["--extensions-dir", str(work / "extensions"), "--user-data-dir", str(work / "data"),
              "--config", str(work / "config.yaml")]
    subprocess.run(["node", entry, *common, "--install-extension", str(pack(folder))], check=True,
                   env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with subprocess.Popen(
            ["node", entry, *common, "--auth", "none", "--bind-addr", f"127.0.0.1:{port}",
             "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust",
             "--disable-getting-started-override"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while not listens(port):
                assert server.poll() is None, "code-server has ended"
                time.sleep(0.1)
            done = subprocess.run(
                ["node", str(HERE / "vscode.mjs"), f"http://127.0.0.1:{port}/?folder={package}",
                 "task.py"], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        finally:
            server.terminate()
    logs = [path.read_text() for path in (work / "data/logs").rglob("*trainlint*.log")]
    assert done.returncode == 0, "\n".join([done.stdout, done.stderr, *logs])
    return done.stdout.splitlines()


def main():
    trainlint = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2]).resolve()
    install(folder)
    with tempfile.TemporaryDirectory() as top:
        work = pathlib.Path(top)
        for path, text in FILES.items():
            (work / "package" / path).parent.mkdir(parents=True, exist_ok=True)
            (work / "package" / path).write_text(text)
        (work / "data/Machine").mkdir(parents=True)
        (work / "data/Machine/settings.json").write_text(json.dumps({"trainlint.path": str(trainlint)}))
        environment = {**os.environ, "HOME": str(work)}
        lines = said(folder, work / "package", work, environment)
    print("\n".join(lines))
    problems = [line for line in lines if line.startswith("problem: no module named 'model'")]
    assert len(problems) == 1, "pushed and pulled, it would be there twice"
    assert [line for line in lines if line.endswith("seen")] == ["1 seen", "0 seen", "1 seen", "0 seen"]
    assert lines[-1] == "line: from trainer import model"
    return 0


if __name__ == "__main__":
    sys.exit(main())
