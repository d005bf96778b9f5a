"""Tables of small changes to a trainer package: some break its imports, some do not, and which ones
do is for CPython to say; nothing here knows a verdict. The functions at the end combine the tables
and yield {"id", "files", "entry", "layout", "hidden"}.

{use} stands for a statement that needs a local module or name. A row marked `hidden` cannot be
decided without running the code: there a linter has to keep silent, whatever CPython says.
"""

import textwrap

# Ways in which trainer/model.py may or may not bind `build`.
BINDINGS = {
    "def": "def build():\n    return 1\n",
    "async-def": "async def build():\n    return 1\n",
    "class": "class build:\n    pass\n",
    "assign": "build = 1\n",
    "absent": "other = 1\n",
    "chained": "first = build = 1\n",
    "tuple": "first, (build, *rest) = 1, (2, 3, 4)\n",
    "starred": "first, *build = 1, 2\n",
    "annotated": "build: int = 1\n",
    "annotation-only": "build: int\n",
    "augmented": "build = 1\nbuild += 1\n",
    "walrus": "print((build := 1))\n",
    "walrus-in-test": "if (build := 1):\n    pass\n",
    "walrus-in-comprehension": "first = [build := x for x in (1, 2)]\n",
    "for": "for build in (1, 2):\n    pass\n",
    "for-tuple": "for first, build in [(1, 2)]:\n    pass\n",
    "with": "import contextlib\nwith contextlib.nullcontext(1) as build:\n    pass\n",
    "with-body": "import contextlib\nwith contextlib.nullcontext(1):\n    build = 1\n",
    "while": "while True:\n    build = 1\n    break\n",
    "while-false": "while False:\n    build = 1\n",
    "while-else": "while False:\n    pass\nelse:\n    build = 1\n",
    "match-capture": "match 1:\n    case build:\n        pass\n",
    "match-as": "match 1:\n    case int() as build:\n        pass\n",
    "match-sequence": "match (1, 2):\n    case [first, *build]:\n        pass\n",
    "match-mapping": "match {'a': 1}:\n    case {'a': build, **rest}:\n        pass\n",
    "import-as": "import os as build\n",
    "import-dotted": "import os.path\nfrom os.path import join as build\n",
    "from-third-party": "from tensorflow import build\n",
    "import-third-party": "import tensorflow.keras as build\n",
    "if-true": "if True:\n    build = 1\n",
    "if-false": "if False:\n    build = 1\n",
    "if-zero": "if 0:\n    build = 1\n",
    "if-not": "if not True:\n    build = 1\n",
    "if-else": "if False:\n    pass\nelse:\n    build = 1\n",
    "if-version": "import sys\nif sys.version_info >= (3, 6):\n    build = 1\n",
    "if-old-version": "import sys\nif sys.version_info < (3, 0):\n    build = 1\n",
    "if-version-index": "import sys\nif sys.version_info[0] == 2:\n    build = 1\n",
    "if-version-major": "import sys\nif sys.version_info.major >= 3:\n    build = 1\n",
    "elif-version": "import sys\nif sys.version_info[0] == 2:\n    pass\n"
                    "elif sys.version_info >= (3, 8):\n    build = 1\n",
    "if-type-checking": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    build = 1\n",
    "not-type-checking": "import typing\nif not typing.TYPE_CHECKING:\n    build = 1\n",
    "if-main": "if __name__ == '__main__':\n    build = 1\n",
    "if-not-main": "if __name__ != '__main__':\n    build = 1\n",
    "try-body": "try:\n    build = 1\nexcept ImportError:\n    pass\n",
    "try-handler": "try:\n    import os\nexcept ImportError:\n    build = 1\n",
    "try-fallback": "try:\n    from .gone import build\nexcept ImportError:\n    build = None\n",
    "try-both": "try:\n    from json import dumps as build\nexcept ImportError:\n    build = 1\n",
    "try-else": "try:\n    import os\nexcept ImportError:\n    pass\nelse:\n    build = 1\n",
    "try-finally": "try:\n    import os\nfinally:\n    build = 1\n",
    "except-as": "try:\n    raise ValueError\nexcept ValueError as build:\n    pass\n",
    "except-other": "try:\n    from . import gone\nexcept ImportError as error:\n    build = error\n",
    "del": "build = 1\ndel build\n",
    "del-other": "build = other = 1\ndel other\n",
    "del-rebound": "build = 1\ndel build\nbuild = 2\n",
    "del-in-false": "build = 1\nif False:\n    del build\n",
    "global-called": "def make():\n    global build\n    build = 1\nmake()\n",
    "local-called": "def make():\n    build = 1\nmake()\n",
    "local-class": "class Holder:\n    build = 1\n",
    "global-in-class": "class Holder:\n    global build\n    build = 1\n",
    "comprehension": "first = [build for build in (1, 2)]\n",
    "lambda": "first = lambda build: build\n",
    "nested-def": "def outer():\n    def build():\n        pass\n",
    "decorated": "import functools\n@functools.lru_cache(maxsize=None)\ndef build():\n    pass\n",
    "getattr": "def __getattr__(name):\n    return 1\n",
    "getattr-one": "def __getattr__(name):\n    if name == 'build':\n        return 1\n"
                   "    raise AttributeError(name)\n",
    "all-without": "__all__ = ['other']\nbuild = other = 1\n",
    "all-private": "__all__ = ['_other', 'build']\n_other = build = 1\n",
    "all-wrong": "__all__ = ['build', 'gone']\nbuild = 1\n",
    "all-extended": "__all__ = ['first']\n__all__ += ['build']\nfirst = build = 1\n",
    "all-tuple": "__all__ = ('build',)\nbuild = 1\n",
    "star-stdlib": "from os.path import *\nbuild = join\n",
    "star-local": "from .base import *\n",
    "star-local-hidden": "from .hidden import *\n",
    "star-third-party": "from tensorflow import *\n",
    "submodule-name": "import trainer.base as build\n",
    "string-only": "text = 'build = 1'\n",
    "conditional-expression": "build = 1 if True else 2\n",
    "and": "first = False and (build := 1)\n",
    "or": "first = False or (build := 1)\n",
    "semicolon": "first = 1; build = 2\n",
    "after-exit": "import sys\nif False:\n    sys.exit(1)\nbuild = 1\n",
    "assert": "assert True, (build := 1)\n",
    "subscript-target": "first = {}\nfirst['build'] = 1\n",
    "attribute-target": "class Holder:\n    pass\nHolder.build = 1\n",
    "continuation": "build = \\\n    1\n",
    "type-comment": "build = 1  # type: int\n",
}
HIDDEN_BINDINGS = {
    "star-empty-all": "from .empty import *\n",
    "global-uncalled": "def make():\n    global build\n    build = 1\n",
    "for-empty": "for build in ():\n    pass\n",
    "globals": "globals()['build'] = 1\n",
    "globals-other": "globals()['b' + 'uild2'] = 1\n",
    "exec": "exec('build = 1')\n",
    "exec-other": "exec('other = 1')\n",
    "setattr": "import sys\nsetattr(sys.modules[__name__], 'build', 1)\n",
    "vars": "vars()['build'] = 1\n",
    "locals-update": "locals().update(build=1)\n",
    "globals-update": "globals().update({'build': 1})\n",
    "sys-modules": "import sys\nclass Lazy:\n    build = 1\nsys.modules[__name__] = Lazy()\n",
    "unknown-test": "import os\nif os.environ.get('NO_SUCH_THING'):\n    build = 1\n",
    "unknown-loop": "import os\nfor name in os.listdir('.')[:0]:\n    build = 1\n",
    "all-computed": "__all__ = [name for name in ['bu' + 'ild']]\nbuild = 1\n",
    "called-class": "class Maker:\n    def __init__(self):\n        global build\n        build = 1\n"
                    "Maker()\n",
    "called-later": "def make():\n    global build\n    build = 1\nlist(map(lambda _: make(), [1]))\n",
}

