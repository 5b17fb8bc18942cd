//! Unix-domain places: directories and sockets by path, `HOST::GUEST`, and abstract names, `@name*`.

use std::ffi::OsStr;
use std::fmt;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use super::error::Fault;
use super::scan::{Scanner, Token};

/// Which Unix-domain names a line means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum UnixPlace {
    /// A path itself and all beneath it: where it is on the host, and how the guest spells it.
    Path {
        /// On the host; absolute, without `.`, `..` and `//`.
        host: Vec<u8>,
        /// In the guest; likewise.
        guest: Vec<u8>,
    },
    /// An abstract name ([unix(7)](https://man7.org/linux/man-pages/man7/unix.7.html)).
    Abstract {
        /// The name, without the leading NUL.
        name: Vec<u8>,
        /// Whether names that go on after it are meant too.
        prefix: bool,
    },
}

impl UnixPlace {
    pub(super) fn parse(scanner: &mut Scanner<'_>) -> Result<Self, Fault> {
        const EXPECTED: &str = "an absolute path (`/run/app`, or `HOST::GUEST`) or an abstract name (`@name`)";
        let token = scanner.expect(EXPECTED)?;
        if let Some(name) = token.strip_prefix("@") {
            let Unescaped { bytes, separator, star } = unescape(name)?;
            if let Some(at) = separator {
                return Err(Fault::new(at, "an abstract name without `::`").hint("write `\\:` for a colon"));
            }
            return match star {
                Some(star) if star + 1 == name.at + name.text.len() => {
                    let kept = bytes.len().saturating_sub(1);
                    Ok(Self::Abstract { name: bytes[..kept].to_vec(), prefix: true })
                }
                Some(star) => Err(Fault::new(star, "`*` only at the end of a name").hint("write `\\*` for a star")),
                None if bytes.is_empty() => Err(name.fault("a name after `@`").hint("`@*` means every name")),
                None => Ok(Self::Abstract { name: bytes, prefix: false }),
            };
        }
        let Unescaped { bytes: whole, separator, .. } = unescape(token)?;
        let Some(at) = separator else {
            let host = absolute(&whole).ok_or_else(|| token.fault(EXPECTED))?;
            return Ok(Self::Path { guest: host.clone(), host });
        };
        let (left, right) = token.split_around(at - token.at, 2);
        let host = unescape(left)?.bytes;
        let Unescaped { bytes: guest, separator: again, .. } = unescape(right)?;
        if let Some(again) = again {
            return Err(Fault::new(again, "one `::` only").hint("write `\\:` for a colon of the path"));
        }
        Ok(Self::Path {
            host: absolute(&host).ok_or_else(|| left.fault("an absolute path on the host, without `..`"))?,
            guest: absolute(&guest).ok_or_else(|| right.fault("an absolute path in the guest, without `..`"))?,
        })
    }

    /// Whether this means every name that another place means.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match other {
            Self::Path { host, .. } => {
                let theirs = Path::new(OsStr::from_bytes(host));
                self.host_path().is_some_and(|mine| theirs.starts_with(mine))
            }
            Self::Abstract { name, prefix: false } => self.covers_abstract(name),
            Self::Abstract { name, .. } => {
                matches!(self, Self::Abstract { prefix: true, .. }) && self.covers_abstract(name)
            }
        }
    }

    /// The host's path of a place by path.
    pub(crate) fn host_path(&self) -> Option<&Path> {
        match self {
            Self::Path { host, .. } => Some(Path::new(OsStr::from_bytes(host))),
            Self::Abstract { .. } => None,
        }
    }

    /// Whether the guest knows a path by another name than the host.
    pub(crate) fn is_renamed(&self) -> bool {
        matches!(self, Self::Path { host, guest } if host != guest)
    }

    /// Whether this place means an abstract name.
    pub(crate) fn covers_abstract(&self, asked: &[u8]) -> bool {
        match self {
            Self::Abstract { name, prefix: true } => asked.starts_with(name),
            Self::Abstract { name, prefix: false } => asked == name,
            Self::Path { .. } => false,
        }
    }

    /// What lies below the granted guest path in the guest's path `asked`: its components, with `.`, `..` and `//`
    /// resolved; empty for the granted path itself. `None` outside.
    ///
    /// The granted prefix has to be spelled out, and a `..` may not climb out of it: what a `..` means depends on
    /// links, and beneath the granted directory the kernel settles that (openat2's RESOLVE_BENEATH).
    pub(crate) fn beneath<'a>(&self, asked: &'a [u8]) -> Option<Vec<&'a [u8]>> {
        let Self::Path { guest, .. } = self else {
            return None;
        };
        let asked = match asked.strip_prefix(guest.as_slice()) {
            // Spelled as it was granted, which most are.
            Some(rest) if rest.first().is_none_or(|next| *next == b'/') || guest == b"/" => components(rest),
            _ => {
                let mut asked = components(asked.strip_prefix(b"/")?);
                for granted in components(guest) {
                    if asked.next()? != granted {
                        return None;
                    }
                }
                asked
            }
        };
        let mut below = Vec::new();
        for component in asked {
            if component == b".." {
                below.pop()?;
            } else {
                below.push(component);
            }
        }
        Some(below)
    }

    /// The host's path of a guest path that this place covers.
    pub(crate) fn on_host(&self, below: &[&[u8]]) -> Option<PathBuf> {
        let mut path = self.host_path()?.to_path_buf();
        path.extend(below.iter().map(|component| OsStr::from_bytes(component)));
        Some(path)
    }

    /// The guest's spelling of a host path beneath this place.
    pub(crate) fn in_guest(&self, host_path: &Path) -> Option<Vec<u8>> {
        let Self::Path { guest, .. } = self else {
            return None;
        };
        let below = host_path.strip_prefix(self.host_path()?).ok()?;
        let mut path = guest.clone();
        for component in below {
            if path.last() != Some(&b'/') {
                path.push(b'/');
            }
            path.extend_from_slice(component.as_bytes());
        }
        Some(path)
    }
}

