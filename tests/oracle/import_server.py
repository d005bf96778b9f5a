"""Imports packages as `python -m MODULE` would, one forked child each.

Run with `python3 -I -S`, so that nothing but the standard library can be imported. Reads one JSON
object a line: {"tree": the package's root, "cwd": folder, which is sys.path[0], "first": whether
the modules lie there or, else, in `tree`, after the standard library, "modules": names of the source
folder's modules by folder, "entry": dotted module, and optionally "sources": paths in the source
folder of the tree's files, "third_party": names that are never the package's own, "guarded": bool,
"limit": seconds}; answers one a line, see `answer`.
"""

import sys

BASELINE = {"runpy", "pkgutil", "importlib.util", "importlib.machinery", "types", "warnings"}

import importlib.util  # noqa: E402  (what runpy itself loads comes first)
import runpy  # noqa: E402

BASELINE |= set(sys.modules)

import ast  # noqa: E402
import importlib.machinery  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import select  # noqa: E402
import signal  # noqa: E402
import types  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import guard  # noqa: E402
import permissive  # noqa: E402

sys.path.remove(HERE)
for own in ("guard", "permissive"):
    del sys.modules[own]

# Top-level modules of Python 2's standard library that Python 3 does not have.
PYTHON2 = set("""BaseHTTPServer Bastion CGIHTTPServer ConfigParser Cookie DocXMLRPCServer HTMLParser
    Queue ScrolledText SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO Tkinter UserDict
    UserList UserString __builtin__ anydbm cPickle cStringIO commands cookielib copy_reg dbhash
    dummy_thread exceptions htmlentitydefs htmllib httplib md5 mimetools popen2 rfc822 robotparser
    sets sha thread urllib2 urlparse xmlrpclib""".split())

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
REFUSED = ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system",
           "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.remove", "os.rmdir",
           "os.rename", "os.kill", "os.putenv", "os.truncate", "shutil.rmtree", "os.symlink",
           "os.link", "os.chmod", "os.chown")


class TookTooLong(BaseException):
    pass


class ModuleBuiltins(dict):
    """A module's builtins. After `from third_party import *` every name may be bound."""

    any_name = False

    def __missing__(self, name):
        if self.any_name and not name.startswith("__"):
            return permissive.Stub(name)
        raise KeyError(name)


class Session:
    """What one child needs to know while it imports."""

    def __init__(self, case):
        self.tree = os.path.realpath(case["tree"])
        self.guarded = case.get("guarded", False)
        self.swallowed = []
        self.modules = {folder: set(names) for folder, names in case["modules"].items()}
        self.sources = case.get("sources", {})
        self.third_party = set(case.get("third_party", ()))
        self.finder = permissive.StubFinder(self.is_local)

    def inside(self, path):
        return isinstance(path, str) and path.startswith(self.tree + os.sep)

    def relative(self, path):
        return os.path.relpath(path, self.tree).replace(os.sep, "/")

    def is_local(self, name):
        """Whether a module of this name lies beside the importing file or further up: then the
        package's own is meant, although CPython does not find it."""
        frame = sys._getframe(1)
        while frame and not self.inside(frame.f_code.co_filename):
            frame = frame.f_back
        path = self.relative(frame.f_code.co_filename) if frame else ""
        path = self.sources.get(path, path)
        while path and name.lower() not in self.third_party:
            path = path.rpartition("/")[0]
            if name in self.modules.get(path, ()):
                return True
        return not frame and name in self.modules[""]

    def frames(self, error):
        """(file, line) of the traceback's frames inside the tree, outermost first."""
        places, trace = [], error.__traceback__
        while trace:
            path = trace.tb_frame.f_code.co_filename
            if self.inside(path):
                places.append((self.relative(path), trace.tb_lineno))
            trace = trace.tb_next
        return places

    def counts(self, error):
        """Whether an error of module-level code says that the imports fail."""
        if isinstance(error, SyntaxError):
            return self.inside(error.filename)
        if isinstance(error, AttributeError):
            module = getattr(error, "obj", None)
            if not isinstance(module, types.ModuleType):
                return False
            return self.inside(getattr(module, "__file__", None) or "") or (
                getattr(module, "__file__", None) is None and hasattr(module, "__path__"))
        return isinstance(error, (ImportError, NameError))

    def guard(self, names, replace):
        """Called in the handler of a guarded statement; true: raise the error again."""
        error = sys.exc_info()[1]
        if self.counts(error):
            return True
        namespace = sys._getframe(1).f_globals
        for name in names:
            if replace or name not in namespace:
                namespace[name] = permissive.Stub(name)
        places = self.frames(error)
        self.swallowed.append([*(places[-1] if places else (None, 0)), repr(error)[:200]])
        return False

    def import_name(self, name, globals=None, locals=None, fromlist=(), level=0):
        module = __import__(name, globals, locals, fromlist, level)
        if fromlist and "*" in fromlist and (isinstance(module, permissive.StubModule) or getattr(
                module.__dict__.get("__builtins__"), "any_name", False)):
            anything(sys._getframe(1))
        return module

    def builtins(self):
        names = ModuleBuiltins(vars(sys.modules["builtins"]))
        names["__import__"] = self.import_name
        names["__oracle_guard__"] = self.guard
        names["__oracle_BaseException__"] = BaseException
        return names


