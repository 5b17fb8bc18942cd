//! Decisions, told to whoever watches a guest.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use crate::permissions::{Basis, Denial, Kind, NetlinkFault, Passing, Permit, Rule, Sort, Target, op};

/// One decision about a guest: what it asked for, and which rule said yes or no.
///
/// Nothing in it is what a guest sent or received. Control characters that a guest wrote are escaped.
#[derive(Clone, Debug)]
pub struct Decision {
    guest: Arc<str>,
    door: String,
    asked: String,
    resolved: Option<String>,
    rule: Rule,
    denial: Option<Denial>,
}

impl Decision {
    pub(crate) fn new(
        guest: &Arc<str>,
        door: &str,
        asked: &str,
        resolved: Option<&str>,
        answer: Result<Rule, &Denial>,
    ) -> Self {
        let asked = escaped(asked);
        let resolved = resolved.map(escaped).filter(|resolved| *resolved != asked);
        let (rule, denial) = match answer {
            Ok(rule) => (rule, None),
            Err(denial) => (denial.rule().clone(), Some(denial.clone())),
        };
        Self { guest: Arc::clone(guest), door: door.to_owned(), asked, resolved, rule, denial }
    }

    /// The guest: its [`SocketCtx::id`](crate::SocketCtx::id).
    pub fn guest(&self) -> &str {
        &self.guest
    }

    /// What it wanted to do, in the words of grants where there are lines for it: `tcp connect`, `dns lookup`, `option`,
    /// `udp socket`. docs/audit.md lists them.
    pub fn door(&self) -> &str {
        &self.door
    }

    /// On what, as the guest wrote it: an address, a name, an option. Empty where the door says it all.
    pub fn asked(&self) -> &str {
        &self.asked
    }

    /// What that is, where it is something else: the address after folding, the path on the host.
    pub fn resolved(&self) -> Option<&str> {
        self.resolved.as_deref()
    }

    /// Whether it was allowed.
    pub fn is_allowed(&self) -> bool {
        self.denial.is_none()
    }

    /// The rule that decided.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Why it was refused; none where it was allowed.
    pub fn reason(&self) -> Option<String> {
        self.denial.as_ref().map(|denial| escaped(denial.reason()))
    }

    /// The line that would allow what was refused, where one would.
    pub fn missing(&self) -> Option<&str> {
        self.denial.as_ref().and_then(Denial::grant)
    }
}

/// Watches a guest's decisions, and can be asked about those that a line would change.
///
/// It is called on the thread that runs the guest, in the middle of the guest's call, which waits for it: as do all guests
/// that share the thread. So it has to be quick, unless the guest has its thread to itself. It must not call back into the
/// guest's store.
pub trait Observer: Send + Sync {
    /// A decision was made.
    fn decided(&self, decision: &Decision);

    /// The guest is about to be refused what the line [`Decision::missing`] would allow. Yes grants it that line, from now on
    /// and as if it had been given it; it doesn't lift deny lines, nor what the guest gave up. No, unless this is overridden.
    fn grants(&self, refusal: &Decision) -> bool {
        let _ = refusal;
        false
    }
}

/// An observer, if there is one.
#[derive(Clone, Default)]
pub(crate) struct Watcher(pub(crate) Option<Arc<dyn Observer>>);

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Watcher" } else { "nobody" })
    }
}

/// An answer that allows: by which lines, and what.
pub(crate) trait Allowed {
    fn by(&self) -> Basis;

    /// What the request came to, in words.
    fn resolved(&self) -> Option<String> {
        None
    }
}

impl<Op: op::Operation<Judged: Shown>> Allowed for Permit<Op> {
    fn by(&self) -> Basis {
        Permit::by(self).clone()
    }

    fn resolved(&self) -> Option<String> {
        self.target().shown()
    }
}

impl Allowed for Basis {
    fn by(&self) -> Basis {
        self.clone()
    }
}

/// Requests of netlink as they are to be sent; what is malformed was nobody's to decide about.
impl Allowed for Result<(Vec<u8>, Basis), NetlinkFault> {
    fn by(&self) -> Basis {
        self.as_ref().map_or(Basis::NONE, |(_, by)| by.clone())
    }
}

/// What was judged, in words; none where that is what was asked.
pub(crate) trait Shown {
    fn shown(&self) -> Option<String>;
}

impl Shown for Target {
    fn shown(&self) -> Option<String> {
        match self {
            Self::Inet(address) => {
                let mut address = *address;
                address.set_ip(address.ip().to_canonical());
                Some(address.to_string())
            }
            Self::Path { directory, relative } => {
                Some(format!("{}/{}", directory.display(), String::from_utf8_lossy(relative)).replace("//", "/"))
            }
            _ => None,
        }
    }
}

impl Shown for IpAddr {
    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Shown for String {
    fn shown(&self) -> Option<String> {
        Some(self.clone())
    }
}

macro_rules! as_asked {
    ($($judged:ty),*) => {$(
        impl Shown for $judged {
            fn shown(&self) -> Option<String> {
                None
            }
        }
    )*};
}

as_asked!((), Sort, Passing, Kind);

/// Without control characters, which a guest may have written for the terminal of whoever reads this.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() {
            true => plain.extend(c.escape_default()),
            false => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::{Permissions, SocketCtx};

    /// Keeps what it is told, and grants what is about `granted`.
    struct Notes {
        granted: &'static str,
        told: Mutex<Vec<String>>,
        asked: Mutex<Vec<String>>,
    }

    impl Observer for Notes {
        fn decided(&self, decision: &Decision) {
            let word = if decision.is_allowed() { "allow" } else { "deny" };
            let line = format!("{} {} {word} by {}", decision.door(), decision.asked(), decision.rule());
            self.told.lock().unwrap().push(line);
        }

        fn grants(&self, refusal: &Decision) -> bool {
            let line = refusal.missing().unwrap_or_default();
            self.asked.lock().unwrap().push(line.to_owned());
            line.contains(self.granted)
        }
    }

    #[test]
    fn an_observer_is_told_each_decision_and_grants_for_good_what_a_line_would_allow() {
        let notes = Arc::new(Notes { granted: "a.example", told: Mutex::default(), asked: Mutex::default() });
        let lines = Permissions::builder().deny("dns lookup denied.example").unwrap().build();
        let context = SocketCtx::builder().permissions(lines).observer(notes.clone()).build();
        let may = |name: &str| context.judge.lookup(name).is_ok();
        assert_eq!(["a.example", "a.example", "b.example", "denied.example"].map(may), [true, true, false, false]);
        context.judge.restrict(Permissions::none()).unwrap();
        assert!(!may("a.example"), "what the guest gave up isn't granted again");
        let asked = notes.asked.lock().unwrap();
        assert_eq!(
            *asked,
            ["dns lookup a.example", "dns lookup b.example"],
            "once each, and only what a line would lift"
        );
        let told = notes.told.lock().unwrap();
        assert_eq!(
            *told,
            [
                "dns lookup a.example allow by dns lookup a.example",
                "dns lookup a.example allow by dns lookup a.example",
                "dns lookup b.example deny by none: the default",
                "dns lookup denied.example deny by deny dns lookup denied.example",
                "dns lookup a.example deny by restriction 1",
            ]
        );
    }

    #[test]
    fn control_characters_are_escaped_and_nothing_else_is() {
        assert_eq!(escaped("a\x1b[2J\n\u{9b}é \\"), "a\\u{1b}[2J\\n\\u{9b}é \\");
    }
}
