"""Which modules a source file imports, and whether it can do without."""

import ast
import enum
from collections.abc import Iterator
from dataclasses import dataclass

_MISSING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


class When(enum.Enum):
    """When an import statement is carried out."""

    # Importing the file does, and fails if the module isn't there.
    ALWAYS = enum.auto()
    # So it does under some condition.
    PERHAPS = enum.auto()
    # Calling a function does.
    LATER = enum.auto()
    # In a `try` that goes on without the module.
    OPTIONAL = enum.auto()


@dataclass(frozen=True)
class Import:
    """One module that an import statement names."""

    # Absolute: `from . import x` in the package `p` has the module `p`, and `x` among its names.
    module: str
    # What `from module import …` names: attributes or modules.
    names: tuple[str, ...]
    line: int
    when: When


def imports(tree: ast.Module, package: str, main: bool = False) -> list[Import]:
    """The imports of a module that belongs to a package ("" for none), in order.

    For the module that is run, `if __name__ == "__main__":` is no condition.
    """
    visitor = _Visitor(package, main)
    visitor.visit(tree.body, When.ALWAYS)
    return visitor.found


class _Visitor:
    def __init__(self, package: str, main: bool) -> None:
        self.package = package
        self.main = main
        self.found: list[Import] = []

    def visit(self, body: list[ast.stmt], when: When) -> None:
        for statement in body:
            self.visit_statement(statement, when)

    def visit_statement(self, statement: ast.stmt, when: When) -> None:
        match statement:
            case ast.Import():
                for alias in statement.names:
                    self.found.append(Import(alias.name, (), statement.lineno, when))
            case ast.ImportFrom():
                module = _absolute(statement, self.package)
                if module is not None:
                    names = tuple(alias.name for alias in statement.names if alias.name != "*")
                    self.found.append(Import(module, names, statement.lineno, when))
            case ast.Try() | ast.TryStar():
                tried = When.OPTIONAL if any(map(_forgives, statement.handlers)) else when
                self.visit(statement.body, tried)
                for handler in statement.handlers:
                    self.visit(handler.body, weaker(when, When.PERHAPS))
                self.visit(statement.orelse, tried)
                self.visit(statement.finalbody, when)
            case ast.With() | ast.AsyncWith():
                forgives = any("suppress" in ast.unparse(item.context_expr) for item in statement.items)
                self.visit(statement.body, When.OPTIONAL if forgives else when)
            case ast.ClassDef():
                self.visit(statement.body, when)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.visit(statement.body, weaker(when, When.LATER))
            case ast.If() if self.main and ast.unparse(statement.test) == "__name__ == '__main__'":
                self.visit(statement.body, when)
                self.visit(statement.orelse, weaker(when, When.PERHAPS))
            case _:
                for block in _blocks(statement):
                    self.visit(block, weaker(when, When.PERHAPS))


def weaker(one: When, other: When) -> When:
    """The one that says less."""
    return max(one, other, key=lambda when: when.value)


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for _, value in ast.iter_fields(statement):
        if isinstance(value, list) and value:
            if isinstance(value[0], ast.stmt):
                yield value
            elif isinstance(value[0], ast.match_case):
                for case in value:
                    yield case.body


def _absolute(statement: ast.ImportFrom, package: str) -> str | None:
    if statement.level == 0:
        return statement.module
    parts = package.split(".") if package else []
    up = statement.level - 1
    if up > len(parts) or not parts:
        # Python's own error when it runs.
        return None
    return ".".join([*parts[: len(parts) - up], *([statement.module] if statement.module else [])])


def _forgives(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches a failed import and goes on."""
    if _raises(handler.body):
        return False
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(handler.type) if isinstance(node, ast.Attribute)}
    return bool(names & _MISSING)


def _raises(body: list[ast.stmt]) -> bool:
    """Whether a handler always ends in an exception, or in the end of the program."""
    last = body[-1]
    if isinstance(last, ast.Raise):
        return True
    return isinstance(last, ast.Expr) and ast.unparse(last.value).startswith("sys.exit(")
