"""Lays out what goes into the component, where `wallsocket.guest.preparation` looks for it."""

import json
import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import wallsocket

PACKAGE = Path(wallsocket.__file__).resolve().parent
WIT = (PACKAGE / "wit/contract", PACKAGE / "wit/program.wit")


class Stage:
    """A folder with all that a component is made of."""

    def __init__(self, folder: Path) -> None:
        self.sdk = folder / "sdk"
        self.files = folder / "files"
        self.files.mkdir()
        # Only what goes into the component: componentize-py looks through all that it is given.
        shutil.copytree(PACKAGE / "guest", self.sdk / "wallsocket/guest", ignore=shutil.ignore_patterns("__pycache__"))
        for module in ("__init__.py", "permissions.py"):
            shutil.copy(PACKAGE / module, self.sdk / "wallsocket" / module)

    @property
    def python_path(self) -> list[Path]:
        """The folders that are `/0` and `/1` in the component while it is built."""
        return [self.sdk, self.files]

    def add(self, kind: str, root: Path, files: Iterable[Path]) -> int:
        """Puts files below `app` or `site-packages`, as they stand below their root; tells how many bytes they have."""
        size = 0
        for path in files:
            place = self.files / kind / path.relative_to(root)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
            size += path.stat().st_size
        return size

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Tells the component what to do."""
        text = json.dumps({"time": int(time.time()), **manifest})
        (self.files / "manifest.json").write_text(text, encoding="utf-8")

    def report(self) -> dict[str, Any]:
        """What the component said when it was being built; empty where it never came to that."""
        try:
            return json.loads((self.files / "report.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
