//! Unix-domain sockets: paths beneath granted directories, and abstract names.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::ffi::OsStr;
use std::fmt;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::sync::LazyLock;

use super::{Holder, Refusal};
use crate::address::UnixAddress;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Grant, Object, UnixPlace, Verb, absolute, components};
use crate::permissions::index;
use crate::permissions::permit::Target;
use crate::permissions::set::Permissions;

impl Holder {
    pub(super) fn unix(&self, verb: Verb, name: &UnixAddress) -> Result<(Target, Basis), Denial> {
        self.unix_by(&format_args!("{verb} to {name}"), &[verb], name)
    }

    /// Answering a peer that a granted, bound socket heard: its path must lie in a granted directory of either verb,
    /// its abstract name only not be denied.
    pub(super) fn unix_answer(&self, asked: &dyn fmt::Display, peer: &UnixAddress) -> Result<(Target, Basis), Denial> {
        match peer {
            UnixAddress::Abstract(name) => {
                let by = self.every(asked, |set, _| {
                    match forbidding(set, &[Verb::UnixConnect], |rule| rule.covers_abstract(name)) {
                        Some(rule) => Err(Refusal::forbidden(rule)),
                        None => Ok(Basis::NONE),
                    }
                })?;
                Ok((Target::Abstract(name.clone()), by))
            }
            peer => self.unix_by(asked, &[Verb::UnixConnect, Verb::UnixListen], peer),
        }
    }

    /// `verbs`: any one allows; the first is what is asked, and whose deny lines count.
    fn unix_by(&self, asked: &dyn fmt::Display, verbs: &[Verb], name: &UnixAddress) -> Result<(Target, Basis), Denial> {
        match name {
            UnixAddress::Path(path) => self.unix_path(asked, verbs, path),
            UnixAddress::Abstract(name) => {
                let by = self.abstract_name(
                    asked,
                    verbs,
                    UnixPlace::Abstract { name: name.clone(), prefix: false },
                    |place| place.covers_abstract(name),
                    |rule| rule.covers_abstract(name),
                )?;
                Ok((Target::Abstract(name.clone()), by))
            }
            // Autobind picks five hexadecimal digits (unix(7)): only a line that means every name covers it.
            UnixAddress::Unnamed if verbs == [Verb::UnixListen] => {
                let every = UnixPlace::Abstract { name: Vec::new(), prefix: true };
                let by = self.abstract_name(asked, verbs, every.clone(), |place| *place == every, could_be_picked)?;
                Ok((Target::Unnamed, by))
            }
            UnixAddress::Unnamed => Err(Denial::fixed(format!("{asked}: it has no name to reach it by"))),
        }
    }

    fn abstract_name(
        &self,
        asked: &dyn fmt::Display,
        verbs: &[Verb],
        wanted: UnixPlace,
        allows: impl Fn(&UnixPlace) -> bool,
        forbids: impl Fn(&UnixPlace) -> bool,
    ) -> Result<Basis, Denial> {
        self.every(asked, |set, _| {
            if let Some(rule) = forbidding(set, &verbs[..1], &forbids) {
                return Err(Refusal::forbidden(rule));
            }
            let key = index::key(&Object::Unix(wanted.clone()));
            match set.allowing_about(verbs, key.iter().map(Vec::as_slice), |line| line.unix().is_some_and(&allows)) {
                Some(line) => Ok(set.basis(line)),
                None => Err(uncovered(asked, verbs, wanted.clone())),
            }
        })
    }

    /// The lines that the guest was given say where a path is on the host; restrictions are written by the guest, in
    /// its own spelling.
    fn unix_path(&self, asked: &dyn fmt::Display, verbs: &[Verb], path: &[u8]) -> Result<(Target, Basis), Denial> {
        if path.first() != Some(&b'/') {
            return Err(Denial::fixed(format!("{asked}: the path isn't absolute")));
        }
        if components(path).next().is_none() {
            return Err(Denial::fixed(format!("{asked}: that is no path of a socket")));
        }
        if path.contains(&0) {
            return Err(Denial::fixed(format!("{asked}: the path holds a NUL")));
        }
        // The longest guest prefix is the nearest mapping, as with mounts.
        let plain = plain(path);
        let lines = self.given.allowed_about(verbs, directories(&plain));
        let places = lines.filter_map(|(at, line)| Some((at, line, line.unix()?)));
        let everywhere = self.given.any().map(|any| (usize::MAX, any, &*EVERYWHERE));
        // Kept outside of the iteration, which would move it with every step.
        let mut nearest: Option<(usize, &Grant, &UnixPlace, Vec<&[u8]>)> = None;
        places.chain(everywhere).for_each(|(at, line, place)| {
            let Some(below) = place.beneath(path) else { return };
            if nearest.as_ref().is_none_or(|(first, .., shortest)| (below.len(), at) < (shortest.len(), *first)) {
                nearest = Some((at, line, place, below));
            }
        });
        let Some((_, line, place, below)) = nearest else {
            let refusal = match absolute(path) {
                Some(plain) => uncovered(asked, verbs, UnixPlace::Path { host: plain.clone(), guest: plain }),
                None => Refusal::fixed("no grant covers it, and `..` may not leave a granted directory"),
            };
            return Err(refusal.denial(asked));
        };
        // Made where something asks: most policies deny nothing, and most guests give nothing up.
        let on_host = LazyCell::new(|| place.on_host(&below).unwrap_or_default());
        let in_guest = LazyCell::new(|| place.in_guest(&on_host).unwrap_or_default());
        let by = self.every(asked, |set, restricts| {
            let denied = |rule: &UnixPlace| {
                rule.host_path().is_some_and(|host| on_host.starts_with(host)) || rule.beneath(&in_guest).is_some()
            };
            if let Some(rule) = forbidding(set, &verbs[..1], denied) {
                return Err(Refusal::forbidden(rule));
            }
            let covers = |line: &Grant| line.unix().is_some_and(|covering| covering.beneath(&in_guest).is_some());
            let covering = match restricts {
                true => set.allowing_about(verbs, directories(&in_guest), covers),
                false => Some(set.any().unwrap_or(line)),
            };
            match covering {
                Some(line) => Ok(set.basis(line)),
                None => Err(Refusal::fixed(format!("no grant covers {asked}"))),
            }
        })?;
        let target = target(place, &below);
        let target = target.ok_or_else(|| Denial::fixed(format!("{asked}: that is no path of a socket")))?;
        Ok((target, by))
    }

