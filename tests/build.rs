//! Builds the guests that the tests run, for `wasm32-wasip2`.
//!
//! They go into a target directory of their own: the cargo that runs this script holds the lock of the other.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, exit};

const TARGET: &str = "wasm32-wasip2";

fn main() {
    let tests = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(variable("OUT_DIR")).join("guests");
    for watched in ["guests", "../guest-sdk/src", "../guest-sdk/Cargo.toml", "../wit", "../Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", tests.join(watched).display());
    }
    fetch_target(&tests);
    run(cargo(&tests).args(["build", "-p", "wallsocket-test-guests", "--target", TARGET, "--target-dir"]).arg(&out));
    println!("cargo::rustc-env=GUESTS={}", out.join(TARGET).join("debug/guests.wasm").display());
}

fn cargo(directory: &Path) -> Command {
    let mut command = Command::new(variable("CARGO"));
    command.current_dir(directory);
    // What the outer cargo says of its own build is wrong for this one.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_ENCODED") || name.starts_with("CARGO_CFG") || name == "RUSTC_WORKSPACE_WRAPPER" {
            command.env_remove(&*name);
        }
    }
    command
}

/// rust-toolchain.toml names the target, but rustup fetches it only together with a toolchain that is missing.
fn fetch_target(directory: &Path) {
    let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let printed =
        Command::new(rustc).current_dir(directory).args(["--target", TARGET, "--print", "target-libdir"]).output();
    let there = printed.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
    if !there {
        run(Command::new("rustup").current_dir(directory).args(["target", "add", TARGET]));
    }
}

fn run(command: &mut Command) {
    match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => fail(&format!("{command:?} ended with {status}")),
        Err(error) => fail(&format!("{command:?}: {error}")),
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| fail(&format!("cargo doesn't say {name}")))
}

fn fail(message: &str) -> ! {
    println!("cargo::error={message}");
    exit(1)
}
