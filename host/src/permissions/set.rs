//! Sets of lines: what someone who runs a guest lets it do.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ipnet::Ipv6Net;

use super::basis::{Basis, Rule};
use super::fold::NAT64_LENGTHS;
use super::grant::{self, Grant, GrantError, UnixPlace, Verb};
use super::index::{Found, Index};
use super::warnings;

/// What a guest may do: allow lines, and deny lines that win over them. Without lines, nothing.
///
/// Immutable and cheap to clone, so that one set can serve many guests.
///
/// ```
/// use wallsocket_host::Permissions;
///
/// let permissions = Permissions::builder()
///     .allow("tcp connect api.example.com:443")?
///     .deny("tcp connect 10.0.0.0/8:*")?
///     .build();
/// assert_eq!(permissions.grants().count(), 1);
/// # Ok::<(), wallsocket_host::GrantError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Permissions {
    lines: Arc<Lines>,
}

#[derive(Debug, Default)]
struct Lines {
    allow: Index,
    deny: Index,
    rest: Rest,
}

/// What isn't lines.
#[derive(Clone, Debug)]
struct Rest {
    nat64: Vec<Ipv6Net>,
    remember: Duration,
}

impl Default for Rest {
    fn default() -> Self {
        Self { nat64: Vec::new(), remember: Duration::from_secs(60) }
    }
}

impl Permissions {
    /// Nothing is allowed; the same as `default()`.
    pub fn none() -> Self {
        Self::default()
    }

    /// Starts a set.
    pub fn builder() -> PermissionsBuilder {
        PermissionsBuilder::default()
    }

    /// Starts a set from this one: what a builder adds to a policy file.
    pub fn to_builder(&self) -> PermissionsBuilder {
        let Lines { allow, deny, rest } = &*self.lines;
        PermissionsBuilder { allow: allow.lines().to_vec(), deny: deny.lines().to_vec(), rest: rest.clone() }
    }

    /// The same without its allow lines: for an [`Observer`](crate::Observer) to grant, one by one, what is needed. Where a
    /// line shows a directory under another name (`HOST::GUEST`), those about Unix paths stay: lines that are granted have the
    /// guest's spelling and would lead elsewhere.
    #[must_use]
    pub fn without_grants(&self) -> Self {
        let mut builder = self.to_builder();
        let is_path = |line: &Grant| line.unix().is_some_and(|place| place.host_path().is_some());
        let is_renamed = self.grants().filter_map(Grant::unix).any(UnixPlace::is_renamed);
        builder.allow.retain(|line| is_renamed && is_path(line));
        builder.build()
    }

