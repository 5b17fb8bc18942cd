"""The texts of modules of the standard library. Imported while the component is built, when they can be read."""

import importlib.util

TEXTS = {}
for name in ("threading", "queue", "selectors", "socket"):
    with open(importlib.util.find_spec(name).origin, encoding="utf-8") as file:
        TEXTS[name] = file.read()
