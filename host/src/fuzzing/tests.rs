//! A bounded run of each target: the corpus that is checked in, and inputs that are made of it, the same ones every time.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// How many inputs are made of a corpus: seconds, without optimisation.
const INPUTS: u32 = 5_000;

#[test]
fn lines_are_printed_as_they_were_read_and_errors_point_into_them() {
    bounded("lines", super::lines);
}

#[test]
fn addresses_are_what_the_registries_say() {
    bounded("addresses", super::addresses);
}

#[test]
fn what_the_kernel_and_guests_lay_out_is_read_as_it_is_written() {
    bounded("layouts", super::layouts);
}

#[test]
fn netlink_requests_that_are_let_through_only_read() {
    bounded("netlink", super::netlink);
}

/// One change to an input.
#[derive(Clone, Debug)]
enum Edit {
    Put(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, prop::sample::Index),
    /// What follows is what follows in another input.
    Cross(prop::sample::Index, prop::sample::Index),
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => any::<(prop::sample::Index, u8)>().prop_map(|(at, byte)| Edit::Put(at, byte)),
        1 => any::<(prop::sample::Index, [u8; 4])>().prop_map(|(at, bytes)| Edit::Insert(at, bytes.to_vec())),
        1 => any::<(prop::sample::Index, prop::sample::Index)>().prop_map(|(from, to)| Edit::Remove(from, to)),
        2 => any::<(prop::sample::Index, prop::sample::Index)>().prop_map(|(at, other)| Edit::Cross(at, other)),
    ]
}

fn edited(corpus: &[Vec<u8>], first: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut input = first.to_vec();
    for edit in edits {
        let place = |index: &prop::sample::Index| index.index(input.len() + 1);
        match edit {
            Edit::Put(at, byte) => {
                let at = place(at);
                match input.get_mut(at) {
                    Some(old) => *old = *byte,
                    None => input.push(*byte),
                }
            }
            Edit::Insert(at, bytes) => {
                let at = place(at);
                input.splice(at..at, bytes.iter().copied());
            }
            Edit::Remove(from, to) => {
                let (from, to) = (place(from), place(to));
                input.drain(from.min(to)..from.max(to));
            }
            Edit::Cross(at, other) => {
                let (at, other) = (place(at), other.get(corpus));
                input.truncate(at);
                input.extend(other.iter().skip(at));
            }
        }
    }
    input
}

/// Calls a target with every input of its corpus, and with a fixed number of others.
#[track_caller]
fn bounded(name: &str, target: fn(&[u8])) {
    let corpus: Vec<_> = corpus(name).iter().map(|path| fs::read(path).expect("it can be read")).collect();
    assert!(corpus.len() >= 10, "the corpus of {name} is checked in, and has {} inputs", corpus.len());
    corpus.iter().for_each(|input| target(input));
    let config = ProptestConfig { cases: INPUTS, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let inputs = (any::<prop::sample::Index>(), prop::collection::vec(any_edit(), 0..6))
        .prop_map(|(first, edits)| edited(&corpus, &corpus[first.index(corpus.len())], &edits));
    let run = runner.run(&inputs, |input| {
        target(&input);
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// In order, so that each machine has the same inputs made of them.
fn corpus(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fuzz/corpus").join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}