    /// The allow lines, in the order given.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.lines.allow.lines().iter()
    }

    /// The deny lines, in the order given.
    pub fn denials(&self) -> impl Iterator<Item = &Grant> {
        self.lines.deny.lines().iter()
    }

    /// How many lines there are.
    pub(crate) fn line_count(&self) -> usize {
        self.lines.allow.lines().len() + self.lines.deny.lines().len()
    }

    /// Each line in plain English: "may connect by TCP to …", "may not …".
    pub fn describe(&self) -> Vec<String> {
        let allowed = self.grants().map(|grant| format!("may {}", grant.describe()));
        let denied = self.denials().map(|grant| format!("may never {}", grant.describe()));
        allowed.chain(denied).collect()
    }

    /// What someone who reads the lines should know, a sentence each: lines that allow more than they look like, and allow
    /// lines that a deny line leaves nothing of. Nothing is decided by it.
    ///
    /// ```
    /// let permissions = wallsocket_host::Permissions::builder().allow("dns lookup *")?.build();
    /// assert!(permissions.warnings()[0].starts_with("`dns lookup *`: a name carries data"));
    /// # Ok::<(), wallsocket_host::GrantError>(())
    /// ```
    pub fn warnings(&self) -> Vec<String> {
        let of_line = |line| {
            let broad = warnings::of(line).map(move |says| format!("`{line}`: {says}"));
            let undone = self.denials().find(|rule| rule.covers(line));
            broad
                .chain(undone.map(move |rule| format!("`{line}`: allows nothing, since `deny {rule}` covers it whole")))
        };
        self.grants().flat_map(of_line).collect()
    }

    /// Each line as it is written, deny lines with `deny` in front.
    pub(super) fn written(&self) -> impl Iterator<Item = String> {
        let denied = self.denials().map(|grant| format!("deny {grant}"));
        self.grants().map(ToString::to_string).chain(denied)
    }

    pub(super) fn nat64(&self) -> &[Ipv6Net] {
        &self.lines.rest.nat64
    }

    pub(super) fn remember(&self) -> Duration {
        self.lines.rest.remember
    }

    /// The first allow line that covers what is asked: `any`, which covers everything, or one of these verbs of which
    /// `covers` says so.
    pub(super) fn allowing(&self, verbs: &[Verb], covers: impl Fn(&Grant) -> bool) -> Option<&Grant> {
        self.any().or_else(|| self.lines.allow.of(verbs).find(|line| covers(line)))
    }

    /// That allow line of this set as what allows a request.
    pub(super) fn basis(&self, line: &Grant) -> Basis {
        Basis::line(self.lines.allow.place_of(line))
    }

    /// The rule that a request was allowed by.
    pub(super) fn rule(&self, by: &Basis) -> Rule {
        let lines: Vec<Grant> = by.places().filter_map(|place| self.lines.allow.at(place)).cloned().collect();
        if lines.is_empty() { Rule::Default } else { Rule::Allow(lines) }
    }

    /// The first deny line of these verbs of which `forbids` says that it forbids what is asked.
    pub(super) fn denying(&self, verbs: &[Verb], forbids: impl Fn(&Grant) -> bool) -> Option<&Grant> {
        self.lines.deny.of(verbs).find(|line| forbids(line))
    }

    /// As [`allowing`](Self::allowing), of lines that have one of these keys or are about many things: see [`Index`].
    pub(super) fn allowing_about<'k>(
        &self,
        verbs: &[Verb],
        keys: impl Iterator<Item = &'k [u8]> + Clone,
        covers: impl Fn(&Grant) -> bool,
    ) -> Option<&Grant> {
        self.any().or_else(|| self.lines.allow.first_about(verbs, keys, covers).map(|(_, line)| line))
    }

    /// As [`denying`](Self::denying), of lines that have one of these keys or are about many things.
    pub(super) fn denying_about<'k>(
        &self,
        verbs: &[Verb],
        keys: impl Iterator<Item = &'k [u8]> + Clone,
        forbids: impl Fn(&Grant) -> bool,
    ) -> Option<Found<'_>> {
        self.lines.deny.first_about(verbs, keys, forbids)
    }

    /// The first allow line of a verb that covers an address and a port there, as such and not by a name; or `any`.
    pub(super) fn allowing_at(&self, verb: Verb, ip: IpAddr, port: u16) -> Option<&Grant> {
        self.any().or_else(|| self.lines.allow.covering(verb, ip, port).map(|(_, line)| line))
    }

    /// The first allow line of a verb that names that one address and no other, and the port; or `any`.
    pub(super) fn allowing_exactly(&self, verb: Verb, ip: IpAddr, port: u16) -> Option<&Grant> {
        self.any().or_else(|| self.lines.allow.naming(verb, ip, port).map(|(_, line)| line))
    }

    /// Whether there is any deny line of a verb.
    pub(super) fn denies(&self, verb: Verb) -> bool {
        self.lines.deny.of_one(verb).next().is_some()
    }

    /// The first deny line of a verb that is about an address and a port there, as such and not by a name.
    pub(super) fn denying_at(&self, verb: Verb, ip: IpAddr, port: u16) -> Option<Found<'_>> {
        self.lines.deny.covering(verb, ip, port)
    }

    /// The allow lines of these verbs that have one of these keys or are about many things.
    pub(super) fn allowed_about<'a, 'k>(
        &'a self,
        verbs: &'a [Verb],
        keys: impl Iterator<Item = &'k [u8]> + Clone,
    ) -> impl Iterator<Item = Found<'a>> {
        verbs.iter().flat_map(move |verb| self.lines.allow.about(*verb, keys.clone()))
    }

    /// The line `any`, where it is held.
    pub(super) fn any(&self) -> Option<&Grant> {
        self.lines.allow.of_one(Verb::Any).next()
    }

    /// The allow lines of these verbs.
    pub(super) fn allowed<'a>(&'a self, verbs: &[Verb]) -> impl Iterator<Item = &'a Grant> {
        self.lines.allow.of(verbs)
    }
}

/// Collects the lines of a [`Permissions`].
#[derive(Clone, Debug, Default)]
pub struct PermissionsBuilder {
    allow: Vec<Grant>,
    deny: Vec<Grant>,
    rest: Rest,
}

impl PermissionsBuilder {
    /// Allows what a line says.
    ///
    /// # Errors
    ///
    /// When the line doesn't parse, or is a deny line.
    pub fn allow(mut self, line: &str) -> Result<Self, GrantError> {
        self.allow.push(line.parse()?);
        Ok(self)
    }

    /// Forbids what a line says, whatever else allows it; `deny` in front of the line is taken, and not needed.
    ///
    /// # Errors
    ///
    /// When the line doesn't parse.
    pub fn deny(mut self, line: &str) -> Result<Self, GrantError> {
        self.deny.push(grant::parse_denial(line)?);
        Ok(self)
    }

    /// Names a prefix under which this network's NAT64 translator reaches IPv4 (RFC 6052); 64:ff9b::/96 is known
    /// anyway. What is sent there is judged by the IPv4 address inside as well.
    ///
    /// # Errors
    ///
    /// When the prefix hasn't one of the lengths that RFC 6052, section 2.2 allows.
    pub fn nat64(mut self, prefix: Ipv6Net) -> Result<Self, Nat64PrefixError> {
        if !NAT64_LENGTHS.contains(&prefix.prefix_len()) {
            return Err(Nat64PrefixError { prefix });
        }
        self.rest.nat64.push(prefix.trunc());
        Ok(self)
    }

    /// For how long after a look-up the answers of a granted name may be used: 60 seconds unless set.
    pub fn remember_names(mut self, limit: Duration) -> Self {
        self.rest.remember = limit;
        self
    }

    /// The set.
    pub fn build(self) -> Permissions {
        let (allow, deny) = (Index::new(self.allow), Index::new(self.deny));
        Permissions { lines: Arc::new(Lines { allow, deny, rest: self.rest }) }
    }
}

/// A NAT64 prefix of a length that isn't one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{prefix}: expected a NAT64 prefix of 32, 40, 48, 56, 64 or 96 bits (RFC 6052)")]
pub struct Nat64PrefixError {
    prefix: Ipv6Net,
}
