//! `docs/python-compat.md` is true: what it says works has a test, and nothing of Python's is left out.

mod guests;
mod page;
mod source;
