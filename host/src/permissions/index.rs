//! Lines in the order given, and found by what they are about: a decision looks at those that could matter to it, and not
//! at all of a policy's.

mod blocks;

use std::collections::HashMap;
use std::net::IpAddr;

use rustc_hash::FxBuildHasher;

use super::grant::{CanPlace, Grant, Host, Interfaces, NamePattern, Numbers, Object, Place, UnixPlace, Verb};
use blocks::Blocks;

/// A map whose hash is fast, and can be made to collide. Keys are lines', and so the policy's or those of a guest that
/// restricts itself: collisions cost nobody but who wrote them.
type FastMap<K, V> = HashMap<K, V, FxBuildHasher>;

/// Allow lines or deny lines.
#[derive(Clone, Debug)]
pub(super) struct Index {
    lines: Vec<Grant>,
    /// What is known of each verb's.
    shelves: [Option<Box<Shelf>>; Verb::COUNT],
}

/// A line, and its place in the order given.
pub(super) type Found<'a> = (usize, &'a Grant);

/// The lines of one verb, by their places in the order given. Each list is in that order.
#[derive(Clone, Debug, Default)]
struct Shelf {
    all: Vec<usize>,
    /// Those about one thing, by its [`key`].
    keyed: FastMap<Box<[u8]>, Vec<usize>>,
    /// How long those keys are, a bit for each length, so that most of what isn't there needn't be hashed.
    lengths: u64,
    /// Those about many, such as `*`.
    wide: Vec<usize>,
    /// Those about addresses and ports there.
    blocks: Blocks,
}

impl Shelf {
    /// The lines that could be about a thing of these keys: those of each key, and the wide ones.
    fn about<'k>(&self, keys: impl Iterator<Item = &'k [u8]>) -> impl Iterator<Item = &Vec<usize>> {
        let named = keys.filter(|key| self.lengths & length(key) != 0).filter_map(|key| self.keyed.get(key));
        named.chain([&self.wide])
    }
}

impl Default for Index {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Index {
    pub(super) fn new(lines: Vec<Grant>) -> Self {
        let mut shelves = [const { None }; Verb::COUNT];
        for (at, line) in lines.iter().enumerate() {
            let shelf: &mut Box<Shelf> = shelves[line.verb as usize].get_or_insert_default();
            shelf.all.push(at);
            match (&line.object, key(&line.object)) {
                (Object::Place(Place { host: Host::Any, ports, .. }), _) => shelf.blocks.add(at, None, ports),
                (Object::Place(Place { host: Host::Block(block), ports, .. }), _) => {
                    shelf.blocks.add(at, Some(block), ports);
                }
                (Object::Block(block), _) => shelf.blocks.add(at, block.as_ref(), &Numbers::Any),
                (_, Some(key)) => {
                    shelf.lengths |= length(&key);
                    shelf.keyed.entry(key.into()).or_default().push(at);
                }
                (_, None) => shelf.wide.push(at),
            }
        }
        shelves.iter_mut().flatten().for_each(|shelf| shelf.blocks.finish());
        Self { lines, shelves }
    }

    /// The place of one of them, in the order given.
    pub(super) fn place_of(&self, line: &Grant) -> Option<usize> {
        self.lines.element_offset(line)
    }

    /// The one at a place.
    pub(super) fn at(&self, place: usize) -> Option<&Grant> {
        self.lines.get(place)
    }

    /// All of them, in the order given.
    pub(super) fn lines(&self) -> &[Grant] {
        &self.lines
    }

    /// Those of one verb, in the order given.
    pub(super) fn of_one(&self, verb: Verb) -> impl Iterator<Item = &Grant> {
        self.shelf(verb).into_iter().flat_map(|shelf| &shelf.all).map(|at| &self.lines[*at])
    }

