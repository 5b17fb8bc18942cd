//! `--record FILE`: grants what a guest asks for, or what a person says yes to, and writes a policy that just suffices.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tempfile::NamedTempFile;
use wallsocket_host::{Decision, Permissions, PermissionsBuilder, Rule, SocketCtxBuilder};

use crate::errors::Error;

/// How many different lines a person is asked about: a guest can think up as many as it likes.
const MOST_QUESTIONS: usize = 256;

/// How many lines are granted, for the same reason: each makes the next one dearer. No program needs a tenth.
const MOST_LINES: usize = 1024;

/// The lines that a run needs.
pub(crate) struct Record {
    path: PathBuf,
    denied: Vec<String>,
    state: Mutex<State>,
}

struct State {
    /// Made first, so that a place that can't be written to is told before the guest starts.
    file: Option<NamedTempFile>,
    /// Each line that allowed something, and when it first did.
    needed: BTreeMap<String, SystemTime>,
    refused: BTreeSet<String>,
    answers: Answers,
}

/// Who says yes.
enum Answers {
    Always,
    Never,
    Terminal(BufReader<File>, File),
}

impl Record {
    /// Gets ready to write `path`. With `ask` a person at the terminal answers.
    pub(crate) fn to(path: &Path, ask: bool, permissions: &Permissions) -> Result<Self, Error> {
        if ask && permissions.grants().any(|line| line.to_string() == "any") {
            return Err(Error::AsksNothing);
        }
        let answers = if ask { terminal().map_err(Error::NoTerminal)? } else { Answers::Always };
        let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file =
            NamedTempFile::new_in(directory).map_err(|source| Error::Unwritable { path: path.to_owned(), source })?;
        let (needed, refused) = (BTreeMap::new(), BTreeSet::new());
        Ok(Self {
            path: path.to_owned(),
            denied: permissions.denials().map(ToString::to_string).collect(),
            state: Mutex::new(State { file: Some(file), needed, refused, answers }),
        })
    }

