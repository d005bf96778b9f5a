"""Tables of source trees and of metadata, each tree to be built with each metadata: which modules
reach the worker, and whether the entry module's imports find them there."""

TREES = {
    "flat": {
        "trainer/__init__.py": "",
        "trainer/task.py": "from trainer.model import build\n",
        "trainer/model.py": "import os\n\n\ndef build():\n    return 1\n",
    },
    "nested": {
        "trainer/__init__.py": "",
        "trainer/task.py": "import os\nfrom trainer.models import dense\n",
        "trainer/models/__init__.py": "",
        "trainer/models/dense.py": "from ..data.reader import read\n",
        "trainer/data/__init__.py": "",
        "trainer/data/reader.py": "read = 1\n",
    },
    "nested-relative": {
        "trainer/__init__.py": "from .models.dense import build\n",
        "trainer/task.py": "from . import build\n",
        "trainer/models/__init__.py": "",
        "trainer/models/dense.py": "build = 1\n",
    },
    "no-init-below": {
        "trainer/__init__.py": "",
        "trainer/task.py": "import argparse\n\nfrom trainer.models.dense import build\n",
        "trainer/models/dense.py": "build = 1\n",
    },
    "no-init-deep": {
        "trainer/__init__.py": "",
        "trainer/task.py": "import trainer.a.b.c\n",
        "trainer/a/__init__.py": "",
        "trainer/a/b/c.py": "build = 1\n",
    },
    "no-init-middle": {
        "trainer/__init__.py": "",
        "trainer/task.py": "from trainer.a.b import c\n",
        "trainer/a/b/__init__.py": "",
        "trainer/a/b/c.py": "build = 1\n",
    },
    "no-init-top": {
        "trainer/task.py": "from trainer import model\n",
        "trainer/model.py": "build = 1\n",
    },
    "unused-no-init": {
        "trainer/__init__.py": "",
        "trainer/task.py": "from trainer import model\n",
        "trainer/model.py": "build = 1\n",
        "trainer/notes/draft.py": "import trainer.gone\n",
    },
    "two-packages": {
        "trainer/__init__.py": "",
        "trainer/task.py": "from common import text\nfrom trainer import model\n",
        "trainer/model.py": "from common.text import clean\n",
        "common/__init__.py": "",
        "common/text.py": "clean = 1\n",
    },
    "second-no-init": {
        "trainer/__init__.py": "",
        "trainer/task.py": "import trainer.model\n",
        "trainer/model.py": "from common.text import clean\n",
        "common/text.py": "clean = 1\n",
    },
    "root-module": {
        "trainer/__init__.py": "",
        "trainer/task.py": "from trainer import model\n",
        "trainer/model.py": "import json\nimport helper\n",
        "helper.py": "value = 1\n",
    },
    "root-module-guarded": {
        "trainer/__init__.py": "",
        "trainer/task.py": "try:\n    import helper\nexcept ImportError:\n    helper = None\n",
        "helper.py": "value = 1\n",
    },
    "root-module-late": {
        "trainer/__init__.py": "",
        "trainer/task.py": "def run():\n    import helper\n    return helper\n",
        "helper.py": "value = 1\n",
    },
    "root-module-named-json": {
        "trainer/__init__.py": "",
        "trainer/task.py": "import json\nfrom trainer import model\n",
        "trainer/model.py": "",
        "json.py": "value = 1\n",
    },
    "no-entry": {
        "trainer/__init__.py": "",
        "trainer/train.py": "import os\n",
    },
    "dashed-folder": {
        "trainer/__init__.py": "",
        "trainer/task.py": "from trainer import model\n",
        "trainer/model.py": "",
        "my-data/reader.py": "",
    },
    "src": {
        "src/trainer/__init__.py": "",
        "src/trainer/task.py": "import os\nfrom trainer.models import dense\nimport helper\n",
        "src/trainer/models/__init__.py": "",
        "src/trainer/models/dense.py": "build = 1\n",
        "src/helper.py": "value = 1\n",
    },
    "lib": {
        "lib/__init__.py": "",
        "lib/task.py": "from trainer import model\n",
        "lib/model.py": "from lib import task\n",
    },
}
FOLDERS = {"src": "src/trainer", "lib": "lib"}


def setup(arguments, imports="from setuptools import setup, find_packages"):
    return {"setup.py": f"{imports}\n\nsetup(\n    name='trainer',\n    version='0.1',\n"
                        f"    {arguments}\n)\n"}


