//! What came out natively, what came out in the guest, and what is expected of that.

use std::collections::BTreeSet;

use super::expected::{Expected, Line};
use super::suite::{Outcome, Results, Seen};

/// What there is to say of two runs.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// What isn't as it should be, a sentence each.
    pub(super) problems: Vec<String>,
    /// How many tests pass natively and not in the guest, as the list has them.
    pub(super) listed: usize,
}

pub(super) fn compare(natively: &Results, in_guest: &Results, list: &Expected, python: &str) -> Verdict {
    let mut verdict = Verdict::default();
    for (results, place) in [(natively, "natively"), (in_guest, "in the guest")] {
        if results.tests.len() != results.planned {
            let (found, planned) = (results.tests.len(), results.planned);
            verdict.problems.push(format!("{found} of {planned} tests were accounted for {place}"));
        }
    }
    let lines = list.of(python);
    let mut used = BTreeSet::new();
    let names: BTreeSet<&String> = natively.tests.keys().chain(in_guest.tests.keys()).collect();
    for name in names {
        let about: Vec<&Line> = lines.iter().copied().filter(|line| line.is_about(name)).collect();
        used.extend(about.iter().map(|line| line.number));
        match (natively.tests.get(name), in_guest.tests.get(name)) {
            (Some(native), Some(guest)) => match about[..] {
                [] => verdict.problems.extend(unlisted(name, native, guest)),
                [line] => match as_listed(name, native, guest, line) {
                    Some(problem) => verdict.problems.push(problem),
                    None => {
                        verdict.listed += usize::from(native.outcome == Outcome::Ok && guest.outcome != Outcome::Ok)
                    }
                },
                [first, second, ..] => verdict
                    .problems
                    .push(format!("{name} is listed twice, in lines {} and {}", first.number, second.number)),
            },
            (Some(_), None) => verdict.problems.push(format!("{name} wasn't run in the guest")),
            (None, _) => verdict.problems.push(format!("{name} wasn't run natively")),
        }
    }
    for line in lines.iter().filter(|line| !used.contains(&line.number)) {
        verdict.problems.push(format!("line {} is about no test: {}", line.number, line.pattern));
    }
    verdict
}

/// What the transformation alone changes: the class of sockets is then one that can be changed.
const CHANGED: [&str; 1] = ["GeneralModuleTests.test_socket_type"];

/// Tests that pass natively, and don't when the file is transformed as for the guest, but run natively.
pub(super) fn changed(natively: &Results, transformed: &Results) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, native) in natively.tests.iter().filter(|(name, _)| !CHANGED.contains(&name.as_str())) {
        match transformed.tests.get(name) {
            Some(seen) if seen.outcome == Outcome::Ok || seen.outcome == native.outcome => {}
            Some(seen) if native.outcome == Outcome::Ok => {
                problems.push(format!("{name} {} natively once it is transformed: {}", seen.outcome, seen.why));
            }
            Some(_) => {}
            None => problems.push(format!("{name} is gone once the file is transformed")),
        }
    }
    problems
}

/// What is wrong with a test that isn't listed: it passes natively and then in the guest too, or it is skipped natively.
fn unlisted(name: &str, native: &Seen, guest: &Seen) -> Option<String> {
    match (native.outcome, guest.outcome) {
        (Outcome::Ok | Outcome::Skips, Outcome::Ok) | (Outcome::Skips, Outcome::Skips) => None,
        (Outcome::Ok | Outcome::Skips, outcome) => {
            Some(format!("{name} {outcome} in the guest, {} natively: {}", native.outcome, guest.why))
        }
        (outcome, _) => Some(format!("{name} {outcome} natively: {}", native.why)),
    }
}

