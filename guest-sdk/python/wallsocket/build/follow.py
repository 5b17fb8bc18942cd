"""Follows imports from the program: which files belong to it, and what it won't find when it runs."""

import ast
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import distributions, library, modules
from .errors import BuildError
from .imports import Import, When, imports, weaker
from .modules import Kind, Module
from .sources import Program, parse

# What the component has already by these names.
TAKEN = {
    "wallsocket": "the SDK",
    "wit_world": "the bindings of the contract",
    "componentize_py_types": "componentize-py's types",
    "componentize_py_runtime": "componentize-py's runtime",
    "componentize_py_async_support": "componentize-py's support for async",
    "poll_loop": "componentize-py's event loop",
}


@dataclass
class Followed:
    """What was found on the way."""

    # The program's own files, below its root.
    files: set[Path] = field(default_factory=set)
    # Modules of the standard library that it imports as soon as it starts.
    library: set[str] = field(default_factory=set)
    # By what they are about.
    warnings: dict[str, str] = field(default_factory=dict)


def follow(
    program: Program, site_packages: Sequence[Path], included: Iterable[Module], missing_ok: Iterable[str] = ()
) -> Followed:
    """Follows the imports of a program; a module that it can't do without, and that isn't there, is a BuildError."""
    walk = _Walk(program, site_packages, frozenset(missing_ok))
    main_name = f"{program.package}.__main__" if program.package else "__main__"
    if program.package:
        walk.arrive(modules.find(program.package, [program.root]), When.ALWAYS)
    walk.arrive(Module(main_name, program.main, Kind.MODULE), When.ALWAYS)
    for module in included:
        walk.arrive(module, When.LATER)
    walk.run()
    return walk.found


