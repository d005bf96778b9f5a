#!/usr/bin/env python3
"""What cmake installs and cpack packs: every file in its place, and a .deb that lintian accepts.

usage: package.py BUILD_FOLDER
"""
import os
import pathlib
import subprocess
import sys
import tempfile

WANTED = ["bin/trainlint", "share/man/man1/trainlint.1.gz", "share/doc/trainlint/rules.md",
          "share/doc/trainlint/copyright", "share/doc/trainlint/changelog.gz",
          "share/bash-completion/completions/trainlint", "share/zsh/vendor-completions/_trainlint",
          "share/fish/vendor_completions.d/trainlint.fish"]
# Where the package is kept and reported to is for those to say who distribute it.
UNSAID = ["initial-upload-closes-no-bugs", "bogus-mail-host",
          "bogus-mail-host-in-debian-changelog"]


def run(*command, **settings):
    return subprocess.run(command, check=True, capture_output=True, text=True, **settings).stdout


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        run("cmake", "--install", build, "--prefix", folder + "/usr")
        placed = {str(path.relative_to(folder + "/usr"))
                  for path in pathlib.Path(folder, "usr").rglob("*") if path.is_file()}
        assert placed == set(WANTED), placed ^ set(WANTED)
        assert run(folder + "/usr/bin/trainlint", "--version").startswith("trainlint ")
        page = run("man", "-l", folder + "/usr/share/man/man1/trainlint.1.gz", env={**os.environ, "MANWIDTH": "80"})
        assert "EXIT STATUS" in page
        run("cpack", "-G", "DEB", "-B", folder, "--config", build + "/CPackConfig.cmake", cwd=folder)
        package = str(next(pathlib.Path(folder).glob("*.deb")))
        fields = run("dpkg-deb", "--field", package)
        for library in ("libzip4", "libc6"):
            assert library in fields, fields
        names = run("dpkg-deb", "--contents", package)
        assert all("./usr/" + name in names for name in WANTED), names
        # What is packed for people is a release; a build with sanitizers is none to judge.
        if "CMAKE_BUILD_TYPE:STRING=Release" not in pathlib.Path(build, "CMakeCache.txt").read_text():
            print("lintian judges release builds only")
            return
        lintian = subprocess.run(["lintian", "--fail-on", "error,warning", "--suppress-tags",
                                  ",".join(UNSAID), package], capture_output=True, text=True,
                                 check=False)
        assert lintian.returncode == 0, lintian.stdout + lintian.stderr
        print(package.rsplit("/", 1)[1])


main()
