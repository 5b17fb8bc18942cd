//! Runs the tests in a process that says what it does, and goes on after one that hangs or ends the process.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// More tests than this that hang or end the process, and it is something else that is wrong.
const PATIENCE: usize = 12;

/// Until the first test begins, where the component may have to be compiled first, or the processor is emulated.
const START: Duration = Duration::from_secs(600);

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Ok,
    Skips,
    Fails,
    /// It didn't end within its time.
    Hangs,
    /// The process ended.
    Ends,
}

impl Outcome {
    const ALL: [(Outcome, &str); 5] = [
        (Outcome::Ok, "ok"),
        (Outcome::Skips, "skips"),
        (Outcome::Fails, "fails"),
        (Outcome::Hangs, "hangs"),
        (Outcome::Ends, "ends"),
    ];

    pub(super) fn parse(text: &str) -> Option<Outcome> {
        Self::ALL.iter().find(|(_, name)| *name == text).map(|(outcome, _)| *outcome)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::ALL.iter().find(|(outcome, _)| outcome == self).map_or("", |(_, name)| name))
    }
}

/// What came of a test, and what it said of it.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) outcome: Outcome,
    pub(super) why: String,
}

/// What came of all.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// How many tests there are to run, as the process counted them before.
    pub(super) planned: usize,
    pub(super) tests: BTreeMap<String, Seen>,
}

impl Results {
    pub(super) fn ok(&self) -> usize {
        self.count(Outcome::Ok)
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.tests.values().filter(|seen| seen.outcome == outcome).count()
    }
}

impl fmt::Display for Results {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tests", self.tests.len())?;
        for (outcome, name) in Outcome::ALL {
            let count = self.count(outcome);
            if count > 0 {
                write!(f, ", {count} {name}")?;
            }
        }
        Ok(())
    }
}

/// What a process says of its tests; suite.py has the format.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Plan(usize),
    Begin(String),
    End(String, Outcome, String),
    Done,
}

impl Said {
    fn parse(line: &str) -> Option<Said> {
        let fields: Vec<&str> = line.strip_prefix("conformance\t")?.split('\t').collect();
        match fields[..] {
            ["plan", count] => Some(Said::Plan(count.parse().ok()?)),
            ["begin", name] => Some(Said::Begin(name.into())),
            ["end", name, outcome, _, why] => Some(Said::End(name.into(), Outcome::parse(outcome)?, why.into())),
            ["done"] => Some(Said::Done),
            _ => None,
        }
    }
}

/// How a process ended that ran tests.
enum Ended {
    /// All were run.
    Done,
    /// With this test, which it counts against.
    With(String, Outcome),
    /// Before or between tests.
    Early,
}

/// Tests in a process of their own.
pub(super) struct Suite {
    pub(super) name: &'static str,
    pub(super) command: Command,
    /// What the processes print.
    pub(super) log: PathBuf,
    /// How long a test may take.
    pub(super) limit: Duration,
}

impl Suite {
    pub(super) fn run(mut self) -> Result<Results> {
        let mut log = File::create(&self.log).with_context(|| format!("can't write {}", self.log.display()))?;
        let mut results = Results::default();
        let mut broken = 0;
        loop {
            match self.run_process(&mut log, &mut results)? {
                Ended::Done => return Ok(results),
                Ended::With(test, outcome) => {
                    eprintln!("{}: {test} {outcome}", self.name);
                    broken += 1;
                    if broken > PATIENCE {
                        bail!("{}: too many tests hang or end the process", self.name);
                    }
                    results.tests.insert(test.clone(), Seen { outcome, why: String::new() });
                    self.command.args(["--after", &test]);
                }
                Ended::Early => bail!("{}: no test was running when it ended; see {}", self.name, self.log.display()),
            }
        }
    }

