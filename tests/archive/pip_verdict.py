"""Whether pip installs archives: for each path given, a line "ok" or the error that ends it.

    python3 tests/archive/pip_verdict.py ARCHIVE...

Everything is pip's own code, run in this process: what it unpacks, where it looks for a project in
what was unpacked, and the whole installation of a wheel. Archives with a setup.py are not built.
"""

import os
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")

from pip._internal.exceptions import InstallationError, UnsupportedWheel
from pip._internal.locations import get_scheme
from pip._internal.metadata import FilesystemWheel, get_wheel_distribution
from pip._internal.models.wheel import Wheel
from pip._internal.operations.install.wheel import install_wheel
from pip._internal.utils.compatibility_tags import get_supported
from pip._internal.utils.unpacking import unpack_file
from pip._vendor.packaging.utils import canonicalize_name


def install(path, folder):
    if path.endswith(".whl"):
        wheel = Wheel(os.path.basename(path))
        if not wheel.supported(get_supported()):
            raise UnsupportedWheel("is not a supported wheel on this platform")
        name = wheel.name
        str(get_wheel_distribution(FilesystemWheel(path), canonicalize_name(name)).version)
        scheme = get_scheme("trainer", root=folder)
        install_wheel(name, path, scheme, name, pycompile=False)
        return
    unpack_file(path, folder)
    names = os.listdir(folder)
    if "setup.py" not in names and "pyproject.toml" not in names:
        raise InstallationError("neither 'setup.py' nor 'pyproject.toml' found")


def main():
    for path in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            try:
                install(path, folder)
                print("ok")
            except Exception as error:
                print(f"{type(error).__name__}: {error}".replace("\n", " "))


if __name__ == "__main__":
    main()