# Ways in which trainer/task.py may need it.
NAME_USES = {
    "from-absolute": "from trainer.model import build\n",
    "from-relative": "from .model import build as make\n",
    "attribute": "import trainer.model\nprint(trainer.model.build)\n",
    "module": "from . import model\nmodel.build\n",
    "star": "from trainer.model import *\nprint(build)\n",
    "through-init": "from trainer.hub import build\n",
}
SUPPORT = {
    "setup.py": "from setuptools import setup, find_packages\n\n"
                "setup(name='trainer', packages=find_packages())\n",
    "trainer/__init__.py": "",
    "trainer/base.py": "build = 1\n",
    "trainer/hidden.py": "__all__ = ['other']\nbuild = other = 1\n",
    "trainer/empty.py": "__all__ = []\nbuild = 1\n",
    "trainer/hub/__init__.py": "from ..model import build\n",
}

# Statements that need something local; half of them are wrong.
IMPORTS = {
    "absolute": "from trainer.model import build",
    "relative": "from .model import build",
    "module": "from . import model",
    "plain": "import trainer.model",
    "sibling": "import model",
    "from-sibling": "from model import build",
    "gone": "import trainer.gone",
    "relative-gone": "from .gone import build",
    "package-gone": "from . import gone",
    "name-gone": "from trainer.model import gone",
    "beyond": "from ..model import build",
    "far-beyond": "from ... import model",
    "below-module": "import trainer.model.build",
    "from-below-module": "from trainer.model.build import part",
    "many": "from trainer.model import (\n    build,\n    gone,\n)",
    "many-modules": "import os, trainer.gone, sys",
    "continued": "from trainer.model \\\n    import gone",
    "star-gone": "from .gone import *",
    "case": "from trainer import Model",
    "import-module": "__import__('importlib').import_module('trainer.model')",
    "third-party": "import tensorflow.keras.layers as gone",
    "third-party-name": "from sklearn.model_selection import gone",
    "standard": "import os.path",
}

