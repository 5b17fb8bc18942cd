//! The kernel's cryptography: published test vectors, compared with a software library's results too, and what goes wrong.

use aes::Aes128;
use aes::cipher::{BlockEncrypt, BlockEncryptMut, KeyInit, KeyIvInit, block_padding::NoPadding};
use aes_gcm::Aes128Gcm;
use aes_gcm::aead::{AeadInPlace, generic_array::GenericArray};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use wallsocket::*;

use crate::check::{denied, say};
use crate::help::{at_once, fails};

/// Bytes written as hexadecimal digits.
fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u32> = digits.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).expect("two digits")).collect()
}

fn new() -> Socket {
    socket(AF_ALG, SOCK_SEQPACKET, 0).expect("the grant lets it be made")
}

/// A socket for an algorithm.
fn algorithm(kind: &str, name: &str) -> Socket {
    let sock = new();
    sock.bind((kind, name)).unwrap_or_else(|error| panic!("{kind} {name}: {error}"));
    sock
}

/// The same with its key.
fn keyed(kind: &str, name: &str, key: &[u8]) -> Socket {
    let sock = algorithm(kind, name);
    sock.setsockopt(SOL_ALG, ALG_SET_KEY, key).unwrap_or_else(|error| panic!("{kind} {name}: {error}"));
    sock
}

/// A computation.
fn operation(algorithm: &Socket) -> Socket {
    let (operation, address) = algorithm.accept().expect("each takes as many as one likes");
    assert_eq!(address, Address::Unspecified, "it has no name, which Python calls None");
    operation
}

pub(crate) fn alg_socket(_: &[String]) {
    match socket(AF_ALG, SOCK_SEQPACKET, 0) {
        // What a kernel without it says.
        Err(Error::Os(errno::EAFNOSUPPORT)) => println!("open"),
        result => say(result),
    }
}

pub(crate) fn alg_bind(arguments: &[String]) {
    say(new().bind((&*arguments[0], &*arguments[1])));
}