    /// What a guest that is recorded begins with. Lines that a person wrote down need no question. Without one they
    /// are the most that is granted, a narrow line at a time: the file is to have what the run needed of them.
    pub(crate) fn bound(&self, sockets: SocketCtxBuilder, permissions: Permissions) -> SocketCtxBuilder {
        let asks = !matches!(self.lock().answers, Answers::Always);
        if asks || permissions.grants().next().is_none() {
            return sockets.permissions(permissions);
        }
        let base = permissions.without_grants();
        // Handing a socket over is its grant, also where there are other lines.
        let most = permissions.to_builder().allow("inherit *").map_or(permissions, PermissionsBuilder::build);
        sockets.permissions(base).within(most)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the lines that allowed it.
    pub(crate) fn decided(&self, decision: &Decision) {
        if let (true, Rule::Allow(lines)) = (decision.is_allowed(), decision.rule()) {
            let mut state = self.lock();
            for line in lines {
                state.needed.entry(line.to_string()).or_insert_with(SystemTime::now);
            }
        }
    }

    /// Whether the guest is to have what it lacks.
    pub(crate) fn grants(&self, refusal: &Decision) -> bool {
        let Some(line) = refusal.missing() else { return false };
        let mut state = self.lock();
        if state.refused.contains(line) || state.needed.len() >= MOST_LINES {
            return false;
        }
        if let Answers::Terminal(input, output) = &mut state.answers {
            match question(input, output, refusal.guest(), line) {
                'y' => return true,
                'a' => state.answers = Answers::Always,
                'd' => state.answers = Answers::Never,
                _ => {
                    state.refused.insert(line.to_owned());
                    if state.refused.len() == MOST_QUESTIONS {
                        state.answers = Answers::Never;
                    }
                    return false;
                }
            }
        }
        matches!(state.answers, Answers::Always)
    }

    /// Writes the policy.
    pub(crate) fn finish(&self) {
        let mut state = self.lock();
        let Some(mut file) = state.file.take() else { return };
        let text = policy(&state.needed, &self.denied, SystemTime::now());
        let written =
            file.write_all(text.as_bytes()).and_then(|()| file.persist(&self.path).map_err(|error| error.error));
        if let Err(error) = written {
            let _ = writeln!(io::stderr(), "error: {}: the policy can't be written: {error}", self.path.display());
        }
    }
}

/// The policy as a file.
fn policy(needed: &BTreeMap<String, SystemTime>, denied: &[String], now: SystemTime) -> String {
    let mut text = format!("# What a run that ended at {} needed.\n", humantime::format_rfc3339_seconds(now));
    if needed.len() >= MOST_LINES {
        text.push_str("# It asked for more lines than are granted to be recorded: write blocks and ranges.\n");
    }
    // What JSON writes for a line TOML reads: lines have no control characters.
    let quoted = |line: &str| serde_json::Value::from(line).to_string();
    text.push_str("allow = [\n");
    for (line, first) in needed.iter().filter(|(line, _)| !is_implied(line, needed, denied)) {
        let first = humantime::format_rfc3339_seconds(*first);
        // Writing to a string doesn't fail.
        let _ = writeln!(text, "    {}, # first at {first}", quoted(line));
    }
    text.push_str("]\n");
    if !denied.is_empty() {
        text.push_str("deny = [\n");
        for line in denied {
            let _ = writeln!(text, "    {},", quoted(line));
        }
        text.push_str("]\n");
    }
    text
}

/// Whether a line is about a look-up which another one allows as well, to connect or send to that name. Where a deny line is
/// about such names it may not.
fn is_implied(line: &str, needed: &BTreeMap<String, SystemTime>, denied: &[String]) -> bool {
    const BY_NAME: [&str; 3] = ["tcp connect ", "udp send ", "sctp connect "];
    let Some(name) = line.strip_prefix("dns lookup ") else { return false };
    let goes_there = |line: &String| BY_NAME.iter().any(|verb| line.starts_with(&format!("{verb}{name}:")));
    let may_forbid = |line: &String| BY_NAME.iter().any(|verb| line.starts_with(verb));
    needed.keys().any(goes_there) && !denied.iter().any(may_forbid)
}

/// The terminal that the command was started from, whatever its input and output are.
fn terminal() -> io::Result<Answers> {
    let output = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
    Ok(Answers::Terminal(BufReader::new(output.try_clone()?), output))
}

/// The first letter of what a person answers; `n` where nobody does.
fn question(input: &mut impl BufRead, output: &mut impl Write, guest: &str, line: &str) -> char {
    loop {
        let asked = write!(output, "{guest} asks for `{line}`. Allow it? [y]es, [n]o, [a]lways, [d]eny all: ");
        let mut answer = String::new();
        if asked.and_then(|()| output.flush()).is_err() || input.read_line(&mut answer).unwrap_or(0) == 0 {
            return 'n';
        }
        if let Some(letter @ ('y' | 'n' | 'a' | 'd')) = answer.trim().chars().next() {
            return letter;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_asked_until_the_answer_is_one() {
        let ask = |said: &str| question(&mut said.as_bytes(), &mut Vec::new(), "guest", "dns lookup a.example");
        assert_eq!(ask("\nwhat?\ny\n"), 'y');
        assert_eq!(ask("always\n"), 'a');
        assert_eq!(ask(""), 'n', "who has left says no");
    }

    #[test]
    fn a_look_up_that_a_connect_by_name_allows_is_left_out() {
        let needed = ["dns lookup a.example", "dns lookup b.example", "tcp connect a.example:443"];
        let needed = needed.map(|line| (line.to_owned(), SystemTime::UNIX_EPOCH)).into();
        let text = policy(&needed, &[], SystemTime::UNIX_EPOCH);
        assert!(!text.contains("dns lookup a.example") && text.contains("dns lookup b.example"), "{text}");
        let text = policy(&needed, &["tcp connect a.example:*".to_owned()], SystemTime::UNIX_EPOCH);
        assert!(text.contains("dns lookup a.example"), "a deny line takes the implied look-up away: {text}");
    }

    #[test]
    fn a_file_says_that_there_would_have_been_more_lines() {
        let lines = |count: usize| (0..count).map(|n| (format!("option SO_{n}"), SystemTime::UNIX_EPOCH)).collect();
        let text = |count| policy(&lines(count), &[], SystemTime::UNIX_EPOCH);
        assert!(text(MOST_LINES).contains("# It asked for more"), "nothing was granted beyond them");
        assert!(!text(MOST_LINES - 1).contains("# It asked for more"));
    }

    #[test]
    fn what_is_written_is_a_policy_with_the_deny_lines_kept() {
        let line = r"unix connect /run/a\ b";
        let needed = BTreeMap::from([(line.to_owned(), SystemTime::UNIX_EPOCH)]);
        let text = policy(&needed, &["tcp connect 10.0.0.0/8:*".to_owned()], SystemTime::UNIX_EPOCH);
        let read = wallsocket_host::Policy::from_toml(&text).expect("it is a policy").permissions;
        assert_eq!(read.grants().map(ToString::to_string).collect::<Vec<_>>(), [line]);
        assert_eq!(read.denials().count(), 1);
    }
}
