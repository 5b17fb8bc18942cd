//! The same calls in the sandbox and in native Python: the same errors.

use std::process::Command;

use wallsocket_tests::Guest;

#[test]
fn calls_fail_as_they_do_natively() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/native.py");
    let native = match Command::new("python3").arg(script).output() {
        Ok(output) => output,
        Err(error) => {
            println!("skipped: there is no python3 to compare with ({error})");
            return;
        }
    };
    assert!(native.status.success(), "{}", String::from_utf8_lossy(&native.stderr));
    let native = String::from_utf8_lossy(&native.stdout).into_owned();
    let output = Guest::new("calls_fail_as_they_do_natively")
        .allow("tcp listen *:*")
        .allow("tcp connect *:*")
        .allow("tcp bind 192.0.2.1:*")
        .allow("udp bind 127.0.0.1:*")
        .allow("udp send *:*")
        .allow("unix connect @wallsocket-nobody")
        .passes();
    assert_eq!(output.stdout.lines().count(), native.lines().count(), "both make the same calls");
    let different: Vec<_> =
        output.stdout.lines().zip(native.lines()).filter(|(guest, native)| guest != native).collect();
    assert!(different.is_empty(), "(in the sandbox, natively): {different:#?}");
}