class _Walk:
    def __init__(self, program: Program, site_packages: Sequence[Path], missing_ok: frozenset[str]) -> None:
        self.program = program
        self.site_packages = site_packages
        self.missing_ok = missing_ok
        self.found = Followed()
        self.queue: deque[tuple[Module, When]] = deque()
        # How surely each module is imported when the program starts.
        self.seen: dict[Path, When] = {}

    def arrive(self, module: Module | None, when: When) -> None:
        """Takes a module to look at, again where it is reached more surely than before."""
        if module is None or module.kind is Kind.EXTENSION:
            return
        before = self.seen.get(module.path)
        if before is None or (before is not when and weaker(before, when) is before):
            self.seen[module.path] = when
            if module.kind is not Kind.NAMESPACE:
                self.queue.append((module, when))
        if self.is_own(module):
            self.take(module)

    def run(self) -> None:
        while self.queue:
            module, when = self.queue.popleft()
            own = self.is_own(module)
            if not own and when not in (When.ALWAYS, When.PERHAPS):
                # A requirement's own business until the program is likely to import it.
                continue
            for found in self.imports_of(module):
                self.look_at(found, module, own, weaker(when, found.when))

    def is_own(self, module: Module) -> bool:
        return module.path.is_relative_to(self.program.root) and not any(
            module.path.is_relative_to(folder) for folder in self.site_packages
        )

    def shown(self, path: Path) -> str:
        """A file as people know it: by its name below the folder that it is found in."""
        for folder in (*self.site_packages, self.program.root):
            if path.is_relative_to(folder):
                return str(path.relative_to(folder))
        return str(path)

    def imports_of(self, module: Module) -> list[Import]:
        own = self.is_own(module)
        try:
            tree: ast.Module | None = parse(module.path, self.shown(module.path))
        except BuildError:
            if own:
                raise
            return []
        return [] if tree is None else imports(tree, module.package, main=module.path == self.program.main)

    def take(self, module: Module) -> None:
        """Takes one of the program's own modules along, a package with all that is in its folder."""
        top = module.name.partition(".")[0]
        if module.path == self.program.main and not self.program.package:
            self.found.files.add(module.path)
            return
        self.check_name(top, module.path)
        folder = self.program.root / top
        if not folder.is_dir():
            self.found.files.add(module.path)
            return
        for path in _files_below(folder):
            if path in self.found.files:
                continue
            self.found.files.add(path)
            if path.suffix == ".py" and path != self.program.main:
                parts = path.relative_to(self.program.root).with_suffix("").parts
                package = parts[-1] == "__init__"
                name = ".".join(parts[:-1] if package else parts)
                self.arrive(Module(name, path, Kind.PACKAGE if package else Kind.MODULE), When.LATER)

    def check_name(self, top: str, path: Path) -> None:
        shown = self.shown(path)
        if top in TAKEN:
            raise BuildError(f"{shown} has the name of {TAKEN[top]}, `{top}`", "rename it")
        if library.has(top):
            raise BuildError(
                f"{shown} has the name of a module of the standard library, `{top}`, which comes first",
                "rename it",
            )

    def look_at(self, found: Import, where: Module, own: bool, when: When) -> None:
        names = [found.module]
        target = self.find(found.module)
        if target is not None and target.kind in (Kind.PACKAGE, Kind.NAMESPACE):
            # `from package import module`; what isn't a module is an attribute.
            names += [f"{found.module}.{name}" for name in found.names if self.find(f"{found.module}.{name}")]
        for name in names:
            self.reach(name, found, where, own, when)

    def find(self, name: str) -> Module | None:
        if library.has(name.partition(".")[0]):
            return None
        return modules.find(name, [self.program.root, *self.site_packages])

    def reach(self, name: str, found: Import, where: Module, own: bool, when: When) -> None:
        """Looks at a module that an import names, and at the packages that it is in."""
        parts = name.split(".")
        if parts[0] in self.missing_ok or name in self.missing_ok:
            return
        place = f"{self.shown(where.path)}:{found.line}"
        if parts[0] == "wallsocket" and not library.has(parts[0]):
            return
        if parts[0] == "__main__":
            return
        if library.has(parts[0]):
            if own and (beside := modules.find(parts[0], [self.program.root])) and beside.kind is not Kind.NAMESPACE:
                self.check_name(parts[0], beside.path)
            reason = library.why_not(name)
            if reason is None:
                if when is When.ALWAYS:
                    self.found.library.add(name)
            elif when is When.ALWAYS:
                raise BuildError(
                    f"{place} imports `{name}`, which a component hasn't: {reason}",
                    f"do without it, or catch the ImportError (`--missing-ok {name}` builds regardless)",
                )
            elif own and when is When.LATER:
                self.warn(place, name, reason)
            return
        for end in range(1, len(parts) + 1):
            part = ".".join(parts[:end])
            module = self.find(part)
            if module is None:
                self.miss(part, place, own, when)
                return
            if module.kind is Kind.EXTENSION:
                self.refuse(module, place, own, when)
                return
            self.arrive(module, when)

    def miss(self, name: str, place: str, own: bool, when: When) -> None:
        parent = name.rpartition(".")[0]
        if parent and not own:
            # Packages make modules of their own as they are imported (`six.moves`).
            return
        if when is When.ALWAYS:
            where = (
                f"in `{parent}`" if parent else "in the standard library, beside the program or among its requirements"
            )
            raise BuildError(f"{place} imports `{name}`, which isn't {where}", self.advice(name, parent, own))
        if own and when is When.LATER:
            self.warn(place, name, "it is nowhere to be found")

    def warn(self, place: str, name: str, reason: str) -> None:
        text = f"{place} imports `{name}` when it gets there, and will fail: {reason}"
        self.found.warnings.setdefault(place, text)

    def advice(self, name: str, parent: str, own: bool) -> str:
        if parent:
            return f"check the spelling (`--missing-ok {name}` builds regardless)"
        if own and not self.site_packages:
            return (
                "add its project to a requirements file, and that by `-r requirements.txt`; or check the spelling "
                f"(`--missing-ok {name}` builds regardless)"
            )
        return f"add its project to the requirements, or check the spelling (`--missing-ok {name}` builds regardless)"

    def refuse(self, module: Module, place: str, own: bool, when: When) -> None:
        owner = distributions.owner(module.path, self.site_packages)
        of = f", of the project {owner}" if owner else ""
        text = f"{place} imports `{module.name}`, which is a C extension: {self.shown(module.path)}{of}"
        if when is When.ALWAYS:
            raise BuildError(
                text, f"use a project that is all Python (`--missing-ok {module.name}` builds without the extension)"
            )
        if when is When.PERHAPS or (own and when is When.LATER):
            # Once for each extension.
            self.found.warnings.setdefault(module.name, f"{text}; a component can't load it")


def _files_below(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).parts
        if path.is_file() and not any(part == "__pycache__" or part.startswith(".") for part in relative):
            yield path
