//! What came of the tests, on which kernel.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use super::{Ended, Kernel};

/// Those that the last line names, in its order.
const FAMILIES: [&str; 11] =
    ["can_raw", "can_bcm", "isotp", "j1939", "alg", "tipc", "rds", "bluetooth", "qipcrtr", "sctp", "vsock"];

/// A line that a test printed: `kernel TAB family TAB test TAB outcome TAB why`.
pub(super) struct Said<'a> {
    pub(super) family: &'a str,
    pub(super) name: &'a str,
    pub(super) outcome: &'a str,
    pub(super) why: &'a str,
}

impl<'a> Said<'a> {
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        match line.strip_prefix("kernel\t")?.split('\t').collect::<Vec<_>>()[..] {
            [family, name, outcome, why] => Some(Self { family, name, outcome, why }),
            _ => None,
        }
    }
}

/// How a test ended on a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
    /// It began, and hasn't said more yet.
    Runs,
}

/// A test that takes another kernel.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) family: String,
    pub(super) name: String,
    pub(super) program: PathBuf,
    /// Where it can run.
    pub(super) kernels: Vec<Kernel>,
    pub(super) outcomes: BTreeMap<Kernel, Outcome>,
}

impl Test {
    fn on(&self, kernel: Kernel, what: fn(&Outcome) -> bool) -> bool {
        self.outcomes.get(&kernel).is_some_and(what)
    }

    fn has_passed(&self) -> bool {
        !self.has_failed() && Kernel::ALL.iter().any(|kernel| self.on(*kernel, |o| *o == Outcome::Passed))
    }

    fn has_failed(&self) -> bool {
        Kernel::ALL.iter().any(|kernel| self.on(*kernel, |o| matches!(o, Outcome::Failed(_))))
    }
}

/// All that there is to tell.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) tests: Vec<Test>,
    missing: BTreeMap<Kernel, String>,
    /// A program failed, and no test of it.
    broken: bool,
}

impl Report {
    pub(super) fn new(tests: Vec<Test>) -> Self {
        Self { tests, ..Self::default() }
    }

    /// Takes a line of what a kernel's tests print; whether it was for us.
    pub(super) fn take(&mut self, kernel: Kernel, line: &str) -> bool {
        let Some(said) = Said::parse(line) else { return false };
        let outcome = match said.outcome {
            "begin" => Outcome::Runs,
            "passed" => Outcome::Passed,
            "failed" => Outcome::Failed(said.why.into()),
            "skipped" => Outcome::Skipped(said.why.into()),
            _ => return true,
        };
        if outcome != Outcome::Runs {
            eprintln!("{:9}  {:9}  {:7}  {}", kernel.name(), said.family, said.outcome, said.name);
        }
        let mut named = self.tests.iter_mut().filter(|test| test.family == said.family && test.name == said.name);
        // Two files may have tests of one name: they come in the order in which they are listed.
        let open = |test: &Test| matches!(test.outcomes.get(&kernel), None | Some(Outcome::Runs));
        if let Some(test) = named.find(|test| open(test)) {
            test.outcomes.insert(kernel, outcome);
        }
        true
    }

    /// Ends a kernel's part; whether all is well with it.
    pub(super) fn end(&mut self, kernel: Kernel, ended: Ended) -> bool {
        let of_kernel = |test: &&mut Test| test.kernels.contains(&kernel);
        if let Ended::Without(why) = &ended
            && self.tests.iter().all(|test| !test.outcomes.contains_key(&kernel))
        {
            let reason = format!("no {} kernel: {why}", kernel.name());
            for test in self.tests.iter_mut().filter(of_kernel) {
                test.outcomes.insert(kernel, Outcome::Skipped(reason.clone()));
            }
            self.missing.insert(kernel, why.clone());
            return true;
        }
        for test in self.tests.iter_mut().filter(of_kernel) {
            match test.outcomes.get(&kernel) {
                None => test.outcomes.insert(kernel, Outcome::Failed("it wasn't run".into())),
                Some(Outcome::Runs) => test.outcomes.insert(kernel, Outcome::Failed("it didn't end".into())),
                Some(_) => None,
            };
        }
        let failed = self.tests.iter().any(|test| test.on(kernel, |outcome| matches!(outcome, Outcome::Failed(_))));
        self.broken |= ended != Ended::Command(true) && !failed;
        ended == Ended::Command(true) && !failed
    }

    /// Nobody asked for this kernel.
    pub(super) fn leave_out(&mut self, kernel: Kernel) {
        for test in self.tests.iter_mut().filter(|test| test.kernels == [kernel]) {
            test.outcomes.insert(kernel, Outcome::Skipped(format!("runs on the {} kernel alone", kernel.name())));
        }
    }

    fn of<'a>(&'a self, family: &'a str) -> impl Iterator<Item = &'a Test> {
        self.tests.iter().filter(move |test| test.family == family)
    }

    pub(super) fn has_failed(&self) -> bool {
        self.broken || self.tests.iter().any(Test::has_failed)
    }

