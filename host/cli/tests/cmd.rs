//! What the command says, word for word: `cmd/` holds commands and their output.
//!
//! `TRYCMD=overwrite cargo test -p wallsocket-cli` writes what it says now; read the difference before committing it.

#[test]
fn the_command_says_what_the_files_say() {
    // Another person's log filter would print lines of its own.
    trycmd::TestCases::new().env("WALLSOCKET_LOG", "").case("tests/cmd/*.md").case("tests/cmd/*.toml");
}