    /// Those of these verbs, verb by verb.
    pub(super) fn of<'a>(&'a self, verbs: &[Verb]) -> impl Iterator<Item = &'a Grant> {
        verbs.iter().flat_map(|verb| self.of_one(*verb))
    }

    /// The first line of a verb that covers an address and a port there, as such and not by a name.
    pub(super) fn covering(&self, verb: Verb, ip: IpAddr, port: u16) -> Option<Found<'_>> {
        self.found(self.shelf(verb)?.blocks.first(ip, port))
    }

    /// The first line of a verb that names that one address and no other, and the port.
    pub(super) fn naming(&self, verb: Verb, ip: IpAddr, port: u16) -> Option<Found<'_>> {
        self.found(self.shelf(verb)?.blocks.exactly(ip, port))
    }

    /// The lines of a verb that could be about a thing of these keys: those that name it, and the wide ones. In the order
    /// given for each key.
    pub(super) fn about<'a, 'k>(
        &'a self,
        verb: Verb,
        keys: impl Iterator<Item = &'k [u8]>,
    ) -> impl Iterator<Item = Found<'a>> {
        let lists = self.shelf(verb).map(|shelf| shelf.about(keys).flatten().map(|at| (*at, &self.lines[*at])));
        lists.into_iter().flatten()
    }

    /// Of those the first of these verbs of which `holds` says so.
    pub(super) fn first_about<'k>(
        &self,
        verbs: &[Verb],
        keys: impl Iterator<Item = &'k [u8]> + Clone,
        holds: impl Fn(&Grant) -> bool,
    ) -> Option<Found<'_>> {
        let mut first: Option<Found<'_>> = None;
        for list in verbs.iter().filter_map(|verb| self.shelf(*verb)).flat_map(|shelf| shelf.about(keys.clone())) {
            // Each is in the order given: what comes later in it is no better.
            let earlier = list.iter().take_while(|at| first.is_none_or(|(best, _)| **at < best));
            let held = earlier.map(|at| (*at, &self.lines[*at])).find(|(_, line)| holds(line));
            first = held.or(first);
        }
        first
    }

    fn shelf(&self, verb: Verb) -> Option<&Shelf> {
        self.shelves[verb as usize].as_deref()
    }

    fn found(&self, at: Option<usize>) -> Option<Found<'_>> {
        at.map(|at| (at, &self.lines[at]))
    }
}

/// The bit of a key's length; the longest share one.
fn length(key: &[u8]) -> u64 {
    1 << key.len().min(63)
}

/// What a line about one thing is found by. Keys of one verb are of one sort, so that none is taken for another.
pub(super) fn key(object: &Object) -> Option<Vec<u8>> {
    Some(match object {
        Object::Word(Some(word)) => word.clone().into_bytes(),
        Object::Can(CanPlace { interfaces: Interfaces::One(name), .. }) => name.clone().into_bytes(),
        Object::Node(Some(node), _) => node.to_be_bytes().to_vec(),
        Object::Device(Some(device), _) => device.to_vec(),
        Object::Unix(UnixPlace::Path { guest, .. }) => guest.clone(),
        Object::Unix(UnixPlace::Abstract { name, prefix: false }) => abstract_key(name),
        Object::Name(pattern) => name_key(pattern)?,
        Object::Place(place) => match &place.host {
            Host::Name(pattern) => name_key(pattern)?,
            Host::Any | Host::Block(_) => return None,
        },
        _ => return None,
    })
}

fn name_key(pattern: &NamePattern) -> Option<Vec<u8>> {
    match pattern {
        NamePattern::Exact(name) => Some(name.clone().into_bytes()),
        NamePattern::Below(parent) => Some(format!(".{parent}").into_bytes()),
        NamePattern::Any => None,
    }
}

/// The key of an abstract name, which no path has.
pub(super) fn abstract_key(name: &[u8]) -> Vec<u8> {
    [&[0], name].concat()
}

/// The keys of the lines that could name a host: its own, and those of `*.` and each domain that it is in.
pub(super) fn keys_of_name(name: &str) -> impl Iterator<Item = &[u8]> + Clone {
    let domains = name.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(dot, _)| &name.as_bytes()[dot..]);
    std::iter::once(name.as_bytes()).chain(domains)
}
