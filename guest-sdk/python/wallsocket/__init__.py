"""Python's `socket` module for programs that run as WebAssembly components.

`wallsocket-py build app.py -o app.wasm` makes a component of a program; `wallsocket.guest` is the part of this package
that goes into it, and `wallsocket.permissions` what a program there can use beside `socket`.
"""