# Places for such a statement.
PLACES = {
    "plain": "{use}\n",
    "try-import-error": "try:\n    {use}\nexcept ImportError:\n    pass\n",
    "try-not-found": "try:\n    {use}\nexcept ModuleNotFoundError:\n    pass\n",
    "try-tuple": "try:\n    {use}\nexcept (ImportError, AttributeError):\n    pass\n",
    "try-exception": "try:\n    {use}\nexcept Exception as error:\n    print(error)\n",
    "try-bare": "try:\n    {use}\nexcept:\n    pass\n",
    "try-value-error": "try:\n    {use}\nexcept ValueError:\n    pass\n",
    "try-finally": "try:\n    {use}\nfinally:\n    done = True\n",
    "try-raise": "try:\n    {use}\nexcept ImportError:\n    raise\n",
    "try-else": "try:\n    pass\nexcept ImportError:\n    pass\nelse:\n    {use}\n",
    "handler": "try:\n    import trainer.absent\nexcept ImportError:\n    {use}\n",
    "handler-not-run": "try:\n    import os\nexcept ImportError:\n    {use}\n",
    "nested-try": "try:\n    try:\n        {use}\n    except ValueError:\n        pass\n"
                  "except ImportError:\n    pass\n",
    "suppress": "import contextlib\nwith contextlib.suppress(ImportError):\n    {use}\n",
    "suppress-other": "import contextlib\nwith contextlib.suppress(KeyError):\n    {use}\n",
    "type-checking": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {use}\n",
    "type-checking-else": "import typing\nif typing.TYPE_CHECKING:\n    pass\nelse:\n    {use}\n",
    "old-python": "import sys\nif sys.version_info[0] < 3:\n    {use}\n",
    "new-python": "import sys\nif sys.version_info >= (3, 7):\n    {use}\n",
    "future-python": "import sys\nif sys.version_info >= (3, 99):\n    {use}\nelse:\n    pass\n",
    "other-platform": "import sys\nif sys.platform == 'win32':\n    {use}\n",
    "if-false": "if False:\n    {use}\n",
    "if-true": "if True:\n    {use}\n",
    "main-guard": "if __name__ == '__main__':\n    {use}\n",
    "function": "def run():\n    {use}\n",
    "function-called": "def run():\n    {use}\nrun()\n",
    "function-called-twice-removed": "def run():\n    {use}\ndef start():\n    run()\nstart()\n",
    "function-called-in-try": "def run():\n    {use}\ntry:\n    run()\nexcept ImportError:\n    pass\n",
    "async-function": "async def run():\n    {use}\n",
    "method": "class Runner:\n    def run(self):\n        {use}\n",
    "class-body": "class Runner:\n    {use}\n",
    "lambda-free": "runner = lambda: None\n{use}\n",
    "for-body": "for step in (1, 2):\n    {use}\n",
    "with-body": "import contextlib\nwith contextlib.nullcontext():\n    {use}\n",
    "while-false": "while False:\n    {use}\n",
    "after-return": "def run():\n    return 1\n    {use}\nrun()\n",
    "after-break": "for step in (1, 2):\n    break\n    {use}\n",
    "match": "match 1:\n    case 1:\n        {use}\n    case _:\n        pass\n",
    "after-path-append": "import os, sys\nsys.path.append(os.path.dirname(__file__))\n{use}\n",
    "after-path-insert": "import os\nimport sys\n"
                         "sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))\n{use}\n",
    "second-line": "'''A docstring\nof two lines.'''\n\n{use}\n",
}
STAR_PLACES = ("function", "function-called", "function-called-twice-removed",
               "function-called-in-try", "async-function", "method", "class-body", "after-return")