    /// Runs one process until it ends, or a test in it takes too long.
    fn run_process(&mut self, log: &mut File, results: &mut Results) -> Result<Ended> {
        let errors = log.try_clone().context("can't share the log")?;
        let mut process = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .with_context(|| format!("can't run {:?}", self.command.get_program()))?;
        let output = process.stdout.take().context("no output")?;
        let mut log = log.try_clone().context("can't share the log")?;
        let (send, lines) = mpsc::channel();
        let reader = thread::spawn(move || {
            for line in BufReader::new(output).split(b'\n').map_while(|line| line.ok()) {
                let line = String::from_utf8_lossy(&line).into_owned();
                // A full disk is no reason to lose results.
                let _ = writeln!(log, "{line}");
                if let Some(said) = Said::parse(&line)
                    && send.send(said).is_err()
                {
                    break;
                }
            }
        });

        let mut current: Option<String> = None;
        let mut limit = START;
        let ended = loop {
            match lines.recv_timeout(limit) {
                Ok(Said::Plan(count)) => results.planned = count,
                Ok(Said::Begin(name)) => {
                    current = Some(name);
                    limit = self.limit;
                }
                Ok(Said::End(name, outcome, why)) => {
                    current = None;
                    results.tests.insert(name, Seen { outcome, why });
                }
                Ok(Said::Done) => break Ended::Done,
                Err(error) => {
                    let outcome = match error {
                        RecvTimeoutError::Timeout => Outcome::Hangs,
                        RecvTimeoutError::Disconnected => Outcome::Ends,
                    };
                    break current.map_or(Ended::Early, |test| Ended::With(test, outcome));
                }
            }
        };
        if !matches!(ended, Ended::Done) {
            // It may have ended by itself.
            let _ = process.kill();
        }
        process.wait().context("can't wait for the process")?;
        // What it started may hold its output open; nobody reads that any more.
        drop(lines);
        drop(reader);
        Ok(ended)
    }
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    fn shell(script: &str, name: &str) -> Suite {
        let mut command = Command::new("sh");
        command.args(["-c", script, "sh"]);
        let log = env::temp_dir().join(format!("wallsocket-{}-{name}.log", std::process::id()));
        Suite { name: "here", command, log, limit: Duration::from_millis(300) }
    }

    const SAY: &str = r#"say() { printf '\nconformance\t%b\n' "$1"; }"#;

    #[test]
    fn what_comes_of_tests_is_read_among_other_output() {
        let script = format!(
            r#"{SAY}; say 'plan\t2'; say 'begin\tA.a'; echo noise; say 'end\tA.a\tok\t0.1\t'
            say 'begin\tA.b'; printf 'unfinished line'; say 'end\tA.b\tfails\t0.1\tOSError: no'; say done"#
        );
        let results = shell(&script, "read").run().unwrap();
        assert_eq!(results.planned, 2);
        assert_eq!(results.tests["A.a"].outcome, Outcome::Ok);
        assert_eq!(results.tests["A.b"].outcome, Outcome::Fails);
        assert_eq!(results.tests["A.b"].why, "OSError: no");
    }

    #[test]
    fn a_test_that_hangs_is_said_to_and_the_next_ones_are_run() {
        let script = format!(
            r#"{SAY}; say 'plan\t2'
            if [ $# = 0 ]; then say 'begin\tA.a'; exec sleep 60; fi
            [ "$*" = "--after A.a" ] && say 'begin\tA.b' && say 'end\tA.b\tok\t0.1\t' && say done"#
        );
        let results = shell(&script, "hang").run().unwrap();
        assert_eq!(results.tests["A.a"].outcome, Outcome::Hangs);
        assert_eq!(results.tests["A.b"].outcome, Outcome::Ok);
    }

    #[test]
    fn a_test_that_ends_the_process_is_said_to_and_the_next_ones_are_run() {
        let script = format!(
            r#"{SAY}; say 'plan\t2'
            if [ $# = 0 ]; then say 'begin\tA.a'; exit 3; fi
            say 'begin\tA.b'; say 'end\tA.b\tskips\t0.1\tno CAN'; say done"#
        );
        let results = shell(&script, "end").run().unwrap();
        assert_eq!(results.tests["A.a"].outcome, Outcome::Ends);
        assert_eq!(results.tests["A.b"].outcome, Outcome::Skips);
    }

    #[test]
    fn a_process_that_runs_no_test_is_an_error() {
        assert!(shell("exit 0", "none").run().is_err());
    }

    #[test]
    fn a_file_in_which_everything_breaks_is_an_error() {
        let script = format!(r#"{SAY}; say "begin\tA.a$#"; exit 3"#);
        assert!(shell(&script, "all").run().is_err());
    }
}