pub(crate) fn alg_digests_are_those_of_a_software_library(_: &[String]) {
    let sha256 = algorithm("hash", "sha256");
    let long = vec![0x61; 1_000_000];
    // FIPS 180-4, and the examples that NIST has published beside it.
    for (message, digest) in [
        (&b""[..], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        (&long, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ] {
        let op = operation(&sha256);
        op.sendall(message).expect("a hash takes everything");
        let computed = op.recv(512).expect("it is there");
        assert_eq!(computed, hex(digest), "the published digest of {} bytes", message.len());
        assert_eq!(computed, Sha256::digest(message).to_vec(), "and the software library's");
    }
    let op = operation(&sha256);
    for part in ["a", "b", "c"] {
        assert_eq!(op.send_flags(part, MSG_MORE), Ok(1));
    }
    op.send("").expect("the end");
    assert_eq!(op.recv(512).expect("it is there"), Sha256::digest("abc").to_vec(), "MSG_MORE puts parts together");
    // What a hash has taken so far, and from there on a computation of its own.
    op.send_flags("ab", MSG_MORE).expect("a part");
    let branch = operation(&op);
    op.send("c").expect("the end");
    branch.send("d").expect("another end");
    assert_eq!(op.recv(32).expect("it is there"), Sha256::digest("abc").to_vec());
    assert_eq!(branch.recv(32).expect("it is there"), Sha256::digest("abd").to_vec());
    // Without a timeout and with one, which the kernel would never call ready.
    op.settimeout(10).expect("a timeout");
    op.sendto("abc", ("hash", "md5")).expect("an address beside it means nothing");
    let (digest, from) = op.recvfrom(512).expect("it is there");
    assert_eq!((digest, from), (Sha256::digest("abc").to_vec(), Address::Unspecified));
    op.send("abc").expect("again");
    let message = op.recvmsg(8, 0, 0).expect("it is there");
    assert_eq!((message.data.len(), message.msg_flags), (8, MSG_TRUNC), "a digest that is cut says so");

    // RFC 4231, test cases 2 and 6.
    let larger = [0xaa; 131];
    for (key, message, digest) in [
        (
            &b"Jefe"[..],
            &b"what do ya want for nothing?"[..],
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            &larger,
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
    ] {
        let op = operation(&keyed("hash", "hmac(sha256)", key));
        op.sendall(message).expect("a hash takes everything");
        let computed = op.recv(512).expect("it is there");
        let mut library = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("any length");
        library.update(message);
        assert_eq!(computed, hex(digest), "the published code");
        assert_eq!(computed, library.finalize().into_bytes().to_vec(), "and the software library's");
    }
}

pub(crate) fn alg_ciphertexts_are_those_of_a_software_library(_: &[String]) {
    // NIST SP 800-38A, F.2.1.
    let (key, iv) = (hex("2b7e151628aed2a6abf7158809cf4f3c"), hex("000102030405060708090a0b0c0d0e0f"));
    let plain = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
                     30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    let sealed = hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2\
                      73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7");
    let library = |plain: &[u8]| {
        let cipher = cbc::Encryptor::<Aes128>::new(GenericArray::from_slice(&key), GenericArray::from_slice(&iv));
        cipher.encrypt_padded_vec_mut::<NoPadding>(plain)
    };
    let cbc = keyed("skcipher", "cbc(aes)", &key);
    let op = operation(&cbc);
    op.sendmsg_afalg(&[&plain], ALG_OP_ENCRYPT, &*iv, None, 0).expect("it takes it");
    assert_eq!(op.recv(plain.len()).expect("it is there"), sealed, "the published ciphertext");
    assert_eq!(library(&plain), sealed, "is the software library's, too");
    // Step by step, and back.
    op.sendmsg_afalg(&[], ALG_OP_ENCRYPT, &*iv, None, MSG_MORE).expect("what to do, and data to come");
    op.sendall(&plain).expect("there is room");
    assert_eq!(op.recv(plain.len()).expect("it is there"), sealed);
    op.sendmsg_afalg(&[&sealed[..16], &sealed[16..]], ALG_OP_DECRYPT, &*iv, None, 0).expect("it takes it");
    assert_eq!(op.recv(1 << 20).expect("it is there"), plain, "decrypted");
    // As much as the kernel has room for at once, and as Python writes the messages.
    let long: Vec<u8> = plain.iter().copied().cycle().take(65_536).collect();
    let ancdata = [
        ControlMessage::raw(SOL_ALG, ALG_SET_OP, ALG_OP_ENCRYPT.to_le_bytes()),
        ControlMessage::raw(SOL_ALG, ALG_SET_IV, [&16u32.to_le_bytes()[..], &iv].concat()),
    ];
    op.sendmsg(&[&long], &ancdata, 0, Address::Unspecified).expect("there is room");
    assert_eq!(op.recv(long.len()).expect("it is there"), library(&long), "64 KiB");

    // McGrew and Viega, test case 4, which NIST SP 800-38D stands on.
    let (key, iv) = (hex("feffe9928665731c6d6a8f9467308308"), hex("cafebabefacedbaddecaf888"));
    let plain = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
                     1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    let header = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let sealed = hex("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e\
                      21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091");
    let tag = hex("5bc94fbc3221a5db94fae95ae7121a47");
    let mut library = plain.clone();
    let library_tag = Aes128Gcm::new(GenericArray::from_slice(&key))
        .encrypt_in_place_detached(GenericArray::from_slice(&iv), &header, &mut library)
        .expect("it takes any length");
    let gcm = keyed("aead", "gcm(aes)", &key);
    gcm.setsockopt(SOL_ALG, ALG_SET_AEAD_AUTHSIZE, OptionValue::Null(16)).expect("a tag of 16 bytes");
    let (length, whole) = (u32::try_from(header.len()).expect("20"), header.len() + plain.len() + tag.len());
    let op = operation(&gcm);
    op.sendmsg_afalg(&[&header, &plain], ALG_OP_ENCRYPT, &*iv, length, 0).expect("it takes it");
    let result = op.recv(whole).expect("it is there");
    assert_eq!(result, [&header[..], &sealed, &tag].concat(), "header, the published ciphertext and tag");
    assert_eq!(result[header.len()..], [library, library_tag.to_vec()].concat(), "and the software library's");
    let op = operation(&gcm);
    let ancdata = [
        ControlMessage::raw(SOL_ALG, ALG_SET_OP, ALG_OP_ENCRYPT.to_le_bytes()),
        ControlMessage::raw(SOL_ALG, ALG_SET_IV, [&12u32.to_le_bytes()[..], &iv].concat()),
        ControlMessage::raw(SOL_ALG, ALG_SET_AEAD_ASSOCLEN, length.to_le_bytes()),
    ];
    op.sendmsg(&[&header, &plain], &ancdata, 0, Address::Unspecified).expect("it takes it");
    assert_eq!(op.recv(whole).expect("it is there"), result, "as Python writes the messages");
    let op = operation(&gcm);
    op.sendmsg_afalg(&[], ALG_OP_ENCRYPT, &*iv, length, MSG_MORE).expect("what to do, and data to come");
    op.sendall_flags(&header, MSG_MORE).expect("there is room");
    op.sendall(&plain).expect("there is room");
    assert_eq!(op.recv(whole).expect("it is there"), result, "in steps");
    op.sendmsg_afalg(&[&result], ALG_OP_DECRYPT, &*iv, length, 0).expect("it takes it");
    assert_eq!(op.recv(whole).expect("it is there")[header.len()..], plain, "decrypted");
    let mut forged = result;
    *forged.last_mut().expect("a tag") ^= 1;
    op.sendmsg_afalg(&[&forged], ALG_OP_DECRYPT, &*iv, length, 0).expect("it takes it");
    fails(op.recv(whole), errno::EBADMSG, "the tag isn't that of the data");
}

/// The DRBGs of NIST SP 800-90A have no published numbers to be compared with as long as the kernel gathers what they
/// begin from; the generator of ANSI X9.31 begins from what it is given.
pub(crate) fn alg_random_numbers_come_from_the_seed(_: &[String]) {
    // The first vector that Linux's crypto/testmgr.h has of it, from NIST's RNGVS.
    let (key, dt, v) = (
        hex("f3b1666d13607242ed061cabb8d46202"),
        hex("e6b3be782a23fa62d71d4afbb0e922f9"),
        hex("80000000000000000000000000000000"),
    );
    let op = operation(&keyed("rng", "ansi_cprng", &[&v[..], &key, &dt].concat()));
    let numbers = op.recv(16).expect("they are there");
    assert_eq!(numbers, hex("59531ed13bb0c05584796685c12f7641"), "the published numbers");
    // ANSI X9.31 appendix A.2.4: E(E(DT) xor V).
    let cipher = Aes128::new(GenericArray::from_slice(&key));
    let mut block = *GenericArray::from_slice(&dt);
    cipher.encrypt_block(&mut block);
    block.iter_mut().zip(&v).for_each(|(byte, other)| *byte ^= other);
    cipher.encrypt_block(&mut block);
    assert_eq!(numbers, block.to_vec(), "and what a software library makes of the rule");

    let drbg = keyed("rng", "drbg_nopr_hmac_sha256", b"more than nothing, gathered by the guest");
    let op = operation(&drbg);
    let (one, other) = (op.recv(32).expect("numbers"), op.recv(32).expect("more of them"));
    assert_eq!((one.len(), other.len()), (32, 32));
    assert_ne!(one, other);
    assert_eq!(op.recv(1000).expect("numbers").len(), 128, "no more in one call");
    // Additional input is for kernels that are built to be tested.
    let added = op.send("additional input");
    assert!(matches!(added, Ok(16) | Err(Error::Os(errno::EOPNOTSUPP))), "{added:?}");
    let entropy = drbg.setsockopt(SOL_ALG, ALG_SET_DRBG_ENTROPY, &[7; 48]);
    assert_eq!(denied(entropy), "option ALG_SET_DRBG_ENTROPY", "it is for tests of the generator");
}

/// With the grant of `ALG_SET_DRBG_ENTROPY`.
pub(crate) fn alg_entropy_is_the_kernels_to_take(_: &[String]) {
    let drbg = algorithm("rng", "drbg_nopr_hmac_sha256");
    let entropy = drbg.setsockopt(SOL_ALG, ALG_SET_DRBG_ENTROPY, &[7; 48]);
    // Without CONFIG_CRYPTO_USER_API_RNG_CAVP there is no such option.
    assert!(matches!(entropy, Ok(()) | Err(Error::Os(errno::ENOPROTOOPT))), "{entropy:?}");
}

pub(crate) fn alg_sockets_have_their_limits(_: &[String]) {
    for kind in [SOCK_STREAM, SOCK_DGRAM, SOCK_RAW] {
        fails(socket(AF_ALG, kind, 0), errno::ESOCKTNOSUPPORT, "sequenced packets only");
    }
    fails(socket(AF_ALG, SOCK_SEQPACKET, 5), errno::EPROTONOSUPPORT, "no protocols");
    fails(socketpair(AF_ALG, SOCK_SEQPACKET, 0), errno::EOPNOTSUPP, "no pairs");
    let sock = new();
    fails(sock.bind(("hash", "no such algorithm")), errno::ENOENT, "an algorithm that isn't there");
    fails(sock.bind(("nonsense", "sha256")), errno::ENOENT, "a type that there isn't");
    fails(sock.bind(("akcipher", "rsa")), errno::ENOENT, "nor this one");
    fails(sock.bind(NetlinkAddress { port_id: 0, groups: 0 }), errno::EAFNOSUPPORT, "an address of another family");
    fails(sock.bind(("hash", "sha256", 1, 0)), errno::EINVAL, "features that the kernel doesn't take");
    fails(sock.setsockopt(SOL_ALG, ALG_SET_KEY, b"key"), errno::ENOPROTOOPT, "it isn't bound");
    fails(sock.accept(), errno::EINVAL, "it isn't bound");
    sock.bind(("skcipher", "cbc(aes)")).expect("bound after all");
    fails(sock.listen(None), errno::EOPNOTSUPP, "there is nobody to listen to");
    fails(sock.connect(("skcipher", "cbc(aes)")), errno::EOPNOTSUPP, "nor to connect to");
    fails(sock.getsockname(), errno::EOPNOTSUPP, "it has no name");
    fails(sock.shutdown(SHUT_RDWR), errno::EOPNOTSUPP, "and no halves");
    fails(sock.send("x"), errno::EOPNOTSUPP, "data go to an operation");
    fails(sock.recv(1), errno::EOPNOTSUPP, "and come from one");
    for length in [0, 15, 40] {
        let set = sock.setsockopt(SOL_ALG, ALG_SET_KEY, &vec![7; length]);
        fails(set, errno::EINVAL, "AES has keys of 16, 24 and 32 bytes");
    }
    let long = sock.setsockopt(SOL_ALG, ALG_SET_KEY, &vec![7; 1 << 20]);
    fails(long, errno::ENOMEM, "beyond what the kernel keeps for options");
    fails(sock.setsockopt(SOL_ALG, ALG_SET_KEY, OptionValue::Null(16)), errno::EFAULT, "no key at all");
    let serial = sock.setsockopt(SOL_ALG, ALG_SET_KEY_BY_KEY_SERIAL, &[1, 0, 0, 0]);
    fails(serial, errno::EPERM, "the host's keyrings are its own");
    let public = sock.setsockopt(SOL_ALG, ALG_SET_PUBKEY, b"key");
    assert_eq!(denied(public), "option ALG_SET_DRBG_ENTROPY", "Linux has that number for something else");
    fails(sock.setsockopt(SOL_ALG, 99, &[1, 0, 0, 0]), errno::ENOPROTOOPT, "no such option");
    fails(sock.getsockopt_bytes(SOL_ALG, ALG_SET_KEY, 16), errno::ENOPROTOOPT, "keys aren't read");
    fails(sock.setsockopt(SOL_ALG, ALG_SET_AEAD_AUTHSIZE, OptionValue::Null(16)), errno::ENOPROTOOPT, "it has no tags");
    fails(operation(&sock).recv(16), errno::ENOKEY, "no key was set");

    sock.setsockopt(SOL_ALG, ALG_SET_KEY, &[7; 16]).expect("no operation has begun, or it has none");
    let (op, iv) = (operation(&sock), [7u8; 16]);
    op.setblocking(false).expect("it can be");
    fails(op.recv(16), errno::EAGAIN, "nothing was sent");
    fails(op.sendmsg_afalg(&[&[7; 16]], ALG_OP_ENCRYPT, &iv[..15], None, 0), errno::EINVAL, "an IV that is too short");
    for wrong in [ALG_OP_SIGN, ALG_OP_VERIFY, 77] {
        fails(op.sendmsg_afalg(&[&[7; 16]], wrong, &iv[..], None, 0), errno::EINVAL, "no such operation");
    }
    for (kind, data) in [(ALG_SET_OP, vec![1]), (ALG_SET_IV, vec![9, 0, 0, 0, 1]), (9, vec![0; 4])] {
        let sent = op.sendmsg(&[&[7; 16]], &[ControlMessage::raw(SOL_ALG, kind, data)], 0, Address::Unspecified);
        fails(sent, errno::EINVAL, "no message of the kernel's cryptography");
    }
    let ttl = ControlMessage::raw(IPPROTO_IP, IP_TTL, 7i32.to_le_bytes());
    fails(op.sendmsg(&[b"x"], &[ttl], 0, Address::Unspecified), errno::EINVAL, "a message of another family");
    let op = operation(&sock);
    op.setblocking(false).expect("it can be");
    op.sendmsg_afalg(&[&[7; 15]], ALG_OP_ENCRYPT, &iv[..], None, 0).expect("it takes it");
    fails(op.recv(16), errno::EINVAL, "not a whole block");
    // Nothing to work on yet: as long as the call may wait, and no longer.
    op.sendmsg_afalg(&[], ALG_OP_ENCRYPT, &iv[..], None, MSG_MORE).expect("data to come");
    fails(op.recv(16), errno::EAGAIN, "nothing was sent");
    op.settimeout(0.05).expect("a timeout");
    let waited = at_once(|| op.recv(16));
    assert!(matches!(waited, Err(Error::Timeout)), "{waited:?}");
    // More than there is room for: part of it goes.
    let sent = op.send_flags(vec![7; 4 << 20], MSG_MORE).expect("some of it");
    assert!((16..4 << 20).contains(&sent), "{sent}");
    let full = at_once(|| op.send_flags([7; 16], MSG_MORE));
    assert!(matches!(full, Err(Error::Timeout)), "{full:?}");
    assert!(!op.recv(4 << 20).expect("what went is encrypted").is_empty());
    fails(sock.bind(("skcipher", "cbc(aes)")), errno::EBUSY, "operations go on");
    fails(sock.setsockopt(SOL_ALG, ALG_SET_KEY, &[8; 16]), errno::EBUSY, "with the key that they began with");

    let (one, _other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    fails(one.sendmsg_afalg(&[b"x"], ALG_OP_ENCRYPT, None, None, 0), errno::EINVAL, "a socket of another family");
}
