"""The order in which CPython evaluates statements, read from its bytecode.

usage: order_oracle.py MOST FOLDER...

Prints for files in these folders, evenly chosen and at most MOST, that this interpreter compiles:

  file PATH
  LINE COLUMN: EVENTS

COLUMN counts bytes from 0. Each statement is compiled alone, a compound one with an empty body, and
an event is name (loaded), =name (stored), -name (deleted) or () (a call or a comprehension; only
of simple statements). What runs in a code object of its own is left out.
"""

import ast
import dis
import sys
import warnings

import corpus

SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Delete, ast.Import,
          ast.ImportFrom, ast.Raise)
PASS = [ast.Pass()]


def alone(node, future):
    """The statement as one that can be compiled at the top of a module, or None."""
    if isinstance(node, (ast.If, ast.While)):
        return ast.Expr(node.test)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not future:
        return ast.FunctionDef(node.name, node.args, PASS, [], node.returns)
    if isinstance(node, ast.ClassDef):
        return ast.ClassDef(node.name, node.bases, node.keywords, PASS, [])
    if isinstance(node, ast.For):
        return ast.For(node.target, node.iter, PASS, [])
    if isinstance(node, ast.With):
        return ast.With(node.items, PASS)
    return node if isinstance(node, SIMPLE + (ast.Assert,)) else None


def events(code, with_calls):
    out = []
    for step in dis.get_instructions(code):
        name = step.argval
        if name in ("__annotations__", "__debug__"):
            continue  # the first is the compiler's own, the second a constant for it
        if step.opname in ("LOAD_NAME", "LOAD_GLOBAL", "LOAD_CLASSDEREF"):
            out.append(name)
        elif step.opname in ("STORE_NAME", "STORE_GLOBAL"):
            out.append("=" + name)
        elif step.opname in ("DELETE_NAME", "DELETE_GLOBAL"):
            out.append("-" + name)
        elif step.opname in ("CALL", "CALL_FUNCTION", "CALL_METHOD", "CALL_FUNCTION_KW",
                             "CALL_FUNCTION_EX", "CALL_KW") and with_calls:
            out.append("()")
    return " ".join(out)


def statements(body, in_function):
    """All statements below, each with whether it stands in a function's own scope."""
    for node in body:
        yield node, in_function
        inner = in_function
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inner = True
        elif isinstance(node, ast.ClassDef):
            inner = False
        for field in ("body", "orelse", "finalbody"):
            yield from statements(getattr(node, field, []), inner)
        for handler in getattr(node, "handlers", []) + getattr(node, "cases", []):
            yield from statements(handler.body, inner)


def report(path):
    try:
        with open(path, "rb") as file:
            source = file.read()
        text = source.decode("utf-8")
        if not text.isascii():
            return ""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, path)
            compile(tree, path, "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
        return ""
    future = "__future__" in text and "annotations" in text
    lines = [f"file {path}"]
    for node, in_function in statements(tree.body, False):
        if isinstance(node, ast.AnnAssign) and (future or in_function):
            continue
        statement = alone(node, future)
        if statement is None:
            continue
        module = ast.fix_missing_locations(ast.Module([statement], []))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                code = compile(module, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError):
            continue  # yield, await and other things that need a function around them
        found = events(code, isinstance(node, SIMPLE))
        if isinstance(statement, ast.Expr) and found == "=__doc__":
            found = ""  # a string alone is a docstring
        lines.append(f"{node.lineno} {node.col_offset}: {found}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.setrecursionlimit(10000)
    corpus.run(report)