    /// Why a kernel can't be had.
    pub(super) fn missing(&self) -> Option<String> {
        let why = self.missing.iter().map(|(kernel, why)| format!("{}: {why}", kernel.name()));
        (!self.missing.is_empty()).then(|| why.collect::<Vec<_>>().join("; "))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others = self.tests.iter().map(|test| test.family.as_str()).filter(|family| !FAMILIES.contains(family));
        let others: BTreeSet<&str> = others.collect();
        writeln!(f, "\n{:11}{:>6}{:>11}{:>7}{:>9}", "family", "tests", "user-mode", "stock", "skipped")?;
        for family in FAMILIES.into_iter().chain(others) {
            write!(f, "{family:11}{:>6}", self.of(family).count())?;
            for (kernel, width) in [(Kernel::UserMode, 11), (Kernel::Stock, 7)] {
                let passed =
                    self.of(family).filter(|test| test.on(kernel, |outcome| *outcome == Outcome::Passed)).count();
                write!(f, "{passed:>width$}")?;
            }
            writeln!(f, "{:>9}", self.of(family).filter(|test| !test.has_passed() && !test.has_failed()).count())?;
        }
        for test in &self.tests {
            for (kernel, outcome) in &test.outcomes {
                let (word, why) = match outcome {
                    Outcome::Failed(why) => ("failed", why),
                    Outcome::Skipped(why) => ("skipped", why),
                    Outcome::Passed | Outcome::Runs => continue,
                };
                writeln!(f, "{word} on the {} kernel: {}: {}: {why}", kernel.name(), test.family, test.name)?;
            }
        }
        write!(f, "kernels:")?;
        for family in FAMILIES {
            write!(f, " {family}={}", self.of(family).filter(|test| test.has_passed()).count())?;
        }
        write!(f, " skipped={}", self.tests.iter().filter(|test| !test.has_passed() && !test.has_failed()).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(tests: &[(&str, &str, &[Kernel])]) -> Report {
        let tests = tests.iter().map(|(family, name, kernels)| Test {
            family: (*family).into(),
            name: (*name).into(),
            program: PathBuf::new(),
            kernels: kernels.to_vec(),
            outcomes: BTreeMap::new(),
        });
        Report::new(tests.collect())
    }

    fn last_line(report: &Report) -> String {
        report.to_string().lines().last().unwrap().to_owned()
    }

    #[test]
    fn what_passes_on_one_kernel_and_fails_on_none_is_counted_once() {
        let mut report =
            report(&[("alg", "a", &Kernel::ALL), ("alg", "b", &Kernel::ALL), ("isotp", "c", &Kernel::ALL[1..])]);
        for kernel in Kernel::ALL {
            assert!(report.take(kernel, "kernel\talg\ta\tbegin\t"));
            assert!(report.take(kernel, "kernel\talg\ta\tpassed\t"));
            assert!(!report.take(kernel, "test a ... ok"));
        }
        report.take(Kernel::UserMode, "kernel\talg\tb\tskipped\tno such cipher");
        report.take(Kernel::Stock, "kernel\talg\tb\tpassed\t");
        report.take(Kernel::Stock, "kernel\tisotp\tc\tpassed\t");
        for kernel in Kernel::ALL {
            assert!(report.end(kernel, Ended::Command(true)));
        }
        let line = last_line(&report);
        assert!(line.starts_with("kernels: can_raw=0 can_bcm=0 isotp=1 j1939=0 alg=2 "), "{line}");
        assert!(line.ends_with(" vsock=0 skipped=0"), "{line}");
        assert!(report.to_string().contains("skipped on the user-mode kernel: alg: b: no such cipher"));
    }

    #[test]
    fn where_a_kernel_cant_be_had_its_tests_are_skipped() {
        let mut report = report(&[("alg", "a", &Kernel::ALL), ("isotp", "c", &Kernel::ALL[1..])]);
        report.take(Kernel::UserMode, "kernel\talg\ta\tpassed\t");
        assert!(report.end(Kernel::UserMode, Ended::Command(true)));
        assert!(report.end(Kernel::Stock, Ended::Without("no qemu".into())));
        assert!(!report.has_failed());
        assert_eq!(report.missing().as_deref(), Some("stock: no qemu"));
        assert!(last_line(&report).contains(" isotp=0 ") && last_line(&report).ends_with(" skipped=1"));
    }

    #[test]
    fn a_test_that_fails_doesnt_end_or_isnt_run_is_wrong() {
        for line in ["kernel\talg\ta\tfailed\tno", "kernel\talg\ta\tbegin\t", "noise"] {
            let mut report = report(&[("alg", "a", &[Kernel::UserMode]), ("alg", "b", &[Kernel::UserMode])]);
            report.take(Kernel::UserMode, line);
            report.take(Kernel::UserMode, "kernel\talg\tb\tpassed\t");
            let ended =
                if line.contains("begin") { Ended::Without("after 600 s".into()) } else { Ended::Command(false) };
            assert!(!report.end(Kernel::UserMode, ended));
            assert!(report.has_failed(), "{line}");
            assert!(last_line(&report).contains(" alg=1 "));
        }
    }

    #[test]
    fn a_program_that_fails_without_a_test_is_wrong() {
        let mut report = report(&[("alg", "a", &[Kernel::UserMode])]);
        report.take(Kernel::UserMode, "kernel\talg\ta\tpassed\t");
        assert!(!report.end(Kernel::UserMode, Ended::Command(false)));
        assert!(report.has_failed());
    }
}