/// The components of a path, without empty ones and `.`.
pub(crate) fn components(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| *byte == b'/').filter(|component| !component.is_empty() && *component != b".")
}

/// An absolute path in its plain form; `None` when it is relative, or has a `..` or a NUL.
pub(crate) fn absolute(path: &[u8]) -> Option<Vec<u8>> {
    if path.first() != Some(&b'/') || path.contains(&0) {
        return None;
    }
    let mut plain = Vec::with_capacity(path.len());
    for component in components(path) {
        if component == b".." {
            return None;
        }
        plain.push(b'/');
        plain.extend_from_slice(component);
    }
    if plain.is_empty() {
        plain.push(b'/');
    }
    Some(plain)
}

/// The bytes that a word means, and where in the line its first bare `::` and its first bare `*` are.
struct Unescaped {
    bytes: Vec<u8>,
    separator: Option<usize>,
    star: Option<usize>,
}

/// `\` before a character takes it as it is, `\xNN` is a byte.
fn unescape(token: Token<'_>) -> Result<Unescaped, Fault> {
    let (mut bytes, mut separator, mut star) = (Vec::new(), None, None);
    let mut characters = token.text.char_indices().peekable();
    while let Some((index, c)) = characters.next() {
        let at = token.at + index;
        let literal = match c {
            '\\' => match characters.next() {
                Some((index, 'x')) => {
                    let digits = token.text.get(index + 1..index + 3);
                    let byte = digits.filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
                    let byte = byte.and_then(|hex| u8::from_str_radix(hex, 16).ok());
                    bytes.push(byte.ok_or_else(|| Fault::new(at, "two hexadecimal digits after `\\x`"))?);
                    characters.nth(1);
                    continue;
                }
                Some((_, escaped)) => escaped,
                None => {
                    return Err(Fault::new(at, "a character after `\\`").hint("write `\\\\` for a backslash"));
                }
            },
            ':' if characters.peek().is_some_and(|(_, next)| *next == ':') && separator.is_none() => {
                separator = Some(at);
                c
            }
            '*' => {
                star.get_or_insert(at);
                c
            }
            c => c,
        };
        bytes.extend_from_slice(literal.encode_utf8(&mut [0; 4]).as_bytes());
    }
    Ok(Unescaped { bytes, separator, star })
}

/// Bytes as a word of a line, the reverse of [`unescape`].
struct Escaped<'a>(&'a [u8]);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for c in chunk.valid().chars() {
                match c {
                    '\\' | ' ' | ':' | '*' => write!(f, "\\{c}")?,
                    // No other white space or control character may stand bare: it would end the word or the line.
                    c if c.is_control() || c.is_whitespace() => {
                        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                            write!(f, "\\x{byte:02x}")?;
                        }
                    }
                    c => write!(f, "{c}")?,
                }
            }
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for UnixPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { host, guest } if host == guest => Escaped(host).fmt(f),
            Self::Path { host, guest } => write!(f, "{}::{}", Escaped(host), Escaped(guest)),
            Self::Abstract { name, prefix } => {
                write!(f, "@{}{}", Escaped(name), if *prefix { "*" } else { "" })
            }
        }
    }
}
