//! A hostile guest: every function in any order, on sockets of every kind and in every state, with arguments from
//! the edges. Whatever it gets for an answer, it must get one: the host may neither trap nor hang.

mod calls;
mod state;

use std::collections::BTreeMap;

use calls::CALLS;
use state::State;

/// How often it gets sockets that work, among all that chance has broken.
const ACQUAINT: usize = 50;

/// `hostile_calls_in_any_order SEED COUNT`: as many calls, the same ones each time for a seed. It prints how often
/// each function was called, and how often that succeeded.
pub(crate) fn hostile_calls_in_any_order(arguments: &[String]) {
    let [seed, count] = arguments else { panic!("usage: hostile_calls_in_any_order SEED COUNT") };
    let count: usize = count.parse().expect("a number of calls");
    let mut state = State::new(seed.parse().expect("a seed"));
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