UNDECIDED = {"for-body", "match", "suppress-other"}

# trainer/task.py imports trainer/model.py; both sides of the circle.
CYCLE_TASK = {
    "from-name": "from trainer.model import build\nEPOCHS = 3\n",
    "from-name-late": "EPOCHS = 3\nfrom trainer.model import build\n",
    "module": "import trainer.model\nEPOCHS = 3\n",
    "relative-module": "from . import model\nEPOCHS = 3\n",
    "use": "import trainer.model\nEPOCHS = trainer.model.build\n",
    "through-other": "from . import other\nEPOCHS = 3\n",
}
CYCLE_MODEL = {
    "from-entry": "from trainer.task import EPOCHS\nbuild = 1\n",
    "from-entry-late": "build = 1\nfrom trainer.task import EPOCHS\n",
    "entry-module": "import trainer.task\nbuild = 1\n",
    "entry-used": "import trainer.task\nbuild = trainer.task.EPOCHS\n",
    "entry-as": "import trainer.task as task\nbuild = 1\n",
    "entry-relative": "from . import task\nbuild = 1\n",
    "entry-relative-used": "from . import task\nbuild = task.EPOCHS\n",
    "entry-in-function": "def build():\n    from trainer.task import EPOCHS\n    return EPOCHS\n",
    "other-name": "from trainer.other import layer\nbuild = 1\n",
    "other-name-late": "build = 1\nfrom trainer.other import layer\n",
    "other-module": "from . import other\nbuild = 1\n",
    "other-used": "from . import other\nbuild = other.layer\n",
    "other-plain": "import trainer.other\nbuild = 1\n",
    "other-plain-used": "import trainer.other\nbuild = trainer.other.layer\n",
    "other-star": "from .other import *\nbuild = 1\n",
    "self": "import trainer.model\nbuild = 1\n",
    "self-name": "from trainer.model import build\n",
    "self-used": "import trainer.model\nbuild = trainer.model.build\n",
}
CYCLE_OTHER = {
    "none": "layer = 1\n",
    "from-name": "from trainer.model import build\nlayer = 1\n",
    "from-name-late": "layer = 1\nfrom trainer.model import build\n",
    "module": "import trainer.model\nlayer = 1\n",
    "relative-module": "from . import model\nlayer = 1\n",
    "module-as": "import trainer.model as model\nlayer = 1\n",
    "used": "from . import model\nlayer = model.build\n",
    "star-used": "from .model import *\nlayer = build\n",
    "function": "def layer():\n    from .model import build\n    return build\n",
    "function-used": "from . import model\ndef layer():\n    return model.build\nlayer()\n",
    "guarded": "try:\n    from .model import build\nexcept ImportError:\n    build = None\nlayer = 1\n",
}


def place(template, use):
    """The template with the statement in it, indented as the place wants."""
    lines = []
    for line in template.splitlines():
        indent = line[:len(line) - len(line.lstrip())]
        lines.append(textwrap.indent(use, indent) if line.strip() == "{use}" else line)
    return "\n".join(lines) + "\n"


def variant(name, files, hidden=False):
    return {"id": name, "files": files, "entry": "trainer.task", "layout": "folder",
            "hidden": hidden}


def name_variants():
    for table, hidden in ((BINDINGS, False), (HIDDEN_BINDINGS, True)):
        for binding, model in table.items():
            for use, task in NAME_USES.items():
                yield variant(f"name/{binding}/{use}",
                              {**SUPPORT, "trainer/model.py": model, "trainer/task.py": task},
                              hidden)


def import_variants():
    for where, template in PLACES.items():
        for what, use in IMPORTS.items():
            if "*" in use and where in STAR_PLACES:
                continue  # a syntax error, and the same one everywhere
            yield variant(f"import/{where}/{what}",
                          {"trainer/__init__.py": "", "trainer/model.py": BINDINGS["def"],
                           "trainer/task.py": place(template, use)},
                          what == "import-module" or where in UNDECIDED)


def cycle_variants():
    for a, task in CYCLE_TASK.items():
        for b, model in CYCLE_MODEL.items():
            for c, other in CYCLE_OTHER.items():
                if c != "none" and "other" not in a + b:
                    continue
                yield variant(f"cycle/{a}/{b}/{c}",
                              {"trainer/__init__.py": "", "trainer/task.py": task,
                               "trainer/model.py": model, "trainer/other.py": other})
