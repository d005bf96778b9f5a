#!/usr/bin/env python3
"""Runs libFuzzer at every door that strangers' bytes come in by, and prints what it covered and found.

usage: fuzz.py BUILD [--seconds N] [--door NAME]... [--jobs N] [--keep FOLDER] [--seed N]

BUILD is the folder of the preset "fuzz" (cmake --preset fuzz; cmake --build --preset fuzz), or any folder for
it with --build-first. The seeds are made from the fixtures and the rules' examples; nothing is kept but, in FOLDER
(BUILD/faults), the inputs that did harm, and with --corpus the inputs that reached something new. The whole
campaign is --seconds 600. The exit status is 1 when an input crashed, took too long, or took too much memory.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "chaos"))
import damage

LARGEST = 16384  # bytes of an input, archives twice as many
FIXTURES = ROOT / "fixtures"
VERSIONS = ["1.0", "v1.0-Alpha_2 >=1,<2", "2!1.0rc1.post2.dev3+deb.1 ==2!1.*", "1.0.dev1 ~=0.9", "1 !=1.0.0",
            "1.0+ubuntu-1 ===1.0+ubuntu-1", "01.02 <=1.2", "1.0.post4 >1.0", "1e5 ", "1.0-5 <1.0.post6"]
REQUIREMENTS = ["numpy>=1.16", "pandas[all,x]~=1.0; python_version < '3' and (extra == 'a' or os_name != \"nt\")",
                "a @ https://example.com/a.whl#sha256=1 ; sys_platform in 'linux'", "-r other.txt", "# a comment",
                "-e .", "google-cloud-storage (==1.*, !=1.5)", "b==1!1.0.post1 --hash=sha256:00", "c===x"]
CONFIGURATIONS = ["select = ['imports', 'entry']\nignore = [\"unused-argument\"]\nfail-on = 'warning'\n",
                  "[severity]\nunresolved-local-module = 'advice'\n[per-file-ignores]\n'trainer/*.py' = ['imports']\n",
                  "exclude = ['old/**', '[a-z]?']\nroute = 'container'\nmodule-name = 'trainer.task'\n",
                  "python-version = '3.7'\nruntime-version = \"2.1\"\nimage-uri = '''x'''\n[[a]]\n[a.b]\nc = {d = 1}\n"]


def texts_of_rules():
    """Files of the rules' examples, which are written as "-- path --" and the file's lines."""
    for path in sorted((ROOT / "rules").glob("*/*.cpp")):
        parts = re.split(r"^-- (\S+) --$", path.read_text(), flags=re.MULTILINE)
        for name, text in zip(parts[1::2], parts[2::2]):
            yield name, text.split(')"')[0].lstrip("\n").encode()


def files():
    """Paths and bytes of all files that the seeds are made of, each text once, small ones first."""
    found = {}
    for folder in sorted(path for path in FIXTURES.iterdir() if path.is_dir()):
        for name, content in damage.members_of(folder):
            found.setdefault(content, f"{folder.name}/{name}")
    for name, content in texts_of_rules():
        found.setdefault(content, name)
    return sorted(((name, content) for content, name in found.items() if 0 < len(content) <= LARGEST),
                  key=lambda pair: (len(pair[1]), pair))


def archives(pack):
    for folder in sorted(path for path in FIXTURES.iterdir() if path.is_dir()):
        members = damage.members_of(folder)
        if sum(len(content) for _, content in members) <= LARGEST // 2:
            yield pack(members)


def tars():
    yield from archives(damage.tar_of)
    small = damage.members_of(FIXTURES / "keras_taxi")
    for packing in ("tar.gz", "tar.bz2", "tar.xz"):
        yield damage.packed(damage.tar_of(small), packing)
    for kind in ("chain", "circle", "out"):
        data = damage.links(kind)
        if len(data) <= 2 * LARGEST:
            yield data


def zips():
    for index, data in enumerate(archives(lambda members: (damage.zip_of(members, method=0), damage.zip_of(members)))):
        yield data[index % 2]


def framed(message):
    content = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(content), content)


def session(text):
    """What an editor says while a file is open in it."""
    uri = "file:///trainer/model.py"
    at = {"line": 1, "character": 4}
    place = {"textDocument": {"uri": uri}, "position": at, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}
    change = {"range": {"start": at, "end": {"line": 2, "character": 0}}, "text": "import os\n"}
    able = {"workspace": {"configuration": True, "workspaceFolders": True, "workspaceEdit": {"documentChanges": True}},
            "textDocument": {"diagnostic": {}, "publishDiagnostics": {"relatedInformation": True}},
            "window": {"workDoneProgress": True}}
    said = [("initialize", {"processId": None, "rootUri": "file:///", "capabilities": able,
                            "workspaceFolders": [{"uri": "file:///", "name": "a"}]}),
            ("initialized", {}),
            ("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": text}}),
            ("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]}),
            ("textDocument/hover", place), ("textDocument/codeAction", place),
            ("textDocument/diagnostic", {"textDocument": {"uri": uri}, "previousResultId": "1"}),
            ("workspace/diagnostic", {"previousResultIds": [{"uri": uri, "value": "1"}]}),
            ("workspace/executeCommand", {"command": "trainlint.fixAll", "arguments": [uri]}),
            ("workspace/didChangeConfiguration", {"settings": {"trainlint": {"select": ["imports"]}}}),
            ("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 3}]}),
            ("$/cancelRequest", {"id": 4}), ("textDocument/didSave", {"textDocument": {"uri": uri}}),
            ("textDocument/didClose", {"textDocument": {"uri": uri}}), ("shutdown", None), ("exit", None)]
    stream = b""
    for number, (method, params) in enumerate(said):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if not re.search(r"initialized|/did|\$|exit", method):
            message["id"] = number
        stream += framed(message)
    return stream


def texts(pattern):
    return lambda all_files: (content for name, content in all_files if re.search(pattern, name))


def lines(known):
    return lambda _: [line.encode() for line in known] + ["\n".join(known).encode()]


def requirements(all_files):
    yield from lines(REQUIREMENTS)(all_files)
    yield from texts(r"requirements.*\.txt$")(all_files)
    for _, content in all_files:
        found = re.search(rb"install_requires=\[([^]]+)\]", content)
        if found:
            yield b"\n".join(re.findall(rb"[\"']([^\"']+)[\"']", found[1]))


def configurations(all_files):
    yield from lines(CONFIGURATIONS)(all_files)
    yield from texts(r"trainlint\.toml$")(all_files)


# The seeds of each door, and the words that its inputs are made of.
DOORS = {
    "tar": (lambda _: tars(), ["ustar", "path=", "linkpath=", "size=", "30 mtime=1.5\n", "../", "trainer-0.1/"]),
    "zip": (lambda _: zips(), ["PK\x01\x02", "PK\x03\x04", "PK\x05\x06", "PK\x06\x06", "../"]),
    "wheel": (lambda _: archives(damage.wheel_of), ["PK\x01\x02", "PK\x03\x04", "METADATA", "RECORD", "top_level.txt"]),
    "python": (texts(r"\.py$"), damage.WORDS),
    "task": (texts(r"task\.py$"), damage.WORDS + ["add_argument(", "parse_args()", "nargs=", "type=", "argparse."]),
    "setup_py": (texts(r"setup\.py$"), damage.WORDS + ["find_packages(", "setup(", "open(", ".read()", "os.path.join("]),
    "setup_cfg": (texts(r"\.cfg$"), ["[options]\n", "[metadata]\n", "find:", "file:", "attr:", "packages =", "%("]),
    "toml": (texts(r"pyproject\.toml$"), ["[project]\n", "[tool.setuptools]\n", "[[", "dynamic", "'''", "1979-05-27", "{}"]),
    "manifest": (texts(r"MANIFEST\.in$"), ["include ", "recursive-include ", "graft ", "prune ", "global-exclude ", "[!a]", "**"]),
    "yaml": (texts(r"\.ya?ml$"), damage.WORDS + ["trainingInput:", "workerPoolSpecs:", "<<: ", "&a", "*a", "hyperparameters:"]),
    "shell": (texts(r"\.sh$"), damage.WORDS + ["--package-path", "--module-name=", "gcloud ai custom-jobs create "]),
    "dockerfile": (texts(r"Dockerfile"), ["FROM ", "COPY ", "ENTRYPOINT [", "CMD ", "WORKDIR ", "RUN pip install ", "\\\n", "${"]),
    "notebook": (texts(r"\.ipynb$"), ["\"cells\"", "\"cell_type\": \"code\"", "\"source\": [", "%%writefile ", "%%bash\\n", "!gcloud "]),
    "configuration": (configurations, ["select", "ignore", "severity", "exclude", "per-file-ignores", "'imports'"]),
    "requirement": (requirements, damage.WORDS + ["python_version", "extra ==", " and ", " or ", " @ ", "sys_platform"]),
    "version": (lines(VERSIONS), ["rc", "post", "dev", "+", "!", "~=", "===", ".*", "alpha", "preview", "99999999999999999999"]),
    "lsp": (lambda all_files: (session(content.decode("utf-8", "replace")) for name, content in all_files
                               if name.endswith("model.py") and len(content) < 2000),
            ["\"method\":", "\"params\":", "\"uri\":", "\"range\":", "Content-Length: ", "textDocument/", "\\ud83d"]),
}


def write_seeds(door, folder, all_files, most, chance):
    seeds = list(dict.fromkeys(DOORS[door][0](all_files))) or [b"a = 1\n"]
    if most and len(seeds) > most:
        seeds = chance.sample(seeds, most)
    folder.mkdir()
    for number, seed in enumerate(seeds):
        (folder / str(number)).write_bytes(seed)


def write_words(path, words):
    escaped = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words]
    path.write_text("".join(f'"{word}"\n' for word in escaped))


def run_door(door, program, folder, options):
    """libFuzzer's own words about one door."""
    place = folder / door
    package = place / "package" / "trainer"
    package.mkdir(parents=True)
    for name in ("__init__", "model", "task"):
        (package / f"{name}.py").write_text("" if name == "__init__" else "from trainer import model\n")
    write_seeds(door, place / "seeds", options.files, options.most, random.Random(f"{options.seed} {door}"))
    write_words(place / "words", DOORS[door][1])
    learned = options.corpus / door if options.corpus else place / "learned"
    learned.mkdir(parents=True, exist_ok=True)
    largest = 2 * LARGEST if door in ("tar", "zip", "wheel") else LARGEST
    done = subprocess.run(
        [program, f"--door={door}", f"-max_total_time={options.seconds}", "-timeout=5", "-rss_limit_mb=512",
         f"-max_len={largest}", f"-seed={options.seed}", "-reload=0", "-print_final_stats=1",
         f"-dict={place / 'words'}", f"-artifact_prefix={options.keep}/{door}-", learned, place / "seeds"],
        cwd=package.parent, capture_output=True, text=True, errors="replace",
        env={**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=16:allocator_may_return_null=1",
             "UBSAN_OPTIONS": "print_stacktrace=1"})
    return done.returncode, done.stderr


