//! Tests on another kernel, for what the machine's own may lack.

use std::process::Command;

/// Set where the test is on the other kernel already.
const THERE: &str = "WALLSOCKET_KERNEL";

/// Runs the test of that name, which is the one that calls, in user-mode Linux (`tests/kernels/run`).
///
/// Where that kernel can't be had the test is skipped, and says why; in CI (`CI` is set) it fails then.
///
/// # Panics
///
/// When the test fails there.
pub fn on_another(name: &str, test: impl FnOnce()) {
    if std::env::var_os(THERE).is_some() {
        return test();
    }
    let this = std::env::current_exe().expect("this program has a path");
    let output = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/kernels/run"))
        .args(["env", &format!("{THERE}=1")])
        .arg(this)
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .output()
        .expect("the script is there");
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    match output.status.code() {
        Some(0) => {
            assert!(said.contains("test result: ok. 1 passed"), "{name} didn't run there:\n{said}\n{complained}")
        }
        Some(125) if std::env::var_os("CI").is_none() => println!("skipped: no other kernel can be had: {complained}"),
        _ => panic!("{name} on another kernel: {}\n{said}\n{complained}", output.status),
    }
}
