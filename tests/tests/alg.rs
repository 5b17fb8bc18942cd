//! The kernel's cryptography, `AF_ALG`: judged by type and name of the algorithm, and computed as a software library does.

use wallsocket_tests::kernel::{self, Family};
use wallsocket_tests::{Guest, says};

/// Every algorithm of every type.
const ALL: [&str; 4] = ["alg hash *", "alg skcipher *", "alg aead *", "alg rng *"];

fn with_all(name: &str) -> Guest {
    ALL.iter().fold(Guest::new(name), |guest, line| guest.allow(*line))
}

fn bind(kind: &str, name: &str) -> Guest {
    Guest::new("alg_bind").arg(kind).arg(name)
}

#[test]
fn a_socket_of_the_kernels_cryptography_takes_a_line_that_is_about_it() {
    says(Guest::new("alg_socket"), "closed: alg hash *");
    says(Guest::new("alg_socket").allow("tcp connect *:*").allow("option ALG_SET_DRBG_ENTROPY"), "closed: alg hash *");
    for line in ALL.into_iter().chain(["alg rng stdrng"]) {
        says(Guest::new("alg_socket").allow(line), "open");
    }
}

#[test]
fn algorithms_are_granted_by_type_and_name() {
    kernel::with(Family::Alg).run("algorithms_are_granted_by_type_and_name", || {
        for (kind, name, other) in [
            ("hash", "sha256", "alg hash sha1"),
            ("hash", "hmac(sha256)", "alg hash sha256"),
            ("skcipher", "cbc(aes)", "alg aead cbc(aes)"),
            ("aead", "gcm(aes)", "alg skcipher gcm(aes)"),
            ("rng", "ansi_cprng", "alg rng stdrng"),
        ] {
            let line = format!("alg {kind} {name}");
            says(bind(kind, name).allow(other), &format!("closed: {line}"));
            says(bind(kind, name).allow(&line), "open");
            says(bind(kind, name).allow(format!("alg {kind} *")), "open");
            says(bind(kind, name).allow(format!("alg {kind} *")).deny(&line), "closed: ");
        }
        // A driver's name is another name of what was granted, and so isn't what was granted.
        says(bind("hash", "sha256-generic").allow("alg hash sha256"), "closed: alg hash sha256-generic");
    });
}

#[test]
fn alg_digests_are_those_of_a_software_library() {
    kernel::with(Family::Alg).run("alg_digests_are_those_of_a_software_library", || {
        let guest = Guest::new("alg_digests_are_those_of_a_software_library");
        guest.allow("alg hash sha256").allow("alg hash hmac(sha256)").passes();
    });
}

#[test]
fn alg_ciphertexts_are_those_of_a_software_library() {
    kernel::with(Family::Alg).run("alg_ciphertexts_are_those_of_a_software_library", || {
        let guest = Guest::new("alg_ciphertexts_are_those_of_a_software_library");
        guest.allow("alg skcipher cbc(aes)").allow("alg aead gcm(aes)").passes();
    });
}

#[test]
fn alg_random_numbers_come_from_the_seed() {
    kernel::with(Family::Alg).run("alg_random_numbers_come_from_the_seed", || {
        let guest = Guest::new("alg_random_numbers_come_from_the_seed");
        guest.allow("alg rng ansi_cprng").allow("alg rng drbg_nopr_hmac_sha256").passes();
    });
}

#[test]
fn alg_entropy_is_the_kernels_to_take() {
    kernel::with(Family::Alg).run("alg_entropy_is_the_kernels_to_take", || {
        with_all("alg_entropy_is_the_kernels_to_take").allow("option ALG_SET_DRBG_ENTROPY").passes();
    });
}

#[test]
fn alg_sockets_have_their_limits() {
    kernel::with(Family::Alg).run("alg_sockets_have_their_limits", || {
        with_all("alg_sockets_have_their_limits").passes();
    });
}
