//! Has the kernel digest and seal a text: `kernel-crypto TEXT`.

use std::process::ExitCode;

use wallsocket::{
    AF_ALG, ALG_OP_DECRYPT, ALG_OP_ENCRYPT, ALG_SET_AEAD_AUTHSIZE, ALG_SET_KEY, OptionValue, Result, SOCK_SEQPACKET,
    SOL_ALG, Socket, socket,
};

/// For show: whoever means it takes a key that nobody knows, and an IV that no other text is sealed with.
const KEY: &[u8; 16] = b"no secret at all";
const IV: &[u8; 12] = b"used but 1ce";
const TAG: usize = 16;

fn main() -> ExitCode {
    let text = std::env::args().nth(1).unwrap_or_else(|| "attack at dawn".to_owned());
    match run(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kernel-crypto: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(text: &str) -> Result<()> {
    println!("SHA-256:  {}", hex(&digest(text.as_bytes())?));
    let header = b"to whom it may concern";
    let sealed = seal(header, text.as_bytes())?;
    println!("AES-GCM:  {}", hex(&sealed));
    let opened = open(header, &sealed)?;
    println!("opened:   {}", String::from_utf8_lossy(&opened));
    let mut forged = sealed;
    forged[0] ^= 1;
    match open(header, &forged) {
        Ok(_) => println!("a changed text was taken for the real one"),
        Err(error) => println!("changed:  {error}"),
    }
    Ok(())
}

/// A socket bound to an algorithm is no computation yet: each `accept` begins one.
fn algorithm(kind: &str, name: &str) -> Result<Socket> {
    let algorithm = socket(AF_ALG, SOCK_SEQPACKET, 0)?;
    algorithm.bind((kind, name))?;
    Ok(algorithm)
}

fn digest(data: &[u8]) -> Result<Vec<u8>> {
    let (operation, _) = algorithm("hash", "sha256")?.accept()?;
    operation.sendall(data)?;
    operation.recv(32)
}

fn cipher() -> Result<Socket> {
    let cipher = algorithm("aead", "gcm(aes)")?;
    cipher.setsockopt(SOL_ALG, ALG_SET_KEY, KEY)?;
    // The length is the value.
    cipher.setsockopt(SOL_ALG, ALG_SET_AEAD_AUTHSIZE, OptionValue::Null(TAG as u32))?;
    Ok(cipher)
}

/// The ciphertext, and the tag behind it. The header is authenticated and not hidden.
fn seal(header: &[u8], text: &[u8]) -> Result<Vec<u8>> {
    let (operation, _) = cipher()?.accept()?;
    operation.sendmsg_afalg(&[header, text], ALG_OP_ENCRYPT, &IV[..], length(header), 0)?;
    let mut result = operation.recv(header.len() + text.len() + TAG)?;
    Ok(result.split_off(header.len()))
}

/// The text again; `EBADMSG` when it isn't what was sealed.
fn open(header: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let (operation, _) = cipher()?.accept()?;
    operation.sendmsg_afalg(&[header, sealed], ALG_OP_DECRYPT, &IV[..], length(header), 0)?;
    let mut result = operation.recv(header.len() + sealed.len())?;
    Ok(result.split_off(header.len()))
}

fn length(header: &[u8]) -> u32 {
    u32::try_from(header.len()).unwrap_or(u32::MAX)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
