//! What is checked in is what `cargo xtask generate` would write.

use crate::none;
use crate::source::project;

#[test]
fn what_follows_from_the_table_is_written() {
    let stale = wallsocket_names::stale(&project()).unwrap_or_else(|error| panic!("{error}"));
    let stale: Vec<String> = stale.into_iter().map(|file| file.path).collect();
    none(&stale, "`cargo xtask generate` would write these anew");
}
