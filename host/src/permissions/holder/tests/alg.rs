//! The kernel's cryptography.

use super::*;
use crate::address::AlgAddress;
use crate::permissions::Sort;

fn algorithm(kind: &str, name: &str) -> Address {
    Address::Alg(AlgAddress { kind: kind.into(), name: name.into(), features: 0, mask: 0 })
}

/// The line that would allow it; `open` where it is allowed, nothing where no line would.
fn bind(lines: &[&str], at: &Address) -> String {
    match holding(lines).bind(Transport::Alg, at, false) {
        Ok(permit) => {
            assert_eq!(permit.request().map(|(asked, _)| asked), Some(at), "what was judged is what is bound");
            "open".to_owned()
        }
        Err(denial) => denial.grant().unwrap_or_default().to_owned(),
    }
}

#[test]
fn algorithms_are_judged_by_type_and_name() {
    for (lines, kind, name, expected) in [
        (&["alg hash sha256"][..], "hash", "sha256", "open"),
        (&["alg hash sha256"], "hash", "sha1", "alg hash sha1"),
        (&["alg hash sha256"], "hash", "sha256-generic", "alg hash sha256-generic"),
        (&["alg hash sha256"], "hash", "hmac(sha256)", "alg hash hmac(sha256)"),
        (&["alg hash hmac(sha256)"], "hash", "sha256", "alg hash sha256"),
        (&["alg hash *"], "hash", "hmac(sha256)", "open"),
        (&["alg hash *", "deny alg hash md5"], "hash", "md5", ""),
        (&["alg hash *", "deny alg hash md5"], "hash", "sha256", "open"),
        (&["alg hash *", "deny alg hash *"], "hash", "sha256", ""),
        (&["alg aead *"], "skcipher", "cbc(aes)", "alg skcipher cbc(aes)"),
        (&["alg skcipher cbc(aes)"], "skcipher", "cbc(aes)", "open"),
        (&["alg aead gcm(aes)"], "aead", "gcm(aes)", "open"),
        (&["alg rng stdrng"], "rng", "stdrng", "open"),
        (&["alg hash *", "alg skcipher *", "alg aead *", "alg rng *"], "akcipher", "rsa", ""),
        (&["alg hash *", "alg skcipher *", "alg aead *", "alg rng *"], "", "", ""),
        (&["tcp connect *:*"], "hash", "sha256", "alg hash sha256"),
    ] {
        assert_eq!(bind(lines, &algorithm(kind, name)), expected, "{lines:?}, {kind} {name}");
    }
    // What no line can spell is no other algorithm, whatever it is shown as.
    let odd = Address::Alg(AlgAddress { kind: b"hash".into(), name: b"sha\xff".into(), features: 0, mask: 0 });
    assert_eq!(bind(&["alg hash sha"], &odd), "", "no line is proposed that couldn't be written");
    assert_eq!(bind(&["alg hash *"], &odd), "open");
}

#[test]
fn a_restriction_gives_algorithms_up() {
    let mut holder = holding(&["alg hash *"]);
    holder.restrict(permissions(&["alg hash sha256"])).expect("it can be given up");
    assert!(holder.bind(Transport::Alg, &algorithm("hash", "sha256"), false).is_ok());
    assert!(holder.bind(Transport::Alg, &algorithm("hash", "sha1"), false).is_err());
}

#[test]
fn nothing_but_binding_is_done_with_an_algorithm() {
    let (holder, at, now) = (holding(&["alg hash *"]), algorithm("hash", "sha256"), Instant::now());
    assert!(holder.connect(Transport::Alg, &at, &Machine::default(), now).is_err());
    assert!(holder.send(Transport::Alg, &at, &Machine::default(), now).is_err());
    assert!(holder.listen(Transport::Alg, &at, false).is_err());
    let sort = Sort { family: 38, kind: 5, protocol: 0 };
    assert!(holder.create(Transport::Alg, sort).is_ok());
    assert!(holding(&["option ALG_SET_DRBG_ENTROPY", "raw ip *"]).create(Transport::Alg, sort).is_err());
}
