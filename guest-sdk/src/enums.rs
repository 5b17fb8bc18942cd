//! Numbers that print by their names: Python's enumerations `AddressFamily`, `SocketKind`, `MsgFlag` and `AddressInfo`.
//!
//! Every call takes and gives plain numbers, as C does. These types are for showing them, and for looking names up;
//! they turn from numbers and into numbers.

mod members;

use std::fmt;
use std::ops::{BitAnd, BitOr};

/// Numbers with names, sorted by number; the first of several names is the one that is shown.
type Members = &'static [(i32, &'static str)];

macro_rules! enumeration {
    ($(#[$doc:meta])* $name:ident, $members:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i32);

        impl $name {
            /// The number. Python: `.value`.
            #[must_use]
            pub fn value(self) -> i32 {
                self.0
            }

            /// The value with that name, as `"AF_INET"`. Python: `AddressFamily['AF_INET']`.
            #[must_use]
            pub fn from_name(name: &str) -> Option<$name> {
                members::$members.iter().find(|member| member.1 == name).map(|member| $name(member.0))
            }

            /// Every name with its value, by value. Python: `AddressFamily.__members__`.
            pub fn members() -> impl Iterator<Item = (&'static str, $name)> {
                members::$members.iter().map(|&(value, name)| (name, $name(value)))
            }
        }

        impl From<i32> for $name {
            fn from(value: i32) -> $name {
                $name(value)
            }
        }

        impl From<$name> for i32 {
            fn from(value: $name) -> i32 {
                value.0
            }
        }

        impl PartialEq<i32> for $name {
            fn eq(&self, other: &i32) -> bool {
                self.0 == *other
            }
        }
    };
}

macro_rules! numbers {
    ($(#[$doc:meta])* $name:ident, $members:ident) => {
        enumeration! { $(#[$doc])* $name, $members }

        impl $name {
            /// Its name; none where it has none. Python: `.name`.
            #[must_use]
            pub fn name(self) -> Option<&'static str> {
                members::$members.iter().find(|member| member.0 == self.0).map(|member| member.1)
            }
        }

        /// The name, or the number where there is none.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => write!(f, "{}", self.0),
                }
            }
        }

        /// As Python's `repr`: `<AddressFamily.AF_INET: 2>`.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.name() {
                    Some(name) => write!(f, "<{}.{name}: {}>", stringify!($name), self.0),
                    None => write!(f, "{}", self.0),
                }
            }
        }
    };
}

macro_rules! flags {
    ($(#[$doc:meta])* $name:ident, $members:ident) => {
        enumeration! { $(#[$doc])* $name, $members }

        impl $name {
            /// Whether all flags of `other` are among these. Python: `other in flags`.
            #[must_use]
            pub fn contains(self, other: impl Into<$name>) -> bool {
                let other = other.into().0;
                self.0 & other == other
            }
        }

        impl BitOr for $name {
            type Output = $name;
            fn bitor(self, other: $name) -> $name {
                $name(self.0 | other.0)
            }
        }

        impl BitAnd for $name {
            type Output = $name;
            fn bitand(self, other: $name) -> $name {
                $name(self.0 & other.0)
            }
        }

        /// The names, or-ed: `MSG_OOB|MSG_PEEK`; the number of what has no name; 0 for none.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                or_ed(self.0, members::$members, f)
            }
        }

        /// As Python's `repr`: `<MsgFlag.MSG_OOB|MSG_PEEK: 3>`.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "<{}.{self}: {}>", stringify!($name), self.0)
            }
        }
    };
}

fn or_ed(flags: i32, members: Members, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (mut left, mut first) = (flags, true);
    for &(value, name) in members {
        if left & value == value && value != 0 {
            left &= !value;
            f.write_str(if first { "" } else { "|" })?;
            f.write_str(name)?;
            first = false;
        }
    }
    match (left, first) {
        (0, false) => Ok(()),
        (_, true) => write!(f, "{left}"),
        (_, false) => write!(f, "|{left:#x}"),
    }
}

numbers! {
    /// A family that prints by its name: `AF_INET`. Python: `socket.AddressFamily`.
    ///
    /// ```
    /// use wallsocket::{AF_INET6, AddressFamily};
    /// assert_eq!(AddressFamily(AF_INET6).to_string(), "AF_INET6");
    /// assert_eq!(format!("{:?}", AddressFamily(AF_INET6)), "<AddressFamily.AF_INET6: 10>");
    /// ```
    AddressFamily, ADDRESS_FAMILY
}
numbers! {
    /// A socket type that prints by its name: `SOCK_STREAM`. Python: `socket.SocketKind`.
    SocketKind, SOCKET_KIND
}
flags! {
    /// Message flags that print by their names, as [`Message::msg_flags`](crate::Message::msg_flags) has them. Python:
    /// `socket.MsgFlag`.
    MsgFlag, MSG_FLAG
}
flags! {
    /// Flags of [`getaddrinfo_with`](crate::getaddrinfo_with) that print by their names. Python: `socket.AddressInfo`,
    /// which isn't what `getaddrinfo` gives: that is [`AddrInfo`](crate::AddrInfo).
    AddressInfo, ADDRESS_INFO
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AF_INET, AI_CANONNAME, AI_PASSIVE, MSG_OOB, MSG_PEEK, SOCK_DGRAM};

    #[test]
    fn numbers_print_by_their_names() {
        assert_eq!(
            format!("{} {:?}", AddressFamily(AF_INET), SocketKind(SOCK_DGRAM)),
            "AF_INET <SocketKind.SOCK_DGRAM: 2>"
        );
        assert_eq!((AddressFamily(999).to_string().as_str(), AddressFamily(999).name()), ("999", None));
        assert_eq!(AddressFamily(16).to_string(), "AF_NETLINK", "AF_ROUTE is the same number, and a later name");
    }

    #[test]
    fn flags_print_by_their_names() {
        let flags = MsgFlag(MSG_OOB | MSG_PEEK);
        assert_eq!(format!("{flags} {flags:?}"), "MSG_OOB|MSG_PEEK <MsgFlag.MSG_OOB|MSG_PEEK: 3>");
        assert_eq!(MsgFlag(MSG_PEEK | 0x10).to_string(), "MSG_PEEK|0x10", "16 has no name");
        assert_eq!(
            (MsgFlag(0).to_string().as_str(), AddressInfo(AI_PASSIVE).to_string().as_str()),
            ("0", "AI_PASSIVE")
        );
        assert!(flags.contains(MSG_OOB) && !AddressInfo(AI_PASSIVE).contains(AI_CANONNAME));
    }

    #[test]
    fn names_are_found() {
        assert_eq!(AddressFamily::from_name("AF_INET"), Some(AddressFamily(AF_INET)));
        assert_eq!(SocketKind::from_name("AF_INET"), None);
        assert!(MsgFlag::members().any(|member| member == ("MSG_PEEK", MsgFlag(MSG_PEEK))));
        assert!(i32::from(AddressFamily::from(AF_INET)) == AF_INET && AddressFamily(AF_INET) == AF_INET);
    }
}