def anything(frame):
    """Makes any name of the frame's module bound: it star-imports what is not known."""
    frame.f_builtins.any_name = True
    namespace = frame.f_globals

    def missing(name):
        if not name.startswith("__"):
            for folder in namespace.get("__path__", ()):
                if importlib.machinery.PathFinder.find_spec(name, [folder]):
                    raise AttributeError(name)
            return permissive.Stub(name)
        raise AttributeError(name)

    namespace.setdefault("__getattr__", missing)


def loader_for(session):
    class Loader(importlib.machinery.SourceFileLoader):
        def get_code(self, name):
            path = self.get_filename(name)
            if not session.inside(path):
                return super().get_code(name)
            return self.source_to_code(self.get_data(path), path)

        def source_to_code(self, data, path, *, _optimization=-1):
            code = compile(data, path, "exec", dont_inherit=True)
            if session.guarded and session.inside(path):
                tree = guard.transform(ast.parse(data, path))
                code = compile(tree, path, "exec", dont_inherit=True)
            return code

        def exec_module(self, module):
            if session.inside(self.path):
                module.__dict__["__builtins__"] = session.builtins()
            super().exec_module(module)

    return Loader


def install(session):
    machinery = importlib.machinery
    details = [(machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
               (loader_for(session), machinery.SOURCE_SUFFIXES),
               (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES)]
    sys.path_hooks[-1:] = [machinery.FileFinder.path_hook(*details)]
    sys.path_importer_cache.clear()
    sys.meta_path.append(session.finder)


def forbid_effects(cwd):
    """An audit hook: no network, no processes, nothing removed, nothing written outside of cwd."""
    def hook(event, arguments):
        if event in REFUSED:
            raise PermissionError(f"{event} is not allowed here")
        if event == "open" and isinstance(arguments[0], (str, bytes)) and arguments[2] & WRITES:
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(cwd + os.sep) and path != "/dev/null":
                raise PermissionError(f"writing {path} is not allowed here")

    sys.addaudithook(hook)


def run_entry(session, entry):
    """What `python -m entry` does, except that __name__ is not "__main__"."""
    name, spec, code = runpy._get_module_details(entry)
    main = types.ModuleType("__main__")
    main.__dict__.update(__name__=name, __file__=spec.origin, __package__=spec.parent,
                         __spec__=spec, __loader__=spec.loader, __cached__=None,
                         __builtins__=session.builtins())
    sys.modules["__main__"] = main
    sys.argv = [spec.origin]
    exec(code, main.__dict__)


def answer(session, error):
    """verdict, and for a failure: class, message, file and line, chain of places, whether the
    error is about imports or names (`counts`)."""
    result = {"verdict": "ok", "third_party": sorted(set(session.finder.served)),
              "swallowed": session.swallowed}
    result["python2_modules"] = sorted(PYTHON2 & set(result["third_party"]))
    if error is None or isinstance(error, SystemExit):
        result["exits"] = error is not None
        return result
    while error.__cause__ is not None and not session.frames(error):
        error = error.__cause__  # runpy's own words about an error in the parent package
    chain = session.frames(error)
    place = chain[-1] if chain else (None, 0)
    if isinstance(error, SyntaxError) and session.inside(error.filename):
        place = (session.relative(error.filename), error.lineno)
    result.update(verdict="fails", error=type(error).__name__, file=place[0], line=place[1],
                  message=str(error).replace(session.tree + os.sep, ""),
                  chain=chain, counts=session.counts(error))
    return result


def forget_modules(folder):
    """Modules that this server loaded but a fresh interpreter has not, where the folder has one
    of the same name that would come first."""
    own = {name.partition(".")[0] for name in os.listdir(folder)}
    if own & {name.partition(".")[0] for name in sys.modules}:
        for name in set(sys.modules) - BASELINE:
            del sys.modules[name]


def run_case(case):
    session = Session(case)
    os.chdir(case["cwd"])
    cwd = os.getcwd()
    library = list(sys.path)
    sys.path[:] = [cwd] + library if case["first"] else [cwd] + library + [session.tree]
    sys.dont_write_bytecode = True
    if case["first"]:
        forget_modules(cwd)
    install(session)
    if session.guarded:
        def expired(number, frame):
            raise TookTooLong()
        signal.signal(signal.SIGALRM, expired)
        signal.setitimer(signal.ITIMER_REAL, 5, 5)
        forbid_effects(cwd)
    error = None
    try:
        run_entry(session, case["entry"])
    except BaseException as problem:
        error = problem
    signal.setitimer(signal.ITIMER_REAL, 0)
    return answer(session, error)


def child(case, pipe):
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    try:
        result = run_case(case)
    except BaseException as problem:
        result = {"verdict": "oracle error", "message": repr(problem)}
    text = json.dumps(result).encode()
    while text:
        text = text[os.write(pipe, text):]
    os._exit(0)


def in_child(case):
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        child(case, writing)
    os.close(writing)
    chunks = []
    while True:
        if not select.select([reading], [], [], case.get("limit", 60))[0]:
            os.kill(process, signal.SIGKILL)
            chunks = [b'{"verdict": "oracle error", "message": "time limit"}']
            break
        chunk = os.read(reading, 1 << 16)
        if not chunk:
            break
        chunks.append(chunk)
    os.close(reading)
    os.waitpid(process, 0)
    return b"".join(chunks).decode() or '{"verdict": "oracle error", "message": "the child died"}'


def main():
    for line in sys.stdin:
        print(in_child(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
