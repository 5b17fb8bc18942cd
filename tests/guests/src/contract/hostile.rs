//! A hostile guest: every function in any order, on sockets of every kind and in every state, with arguments from
//! the edges. Whatever it gets for an answer, it must get one: the host may neither trap nor hang.

mod calls;
mod choices;
mod forged;
mod state;

use std::collections::BTreeMap;

use calls::CALLS;
use choices::Choices;
use forged::FORGED;
use state::State;

/// How often it gets sockets that work, among all that chance has broken.
const ACQUAINT: usize = 50;

/// `hostile_calls_in_any_order SEED COUNT`: as many calls, the same ones each time for a seed. It prints how often
/// each function was called, and how often that succeeded.
pub(crate) fn hostile_calls_in_any_order(arguments: &[String]) {
    let [seed, count] = arguments else { panic!("usage: hostile_calls_in_any_order SEED COUNT") };
    let count: usize = count.parse().expect("a number of calls");
    let mut state = State::new(Choices::Chance(fastrand::Rng::with_seed(seed.parse().expect("a seed"))));
    let mut tally: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for number in 0..count {
        if number % ACQUAINT == 0 {
            state.acquaint();
        }
        // Each once in order, so that none is left out, then by chance.
        let chosen = if number < CALLS.len() { number } else { state.below(CALLS.len()) };
        let (function, call) = CALLS[chosen];
        // When a call traps, this is the last that is heard of the guest.
        eprintln!("seed {seed}, call {number}: {function}");
        let succeeded = call(&mut state);
        let entry = tally.entry(function).or_default();
        entry.0 += 1;
        entry.1 += u32::from(succeeded);
    }
    for (function, (called, succeeded)) in tally {
        println!("{function} {called} {succeeded}");
    }
}

/// `hostile_calls_by_bytes BYTES`, in hexadecimal: as many calls as the bytes make, each byte being a function or an
/// argument. One byte in 256 uses a handle that the guest hasn't got, which ends it.
pub(crate) fn hostile_calls_by_bytes(arguments: &[String]) {
    let [bytes] = arguments else { panic!("usage: hostile_calls_by_bytes BYTES") };
    let digits = bytes.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("digits"));
    let bytes: Vec<u8> = digits.map(|pair| u8::from_str_radix(pair, 16).expect("two digits")).collect();
    let mut state = State::new(Choices::Bytes(bytes.into_iter()));
    state.acquaint();
    let mut number = 0;
    while !state.choices.are_over() {
        let chosen = usize::from(state.choices.byte());
        let (function, call) = match chosen {
            255 => FORGED[state.below(FORGED.len())],
            _ => CALLS[chosen % CALLS.len()],
        };
        eprintln!("call {number}: {function}");
        call(&mut state);
        number += 1;
        if state.sockets.len() < 2 {
            state.acquaint();
        }
    }
    println!("{number}");
}
