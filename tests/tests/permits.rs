//! An unasked door doesn't compile: what reaches outside takes a permit, and only `permissions` makes one.
//!
//! The compiler is asked, about the host's own file of permits among stand-ins for what it mentions.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// What comes around the host's file: its parents as they are seen from there, and a neighbour like `sys`.
const AROUND: &str = r#"
#![allow(dead_code, unused_imports)]

mod address {
    macro_rules! addresses { ($($name:ident)+) => { $( #[derive(Clone, Debug, PartialEq, Eq)] pub(crate) struct $name; )+ } }
    addresses! { Address AlgAddress BluetoothAddress CanAddress NetlinkAddress PacketAddress QipcrtrAddress TipcAddress VsockAddress }
}

mod permissions {
    mod basis {
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Basis;
    }
    mod fold {
        pub(crate) struct Folded { pub(crate) wire: std::net::SocketAddr }
    }
    #[derive(Clone, Copy, Debug)] pub(crate) enum Kind {}
    #[derive(Clone, Copy, Debug)] pub(crate) enum Passing {}
    #[path = "PERMITS"]
    mod permit;
    pub(crate) use permit::{Permit, op};

    pub(crate) fn judge() -> Permit<op::Interfaces> {
        Permit::new((), basis::Basis)
    }
}

mod sys {
    use crate::permissions::{Permit, op};

    pub(crate) fn interfaces(_: &Permit<op::Interfaces>) {}
}

mod interfaces {
    use crate::permissions::{Permit, judge, op};
    use crate::sys;

    fn list(other: &Permit<op::Hostname>) {
        BODY
    }
}
"#;

/// What the compiler makes of the body of a function outside `permissions`.
fn compile(body: &str) -> Output {
    let permits = Path::new(env!("CARGO_MANIFEST_DIR")).join("../host/src/permissions/permit.rs");
    let directory = tempfile::tempdir().expect("a directory");
    let source = directory.path().join("doors.rs");
    let text = AROUND.replace("PERMITS", &permits.display().to_string()).replace("BODY", body);
    fs::write(&source, text).expect("it can be written");
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--out-dir"])
        .arg(directory.path())
        .arg(source);
    rustc.output().expect("cargo has found it")
}

#[test]
fn a_door_that_was_asked_compiles() {
    let output = compile("sys::interfaces(&judge())");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_unasked_door_does_not_compile() {
    for (body, error, why) in [
        ("sys::interfaces()", "E0061", "it takes a permit"),
        ("sys::interfaces(other)", "E0308", "one for something else is none"),
        ("sys::interfaces(&Permit::new((), Default::default()))", "E0624", "nobody but `permissions` makes one"),
        (
            "sys::interfaces(&Permit { judged: (), by: Default::default(), bound: None })",
            "E0451",
            "nor puts one together",
        ),
        ("sys::interfaces(&Clone::clone(&judge()))", "E0277", "nor copies it"),
    ] {
        let output = compile(body);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(error), "{body}: {why}: {said}");
    }
}
