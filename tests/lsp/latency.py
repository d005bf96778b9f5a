#!/usr/bin/env python3
"""The time from a keystroke to published findings: 50 modules, one of them of 2,000 lines.

usage: latency.py TRAINLINT [--keys N]

Types N keys into functions of the long file, one change at a time, and waits each time for the
findings of that version. Prints milliseconds, and how the server's memory grows.
"""
import argparse
import os
import statistics
import sys
import tempfile
import time

from client import Client, replace

FUNCTION = """

def step_{n}(rows, rate=0.{n}):
    \"\"\"Works on rows of batch {n}.\"\"\"
    total = 0.0
    for index, row in enumerate(rows):
        if row.weight > rate and index % 3 == 0:
            total += row.weight * math.sqrt(rate + index)
    names = {{"loss": total, "step": {n}}}
    return names
"""


def write_package(root):
    os.makedirs(os.path.join(root, "trainer"))

    def write(name, text):
        with open(os.path.join(root, name), "w", encoding="utf-8") as file:
            file.write(text)

    write("setup.py", "from setuptools import find_packages, setup\n\n"
                      "setup(name='x', version='1', packages=find_packages())\n")
    write("trainer/__init__.py", "")
    others = [f"part_{n}" for n in range(47)]
    for number, name in enumerate(others):
        before = f"from trainer import {others[number - 1]}\n" if number else ""
        write(f"trainer/{name}.py", "import os\n" + before + "import math\n" + "".join(
            FUNCTION.format(n=n) for n in range(6)))
    write("trainer/model.py", "import math\n\nfrom trainer import part_46\n"
          + "".join(FUNCTION.format(n=n) for n in range(200)))
    write("trainer/task.py", "import argparse\n\nfrom trainer import model\n\n"
          "if __name__ == '__main__':\n    parser = argparse.ArgumentParser()\n"
          "    parser.add_argument('--job-dir')\n    print(parser.parse_args().job_dir, model.step_7([]))\n")
    return os.path.join(root, "trainer/model.py")


def resident(process):
    with open(f"/proc/{process}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("trainlint")
    parser.add_argument("--keys", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        path = write_package(root)
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        client = Client(options.trainlint)
        client.initialize(root)
        client.open(path)
        client.wait_for(path, 1)
        times, memory = [], []
        for key in range(options.keys):
            line = 5 + (key * 137) % (len(lines) // 10 - 1) * 10
            while "total = 0.0" not in lines[line]:
                line += 1
            at = lines[line].index("0.0") + 3
            change = replace(line, at, at, "0") if key % 2 == 0 else replace(last, where, where + 1, "")
            last, where = line, at
            begin = time.perf_counter()
            client.change(path, key + 2, change)
            client.wait_for(path, key + 2)
            times.append(1000 * (time.perf_counter() - begin))
            if key % max(1, options.keys // 10) == 0:
                memory.append(resident(client.process.pid))
        print(f"{len(lines)} lines, {options.keys} keys: median {statistics.median(times):.2f} ms, "
              f"95 % below {sorted(times)[int(len(times) * 0.95)]:.2f} ms, "
              f"fastest {min(times):.2f} ms, slowest {max(times):.2f} ms")
        print("resident KiB:", *memory)
        status = client.stop()
        assert status == 0, status
    return 0


if __name__ == "__main__":
    sys.exit(main())
