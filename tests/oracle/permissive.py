"""Objects that stand for third-party modules: whatever is done to them while importing works.

An attribute, a call, an item or a sum of them is another such object; they can be subclassed, used
as decorators (the function comes back), as context managers, iterated (once) and unpacked.
"""

import abc
import importlib.machinery
import sys
import types

UNPACK = 92 if sys.version_info[:2] == (3, 11) else None  # opcode UNPACK_SEQUENCE


def unpack_count(frame):
    """How many values `a, b = stub` wants, read from the instruction that asked; else one."""
    if UNPACK is None or frame.f_lasti < 0:
        return 1
    code = frame.f_code.co_code
    return code[frame.f_lasti + 1] if code[frame.f_lasti] == UNPACK else 1


class PermissiveMeta(abc.ABCMeta):
    """Classes derived from a third-party one have any class attribute."""

    def __getattr__(cls, name):
        if name.startswith("__") and name.endswith("__") or name.startswith("_abc_"):
            raise AttributeError(name)
        return Stub(name)


class PermissiveBase(metaclass=PermissiveMeta):
    def __init__(self, *args, **kwargs):
        pass

    def __init_subclass__(cls, **kwargs):
        pass

    def __class_getitem__(cls, item):
        return cls

    def __call__(self, *args, **kwargs):
        return Stub("call")

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Stub(name)


class PlainBase:
    """For a class whose other bases bring a metaclass of their own."""

    def __init__(self, *args, **kwargs):
        pass


KNOWN = {"__version__": "2.15.0", "__file__": "/nonexistent/module.py", "__doc__": "",
         "__name__": "stub", "__qualname__": "stub", "__module__": "stub"}


class Stub:
    def __init__(self, name="stub"):
        object.__setattr__(self, "_stub_name", name)

    def __getattr__(self, name):
        if name in KNOWN:
            return KNOWN[name]
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Stub(name)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs:
            if isinstance(args[0], (types.FunctionType, type, classmethod, staticmethod)):
                return args[0]  # used as a decorator
        if len(args) == 3 and isinstance(args[0], str) and isinstance(args[1], tuple):
            if isinstance(args[2], dict):
                return type(args[0], args[1], args[2])  # used as a metaclass
        return Stub("call")

    def __mro_entries__(self, bases):
        for base in bases:
            if isinstance(base, type) and type(base) not in (type, abc.ABCMeta, PermissiveMeta):
                return (types.new_class("StubBase", (PlainBase,)),)
        return (types.new_class("StubBase", (PermissiveBase,)),)

    def __iter__(self):
        count = unpack_count(sys._getframe(1))
        return iter([Stub("item") for _ in range(count)])

    def __instancecheck__(self, instance):
        return False

    def __subclasscheck__(self, cls):
        return False

    def __enter__(self):
        return Stub("entered")

    def __exit__(self, *error):
        return None

    def __bool__(self):
        return True

    def __len__(self):
        return 1

    def __contains__(self, item):
        return False

    def __int__(self):
        return 1

    def __index__(self):
        return 1

    def __float__(self):
        return 1.0

    def __str__(self):
        return "stub"

    def __format__(self, spec):
        return "stub"

    def __fspath__(self):
        return "stub"

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return self is other

    def __delitem__(self, key):
        pass

    def __setitem__(self, key, value):
        pass


def _another(self, *args):
    return Stub("value")


def _true(self, other):
    return True


for _name in ("add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor".split()):
    setattr(Stub, f"__{_name}__", _another)
    setattr(Stub, f"__r{_name}__", _another)
for _name in "neg pos abs invert getitem round trunc floor ceil".split():
    setattr(Stub, f"__{_name}__", _another)
for _name in "lt le gt ge".split():
    setattr(Stub, f"__{_name}__", _true)


class StubModule(types.ModuleType):
    """A third-party module, which is also a package: any attribute, any submodule."""

    def __getattr__(self, name):
        if name in KNOWN:
            return KNOWN[name]
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Stub(name)


class StubFinder:
    """Comes last on sys.meta_path: serves every top-level name that nobody else has, unless
    `is_local(name)`, and whatever is below a name served."""

    def __init__(self, is_local):
        self.is_local = is_local
        self.served = []

    def find_spec(self, name, path=None, target=None):
        if "." in name:
            if not isinstance(sys.modules.get(name.rpartition(".")[0]), StubModule):
                return None
        elif self.is_local(name):
            return None
        else:
            self.served.append(name)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return StubModule(spec.name)

    def exec_module(self, module):
        module.__all__ = []
        module.__path__ = []