/// What is wrong with a test that is listed. One that this machine skips in both places says nothing of the list; one
/// that is listed for failing natively is as any other where it passes.
fn as_listed(name: &str, native: &Seen, guest: &Seen, line: &Line) -> Option<String> {
    if native.outcome == Outcome::Skips && guest.outcome == Outcome::Skips {
        return None;
    }
    if native.outcome == Outcome::Ok && !line.natively.contains(&Outcome::Ok) {
        return unlisted(name, native, guest);
    }
    for (seen, allowed, place) in [(native, &line.natively, "natively"), (guest, &line.in_guest, "in the guest")] {
        if !allowed.contains(&seen.outcome) {
            let listed = allowed.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
            let why = if seen.why.is_empty() { String::new() } else { format!(": {}", seen.why) };
            let (outcome, number) = (seen.outcome, line.number);
            return Some(format!("{name} {outcome} {place}, and line {number} has {listed}{why}"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(tests: &[(&str, Outcome)]) -> Results {
        let tests = tests
            .iter()
            .map(|(name, outcome)| ((*name).to_owned(), Seen { outcome: *outcome, why: String::new() }))
            .collect::<std::collections::BTreeMap<_, _>>();
        Results { planned: tests.len(), tests }
    }

    fn problems(native: Outcome, guest: Outcome, list: &str) -> Vec<String> {
        let list = Expected::parse(list).unwrap();
        compare(&results(&[("A.a", native)]), &results(&[("A.a", guest)]), &list, "3.13").problems
    }

    const SKIPPED: &str = "A.a\t*\tok\tskips\tno signals";

    #[test]
    fn what_passes_in_both_places_is_fine_and_so_is_what_is_skipped_in_both() {
        assert!(problems(Outcome::Ok, Outcome::Ok, "").is_empty());
        assert!(problems(Outcome::Skips, Outcome::Skips, "").is_empty());
        assert!(problems(Outcome::Skips, Outcome::Ok, "").is_empty());
    }

    #[test]
    fn what_passes_natively_alone_has_to_be_listed() {
        for outcome in [Outcome::Fails, Outcome::Skips, Outcome::Hangs, Outcome::Ends] {
            assert_eq!(problems(Outcome::Ok, outcome, "").len(), 1, "{outcome}");
        }
        assert_eq!(problems(Outcome::Skips, Outcome::Fails, "").len(), 1);
        assert!(problems(Outcome::Ok, Outcome::Skips, SKIPPED).is_empty());
    }

    #[test]
    fn what_is_listed_is_counted() {
        let list = Expected::parse("A.*\t*\tok\tskips\tno signals").unwrap();
        let native = results(&[("A.a", Outcome::Ok), ("A.b", Outcome::Ok), ("B.a", Outcome::Ok)]);
        let guest = results(&[("A.a", Outcome::Skips), ("A.b", Outcome::Skips), ("B.a", Outcome::Ok)]);
        let verdict = compare(&native, &guest, &list, "3.13");
        assert_eq!((verdict.listed, verdict.problems.len()), (2, 0));
    }

    #[test]
    fn what_is_listed_and_passes_is_wrong() {
        assert_eq!(problems(Outcome::Ok, Outcome::Ok, SKIPPED).len(), 1);
    }

    #[test]
    fn what_comes_out_otherwise_than_listed_is_wrong() {
        assert_eq!(problems(Outcome::Ok, Outcome::Fails, SKIPPED).len(), 1);
        assert_eq!(problems(Outcome::Fails, Outcome::Skips, SKIPPED).len(), 1);
    }

    #[test]
    fn what_fails_or_hangs_natively_has_to_be_listed() {
        assert_eq!(problems(Outcome::Hangs, Outcome::Ok, "").len(), 1);
        assert_eq!(problems(Outcome::Fails, Outcome::Fails, "").len(), 1);
        assert!(problems(Outcome::Fails, Outcome::Fails, "A.a\t*\tfails\tfails\tno loopback").is_empty());
    }

    #[test]
    fn what_another_kernel_skips_in_both_places_needs_no_other_list() {
        assert!(problems(Outcome::Skips, Outcome::Skips, "A.a\t*\tfails\tfails\tno loopback").is_empty());
    }

    #[test]
    fn what_another_kernel_lets_pass_natively_has_to_pass_in_the_guest() {
        let list = "A.a\t*\tfails,hangs\tfails,hangs\tno loopback";
        assert!(problems(Outcome::Ok, Outcome::Ok, list).is_empty());
        assert_eq!(problems(Outcome::Ok, Outcome::Fails, list).len(), 1);
        assert!(problems(Outcome::Hangs, Outcome::Fails, list).is_empty());
    }

    #[test]
    fn a_test_that_was_run_in_one_place_alone_is_wrong() {
        let both = results(&[("A.a", Outcome::Ok), ("A.b", Outcome::Ok)]);
        let one = results(&[("A.a", Outcome::Ok)]);
        assert_eq!(compare(&both, &one, &Expected::default(), "3.13").problems.len(), 1);
        assert_eq!(compare(&one, &both, &Expected::default(), "3.13").problems.len(), 1);
    }

    #[test]
    fn fewer_tests_than_there_are_is_wrong() {
        let mut few = results(&[("A.a", Outcome::Ok)]);
        few.planned = 2;
        assert_eq!(compare(&few, &results(&[("A.a", Outcome::Ok)]), &Expected::default(), "3.13").problems.len(), 1);
    }

    #[test]
    fn what_the_transformation_breaks_is_wrong() {
        let native = results(&[("A.a", Outcome::Ok), ("A.b", Outcome::Fails), ("A.c", Outcome::Skips)]);
        assert!(changed(&native, &native).is_empty());
        let broken = results(&[("A.a", Outcome::Fails), ("A.b", Outcome::Hangs)]);
        assert_eq!(changed(&native, &broken).len(), 2);
    }

    #[test]
    fn a_line_about_no_test_and_a_test_with_two_lines_are_wrong() {
        assert_eq!(problems(Outcome::Ok, Outcome::Ok, "B.b\t*\tok\tskips\tno signals").len(), 1);
        assert!(problems(Outcome::Ok, Outcome::Ok, "B.b\t3.11\tok\tskips\tno signals").is_empty());
        let twice = format!("{SKIPPED}\nA.*\t*\tok\tskips\tno fork");
        assert_eq!(problems(Outcome::Ok, Outcome::Skips, &twice).len(), 1);
    }
}
