//! The contract in `wit/`: that it is whole, documented, and has a place for all of Python's `socket`.

mod data;
mod documented;
mod doors;
mod guest;
mod package;
mod places;
