"""Rewrites a module so that importing it gets past what is not about imports.

Real packages open files that are not there, parse arguments or train while they are imported. Each
statement at module level that is no import is put into a `try`; `__oracle_guard__` (see
import_server.py) then decides whether its error counts, and binds the statement's names to stubs
if it does not. Line numbers stay as they are.
"""

import ast

SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.FunctionDef, ast.ClassDef,
          ast.AsyncFunctionDef)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def bound_names(statement):
    """Names of the module that the statement binds."""
    names = []

    def visit(node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.append(node.name)
        if not isinstance(node, SCOPES):
            for child in ast.iter_child_nodes(node):
                visit(child)

    visit(statement)
    return sorted(set(names))


def load(name, at):
    return ast.copy_location(ast.Name(name, ast.Load()), at)


def guarded(statement, body, names, replace):
    """try: body, except BaseException: if __oracle_guard__(names, replace): raise"""
    def here(node):
        return ast.copy_location(node, statement)

    elements = [here(ast.Constant(name)) for name in names]
    arguments = [here(ast.Tuple(elements, ast.Load())), here(ast.Constant(replace))]
    call = here(ast.Call(load("__oracle_guard__", statement), arguments, []))
    again = here(ast.If(call, [here(ast.Raise())], []))
    handler = here(ast.ExceptHandler(load("__oracle_BaseException__", statement), None, [again]))
    return here(ast.Try(body, [handler], [], []))


def guard_test(statement, counter):
    """The condition of an `if` or `while` is evaluated under guard; an error counts as true."""
    counter[0] += 1
    name = f"__oracle_test_{counter[0]}"
    target = ast.copy_location(ast.Name(name, ast.Store()), statement.test)
    assign = ast.copy_location(ast.Assign([target], statement.test), statement.test)
    statement.test = load(name, statement.test)
    return guarded(assign, [assign], [name] + bound_names(assign.value), True)


def guard_block(block, counter):
    return [new for statement in block for new in guard_statement(statement, counter)]


def guard_statement(statement, counter):
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Global, ast.Pass, ast.Raise,
                              ast.Break, ast.Continue)):
        return [statement]
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return [statement]  # the docstring
    if isinstance(statement, ast.If):
        statement.body = guard_block(statement.body, counter)
        statement.orelse = guard_block(statement.orelse, counter)
        return [guard_test(statement, counter), statement]
    names = bound_names(statement)
    if isinstance(statement, SIMPLE):
        return [guarded(statement, [statement], names, True)]
    if isinstance(statement, ast.Try):  # the body's errors are for the handlers
        for handler in statement.handlers:
            handler.body = guard_block(handler.body, counter)
        statement.orelse = guard_block(statement.orelse, counter)
        statement.finalbody = guard_block(statement.finalbody, counter)
    elif isinstance(statement, (ast.For, ast.While)):
        statement.body = guard_block(statement.body, counter)
        statement.orelse = guard_block(statement.orelse, counter)
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        statement.body = guard_block(statement.body, counter)
    return [guarded(statement, [statement], names, False)]


def transform(tree):
    tree.body = guard_block(tree.body, [0])
    return ast.fix_missing_locations(tree)
