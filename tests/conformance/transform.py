"""Gives each function of a module a generator twin, which can stop where the function would block.

A guest has no threads, and CPython's tests of sockets need two: a server's half and a client's. What runs in a "thread"
of theirs is run as a generator instead. So that it can stop within functions that it calls, a call in a twin is a
`yield from` of the callee's own twin:

    def fetch(self):                      def twin_of_fetch(self):
        data = self.cli.recv(100)             data = yield from call(self.cli.recv, 100)
        return data                           return data

The functions themselves are left as they are; what isn't run as a thread runs them.
"""

import ast
import copy
import types
from collections.abc import Callable, Generator, Sequence
from typing import Any

CALL = "__conformance_call__"
PAIRED = "__conformance_paired__"
TWIN = "twin_of_"

# They look at the frame that calls them.
NEED_THEIR_CALLER = {"super", "locals", "globals", "vars", "dir", "eval", "exec"}

# They never block, and are called often.
PLAIN = {
    "isinstance",
    "issubclass",
    "len",
    "range",
    "hasattr",
    "getattr",
    "setattr",
    "str",
    "bytes",
    "print",
    "repr",
    "type",
}


def paired(twin):
    """A decorator that makes a generator function the twin of a function."""

    def decorate(function):
        twin.original = function
        function.twin = twin
        return function

    return decorate


def call(callee: Any, *args: Any, **keywords: Any) -> Generator[Any, None, Any]:
    """Calls anything from within a twin: its twin where it has one, so that it can stop; else the thing itself."""
    twin = twin_of(callee)
    if twin is None:
        return callee(*args, **keywords)
    if isinstance(callee, types.MethodType):
        args = (callee.__self__, *args)
    return (yield from twin(*args, **keywords))


def twin_of(callee: Any) -> Any:
    """The twin of a function or a method; None where it has none.

    `functools.wraps` copies a function's attributes to what wraps it, which isn't what the twin belongs to.
    """
    function = callee.__func__ if isinstance(callee, types.MethodType) else callee
    if isinstance(function, types.FunctionType):
        twin = getattr(function, "twin", None)
        return twin if twin is not None and twin.original is function else None
    if isinstance(callee, types.BuiltinMethodType):
        for owner, find in BUILTIN.items():
            if isinstance(callee.__self__, owner):
                return find(callee)
    return None


# Twins of methods that are written in C: the type of their objects, and what finds the twin of a bound method.
BUILTIN: dict[type, Callable[[Any], Any]] = {}


def transformed(source: str, path: str, platform: str | None = None, only: Sequence[str] = ()) -> types.CodeType:
    """The code of a module with the twins; with `platform`, `sys.platform` is that in it; with `only`, it is without
    the classes that no test with one of these parts in its name has need of.
    """
    tree = ast.parse(source, path)
    if only:
        tree.body = needed(tree.body, only)
    if platform is not None:
        tree = _Platform(platform).visit(tree)
    tree = _AddTwins().visit(tree)
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def fill(
    module: types.ModuleType, source: str, path: str, platform: str | None = None, only: Sequence[str] = ()
) -> None:
    """Runs a source with twins within a module."""
    setattr(module, CALL, call)
    setattr(module, PAIRED, paired)
    exec(transformed(source, path, platform, only), module.__dict__)


def needed(statements: list[ast.stmt], only: Sequence[str]) -> list[ast.stmt]:
    """A module's statements without the classes that nothing needs: an emulated processor takes minutes for all of them.

    A class is needed when one of the parts is in the name of a test of its own, when it derives from such a class, and
    when anything that stays speaks of it.
    """
    classes = {statement.name: statement for statement in statements if isinstance(statement, ast.ClassDef)}
    spoken_of = {name: _names(node) & classes.keys() for name, node in classes.items()}
    chosen = {name for name, node in classes.items() if any(part in test for part in only for test in _tests(node))}
    while more := {name for name, node in classes.items() if _bases(node) & chosen} - chosen:
        chosen |= more
    for statement in statements:
        if not isinstance(statement, ast.ClassDef):
            chosen |= _names(statement) & classes.keys()
    while more := set().union(*(spoken_of[name] for name in chosen)) - chosen:
        chosen |= more
    return [node for node in statements if not isinstance(node, ast.ClassDef) or node.name in chosen]


def _tests(node: ast.ClassDef) -> list[str]:
    """The class's own tests by their full names; its own name where it has none, since it may inherit some."""
    methods = (item.name for item in node.body if isinstance(item, ast.FunctionDef) and item.name.startswith("test"))
    return [f"{node.name}.{method}" for method in methods] or [node.name]


def _bases(node: ast.ClassDef) -> set[str]:
    return {name for base in node.bases for name in _names(base)}


def _names(node: ast.AST) -> set[str]:
    """The names that it speaks of."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


class _Platform(ast.NodeTransformer):
    """`sys.platform` as another value."""

    def __init__(self, platform: str) -> None:
        self.platform = platform

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr == "platform" and isinstance(node.value, ast.Name) and node.value.id == "sys":
            return ast.copy_location(ast.Constant(self.platform), node)
        return node


class _AddTwins(ast.NodeTransformer):
    """Puts a twin before each function that can have one."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        twin = copy.deepcopy(node) if can_have_twin(node) else None
        self.generic_visit(node)
        if twin is None:
            return node
        twin.name = TWIN + node.name
        twin.decorator_list = []
        # A generator even where it calls nothing.
        never = ast.If(ast.Constant(False), [ast.Expr(ast.Yield())], [])
        twin.body = [never, *map(_Calls().visit, twin.body)]
        self.generic_visit(twin)
        node.decorator_list.append(ast.Call(ast.Name(PAIRED, ast.Load()), [ast.Name(twin.name, ast.Load())], []))
        return [ast.copy_location(twin, node), node]


class _Calls(ast.NodeTransformer):
    """Calls in a twin's own body as `yield from` of twins."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in NEED_THEIR_CALLER | PLAIN:
            return node
        called = ast.Call(ast.Name(CALL, ast.Load()), [node.func, *node.args], node.keywords)
        return ast.copy_location(ast.YieldFrom(called), node)

    def leave(self, node: ast.AST) -> ast.AST:
        """What has a frame of its own can't yield for the function around it."""
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = visit_ClassDef = leave
    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = leave


def can_have_twin(function: ast.FunctionDef) -> bool:
    """Whether it is called by a call, and is no generator."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Name) and decorator.id == "property":
            return False
        if isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "getter", "deleter"):
            return False
    finder = _FindYield()
    for statement in function.body:
        finder.visit(statement)
    return not finder.found


class _FindYield(ast.NodeVisitor):
    """Finds a yield in a function's own body."""

    found = False

    def visit_Yield(self, node: ast.AST) -> None:
        self.found = True

    visit_YieldFrom = visit_Await = visit_Yield

    def leave(self, node: ast.AST) -> None:
        """What it yields, it yields for itself."""

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = leave
