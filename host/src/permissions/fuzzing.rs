//! What fuzzers call about decisions: [`crate::fuzzing`].

#![cfg_attr(test, allow(unreachable_pub, reason = "it is public where cargo-fuzz builds it"))]

mod addresses;
mod lines;
mod messages;
mod registries;

pub use addresses::addresses;
pub use lines::lines;
pub use messages::netlink;
pub(crate) use messages::{broadcasts, ip_header};