    /// The paths on the host that were granted.
    pub(crate) fn unix_directories(&self) -> impl Iterator<Item = &Path> {
        const VERBS: [Verb; 2] = [Verb::UnixConnect, Verb::UnixListen];
        places(&self.given, &VERBS).filter_map(UnixPlace::host_path)
    }

    /// A peer's path on the host in the guest's own spelling; `None` outside of the guest's directories, where the
    /// peer stays unnamed to it.
    pub(crate) fn guest_spelling(&self, host_path: &[u8]) -> Option<Vec<u8>> {
        const VERBS: [Verb; 2] = [Verb::UnixConnect, Verb::UnixListen];
        let plain = absolute(host_path)?;
        let host = Path::new(OsStr::from_bytes(&plain));
        let nearest = places(&self.given, &VERBS)
            .filter(|place| place.host_path().is_some_and(|granted| host.starts_with(granted)))
            .max_by_key(|place| place.host_path().map(|granted| granted.components().count()))?;
        let spelling = nearest.in_guest(host)?;
        let kept = |set: &Permissions| places(set, &VERBS).any(|place| place.beneath(&spelling).is_some());
        self.restrictions.sets().all(kept).then_some(spelling)
    }
}

/// The directory to open and the path beneath it. Where the granted path itself is asked for, that is its parent.
fn target(place: &UnixPlace, below: &[&[u8]]) -> Option<Target> {
    let granted = place.host_path()?;
    if below.is_empty() {
        let relative = granted.file_name()?.as_bytes().to_vec();
        return Some(Target::Path { directory: granted.parent()?.to_path_buf(), relative });
    }
    Some(Target::Path { directory: granted.to_path_buf(), relative: below.join(&b'/') })
}

/// The places of these verbs' lines; with `any` the whole file system among them, which is the last to be near to a path.
fn places<'a>(set: &'a Permissions, verbs: &'a [Verb]) -> impl Iterator<Item = &'a UnixPlace> {
    let everywhere = set.any().map(|_| &*EVERYWHERE);
    set.allowed(verbs).filter_map(Grant::unix).chain(everywhere)
}

/// A path without empty components and `.`.
fn plain(path: &[u8]) -> Cow<'_, [u8]> {
    // Most are plain: each slash begins a component.
    if components(path).map(|component| component.len() + 1).sum::<usize>() == path.len() {
        return path.into();
    }
    let mut plain = Vec::with_capacity(path.len());
    for component in components(path) {
        plain.push(b'/');
        plain.extend_from_slice(component);
    }
    plain.into()
}

/// A plain path and the directories that it is in, which are the keys of the lines that it could be beneath.
fn directories(plain: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    let ends = plain.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(end, _)| end);
    ends.map(|end| if end == 0 { &b"/"[..] } else { &plain[..end] }).chain([plain])
}

static EVERYWHERE: LazyLock<UnixPlace> =
    LazyLock::new(|| UnixPlace::Path { host: b"/".to_vec(), guest: b"/".to_vec() });

fn forbidding<'a>(set: &'a Permissions, verbs: &[Verb], forbids: impl Fn(&UnixPlace) -> bool) -> Option<&'a Grant> {
    set.denying(verbs, |line| line.unix().is_some_and(&forbids))
}

fn uncovered(asked: &dyn fmt::Display, verbs: &[Verb], wanted: UnixPlace) -> Refusal {
    let reason = format!("no grant covers {asked}");
    match (verbs.first(), &wanted) {
        // `@` alone would look like a slip of the pen, so it isn't in the grammar.
        (_, UnixPlace::Abstract { name, prefix: false }) if name.is_empty() => {
            Refusal::fixed("the empty abstract name has no name to grant; only `@*` covers it")
        }
        (Some(verb), _) => {
            let verb = *verb;
            Refusal::missing(reason, Grant { verb, object: Object::Unix(wanted) })
        }
        (None, _) => Refusal::fixed(reason),
    }
}

/// Whether a denied abstract name could be the one that autobind picks.
fn could_be_picked(rule: &UnixPlace) -> bool {
    match rule {
        UnixPlace::Abstract { name, prefix } => {
            let digits = name.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            digits && (name.len() == 5 || *prefix && name.len() < 5)
        }
        UnixPlace::Path { .. } => false,
    }
}
