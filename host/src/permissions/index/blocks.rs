//! Lines about addresses and ports: blocks by their prefix, and in each block ports by their ranges. CIDR blocks lie in each
//! other or apart, so that an address is in one block of a length at most.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::FastMap;
use crate::permissions::grant::{Block, Numbers};

/// The lines of one verb, by their places in the order given.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    ports: FastMap<Prefix, Ports>,
    /// The lengths that blocks of each family have, IPv4's and IPv6's.
    lengths: [BTreeSet<u8>; 2],
}

/// A block: its family, its address and its length.
type Prefix = (bool, u128, u8);

/// Which line is the first for each port of a block.
#[derive(Clone, Debug, Default)]
struct Ports {
    /// What was added: a range, and its line.
    ranges: Vec<(u32, u32, usize)>,
    /// From that port on, up to the next, it is that line, or none.
    first: Vec<(u64, Option<usize>)>,
}

const ALL_V4: IpNet = IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::UNSPECIFIED, 0));
const ALL_V6: IpNet = IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 0));

impl Blocks {
    /// Adds a line about ports of a block, or of every address.
    pub(super) fn add(&mut self, line: usize, block: Option<&Block>, numbers: &Numbers) {
        let nets = block.map_or(&[ALL_V4, ALL_V6][..], Block::nets);
        for net in nets {
            self.lengths[usize::from(net.addr().is_ipv6())].insert(net.prefix_len());
            let ports = self.ports.entry(prefix(net.addr(), net.prefix_len())).or_default();
            match numbers {
                Numbers::Any => ports.ranges.push((0, u32::MAX, line)),
                Numbers::Only(ranges) => ports.ranges.extend(ranges.iter().map(|&(low, high)| (low, high, line))),
            }
        }
    }

    /// All lines are there.
    pub(super) fn finish(&mut self) {
        self.ports.values_mut().for_each(Ports::finish);
    }

    /// The first line that covers an address and a port.
    pub(super) fn first(&self, ip: IpAddr, port: u16) -> Option<usize> {
        let lengths = &self.lengths[usize::from(ip.is_ipv6())];
        lengths.iter().filter_map(|length| self.in_block(ip, *length, port)).min()
    }

    /// The first line that is about that address alone, and covers the port.
    pub(super) fn exactly(&self, ip: IpAddr, port: u16) -> Option<usize> {
        self.in_block(ip, if ip.is_ipv4() { 32 } else { 128 }, port)
    }

    fn in_block(&self, ip: IpAddr, length: u8, port: u16) -> Option<usize> {
        self.ports.get(&prefix(ip, length))?.first(port)
    }
}

/// The block of that length that an address is in.
fn prefix(ip: IpAddr, length: u8) -> Prefix {
    let (is_v6, bits, width) = match ip {
        IpAddr::V4(v4) => (false, u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (true, v6.to_bits(), 128),
    };
    let below = width - u32::from(length).min(width);
    (is_v6, bits.checked_shr(below).unwrap_or(0), length)
}

impl Ports {
    /// Walks the ranges' ends, with the lines that are open there.
    fn finish(&mut self) {
        let ends = self
            .ranges
            .iter()
            .flat_map(|&(low, high, line)| [(u64::from(low), true, line), (u64::from(high) + 1, false, line)]);
        let mut ends: Vec<(u64, bool, usize)> = ends.collect();
        ends.sort_unstable();
        let mut open = BTreeSet::new();
        let mut first: Vec<(u64, Option<usize>)> = Vec::new();
        for (port, begins, line) in ends {
            // A line's own ranges are apart, so that it is open once at most.
            if begins {
                open.insert(line)
            } else {
                open.remove(&line)
            };
            let now = open.first().copied();
            match first.last_mut() {
                Some((at, last)) if *at == port => *last = now,
                Some((_, last)) if *last == now => {}
                _ => first.push((port, now)),
            }
        }
        self.first = first;
        self.ranges = Vec::new();
    }

    fn first(&self, port: u16) -> Option<usize> {
        let after = self.first.partition_point(|(at, _)| *at <= u64::from(port));
        self.first.get(after.checked_sub(1)?)?.1
    }
}