METADATA = {
    "none": {},
    "find": setup("packages=find_packages(),"),
    "find-where-dot": setup("packages=find_packages('.'),"),
    "find-include": setup("packages=find_packages(include=['trainer']),"),
    "find-include-star": setup("packages=find_packages(include=['trainer', 'trainer.*']),"),
    "find-include-prefix": setup("packages=find_packages(include=['trainer*']),"),
    "find-exclude": setup("packages=find_packages(exclude=['trainer.models']),"),
    "find-exclude-star": setup("packages=find_packages(exclude=['*.data', 'common*']),"),
    "find-src": setup("package_dir={'': 'src'}, packages=find_packages('src'),"),
    "find-src-modules": setup("package_dir={'': 'src'}, packages=find_packages(where='src'),\n"
                              "    py_modules=['helper'],"),
    "find-src-no-dir": setup("packages=find_packages('src'),"),
    "find-modules": setup("packages=find_packages(), py_modules=['helper'],"),
    "namespace": setup("packages=find_namespace_packages(),",
                       "from setuptools import setup, find_namespace_packages"),
    "namespace-include": setup("packages=setuptools.find_namespace_packages("
                               "include=['trainer', 'trainer.*']),",
                               "import setuptools\nfrom setuptools import setup"),
    "list-top": setup("packages=['trainer'],"),
    "list-models": setup("packages=['trainer', 'trainer.models', 'trainer.data'],"),
    "list-common": setup("packages=['trainer', 'common'], py_modules=['helper'],"),
    "list-deep": setup("packages=['trainer', 'trainer.a', 'trainer.a.b'],"),
    "list-sum": setup("packages=['trainer'] + ['trainer.' + name for name in ('models',)],"),
    "list-distutils": setup("packages=['trainer'],", "from distutils.core import setup"),
    "moved": setup("package_dir={'trainer': 'lib'}, packages=['trainer'],"),
    "moved-both": setup("package_dir={'trainer': 'lib', 'lib': 'lib'}, "
                        "packages=['trainer', 'lib'],"),
    "modules-only": setup("py_modules=['helper'],"),
    "nothing-named": setup("description='none',"),
    "variable": {"setup.py": "from setuptools import setup, find_packages\n\n"
                             "PACKAGES = find_packages()\nPACKAGES.append('common')\n"
                             "setup(name='trainer', packages=sorted(set(PACKAGES)))\n"},
    "cfg-find": {"setup.py": "from setuptools import setup\nsetup()\n",
                 "setup.cfg": "[metadata]\nname = trainer\n[options]\npackages = find:\n"},
    "cfg-list": {"setup.py": "import setuptools\nsetuptools.setup()\n",
                 "setup.cfg": "[metadata]\nname = trainer\n[options]\npackages =\n"
                              "    trainer\n    trainer.models\npy_modules = helper\n"},
    "cfg-src": {"setup.py": "import setuptools\nsetuptools.setup()\n",
                "setup.cfg": "[metadata]\nname = trainer\n[options]\npackages = find:\n"
                             "package_dir =\n    = src\n[options.packages.find]\nwhere = src\n"},
    "pyproject-list": {"setup.py": "import setuptools\nsetuptools.setup()\n",
                       "pyproject.toml": "[project]\nname = 'trainer'\nversion = '1'\n"
                                         "[tool.setuptools]\npackages = ['trainer']\n"},
}


# Folders that the metadata names: setuptools refuses a build where one is absent, which the flat
# tree shows often enough.
NEEDS = {
    "find-src": ["src"], "find-src-modules": ["src"], "cfg-src": ["src"], "moved": ["lib"],
    "moved-both": ["lib"], "list-models": ["trainer/models", "trainer/data"],
    "list-common": ["common"], "list-deep": ["trainer/a/b"], "list-sum": ["trainer/models"],
    "variable": ["common"], "cfg-list": ["trainer/models"], "list-top": ["trainer"],
    "list-distutils": ["trainer"], "pyproject-list": ["trainer"], "find-src-no-dir": ["trainer"],
}


def fits(tree, files, metadata):
    if tree in FOLDERS and metadata == "none":
        return False  # gcloud would be told another root
    if tree == "no-init-top":
        return metadata in ("none", "find", "namespace")
    needed = NEEDS.get(metadata, [])
    return tree == "flat" or all(any(path.startswith(folder + "/") for path in files)
                                 for folder in needed)


def packaging_variants():
    """Every tree with every metadata that fits it, judged as installed on the worker."""
    for tree, files in TREES.items():
        for metadata, more in METADATA.items():
            if fits(tree, files, metadata):
                yield {"id": f"package/{tree}/{metadata}", "files": {**files, **more},
                       "entry": "trainer.task", "layout": "worker", "hidden": False,
                       "package": FOLDERS.get(tree, "trainer")}