def number_in(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--door", action="append", choices=DOORS)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--corpus", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--build-first", action="store_true", help="configure and build the preset")
    return parser.parse_args()


def main():
    options = arguments()
    if options.build_first:
        for command in (["--preset", "fuzz"], ["--build", "--preset", "fuzz"]):
            subprocess.run(["cmake", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    program = (options.build / "tests" / "fuzz" / "fuzz").resolve()
    if not program.exists():
        sys.exit(f"fuzz.py: {program} is not there; cmake --preset fuzz && cmake --build --preset fuzz makes it")
    options.keep = (options.keep or options.build / "faults").resolve()
    options.keep.mkdir(parents=True, exist_ok=True)
    options.corpus = options.corpus and options.corpus.resolve()
    options.files = files()
    options.most = 60 if options.seconds < 60 else None  # the seeds are run first, in whatever time
    doors = options.door or list(DOORS)
    faults = 0
    print(f"{'door':<14}{'runs':>9}{'edges':>8}{'seconds':>9}  faults")
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = pool.map(lambda door: run_door(door, program, pathlib.Path(folder), options), doors)
        for door, (status, said) in zip(doors, runs):
            fault = re.search(r"(?:SUMMARY: .*|fuzz: .*)", said)
            runs_done, edges = number_in(r"number_of_executed_units: (\d+)", said), number_in(r" cov: (\d+)", said)
            what = fault[0] if fault else "-" if status == 0 else f"status {status}"
            print(f"{door:<14}{runs_done:>9}{edges:>8}{number_in(r'in ([0-9]+) second', said):>9}  {what}", flush=True)
            if status != 0:
                faults += 1
                print(said[-6000:], flush=True)
    print(f"{len(doors)} doors, {faults} faults" + (f"; inputs in {options.keep}" if faults else ""))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
