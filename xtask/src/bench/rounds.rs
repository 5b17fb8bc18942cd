//! Rounds: in each, every client does the same work once, and is compared with the first one of that round.

use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::Row;
use super::contestants::{Field, Process};

/// How long a process may take to fall asleep after its answer, before its time is read.
const SETTLING: Duration = Duration::from_millis(2);

/// What a row came to.
pub(super) struct Measured {
    pub(super) row: &'static Row,
    /// In the order of the field; None for a client that has no such call.
    pub(super) clients: Vec<Option<Client>>,
}

/// One client's part of a row.
pub(super) struct Client {
    pub(super) name: &'static str,
    /// The processor's time for one, the server's part included.
    pub(super) nanoseconds: Quartiles,
    /// The same as a ratio to the first client's.
    pub(super) ratio: Option<Quartiles>,
}

/// What half of the rounds were between, and the middle one.
#[derive(Clone, Copy, serde::Serialize)]
pub(super) struct Quartiles {
    pub(super) low: f64,
    pub(super) median: f64,
    pub(super) high: f64,
}

/// How many rounds the same processes play. Where a process's buffers come to lie decides by luck over a fifth of what
/// moving 64 KiB costs, and holds for as long as it lives: new processes, new luck.
const ROUNDS_A_FIELD: usize = 3;

/// Measures a row, with new processes every few rounds.
pub(super) fn measure(row: &'static Row, mut start: impl FnMut() -> Result<Field>, rounds: usize) -> Result<Measured> {
    let mut names = Vec::new();
    let mut times: Vec<Vec<f64>> = Vec::new();
    for _ in 0..rounds.div_ceil(ROUNDS_A_FIELD) {
        let mut field = start()?;
        names = field.clients.iter().map(|client| client.name).collect();
        times.resize(names.len(), Vec::new());
        play(row, &mut field, &mut times)?;
    }
    Ok(sum_up(row, &names, &times))
}

/// Measures how long clients take until they have started, which is until they answer.
pub(super) fn starts(row: &'static Row, mut start: impl FnMut() -> Result<Field>, rounds: usize) -> Result<Measured> {
    let mut names = Vec::new();
    let mut times: Vec<Vec<f64>> = Vec::new();
    // The first round fills caches, that of compiled components too, and counts for nothing.
    for round in 0..=rounds {
        let mut field = start()?;
        names = field.clients.iter().map(|client| client.name).collect();
        times.resize(names.len(), Vec::new());
        for (client, own) in field.clients.iter_mut().zip(&mut times) {
            client.tell("tcp 1 0")?;
            thread::sleep(SETTLING);
            let time = client.time()?.as_nanos() as f64;
            if round > 0 {
                own.push(time);
            }
        }
    }
    Ok(sum_up(row, &names, &times))
}

/// The middle rounds of each client, by its times of all rounds.
fn sum_up(row: &'static Row, names: &[&'static str], times: &[Vec<f64>]) -> Measured {
    let clients = names.iter().zip(times).map(|(name, own)| {
        let ratios = own.iter().zip(&times[0]).map(|(own, first)| own / first).collect();
        let ratio = (row.is_ratio() && !own.is_empty()).then(|| Quartiles::of(ratios));
        (!own.is_empty()).then(|| Client { name, nanoseconds: Quartiles::of(own.clone()), ratio })
    });
    Measured { row, clients: clients.collect() }
}

/// The rounds of one field of processes.
fn play(row: &Row, field: &mut Field, times: &mut [Vec<f64>]) -> Result<()> {
    // The first round warms caches and buffers, and counts for nothing.
    for round in 0..=ROUNDS_A_FIELD {
        for turn in 0..field.clients.len() {
            // Nobody always comes after the same neighbour's cold caches first.
            let index = (round + turn) % field.clients.len();
            if !row.has(field.clients[index].name) {
                continue;
            }
            let time = once(row, &field.server, &mut field.clients[index])?;
            if round > 0 {
                times[index].push(time);
            }
        }
    }
    Ok(())
}

/// One client's turn: nanoseconds of the processor's for each of the row's calls.
fn once(row: &Row, server: &Process, client: &mut Process) -> Result<f64> {
    let before = client.time()? + server.time()?;
    client.tell(&format!("{} {} {}", row.kind, row.size, row.count))?;
    thread::sleep(SETTLING);
    let time = client.time()? + server.time()? - before;
    Ok(time.as_nanos() as f64 / row.count as f64)
}

impl Quartiles {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |part: f64| values[((values.len() - 1) as f64 * part).round() as usize];
        Self { low: at(0.25), median: at(0.5), high: at(0.75) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_led_astray_by_an_outlier() {
        let quartiles = Quartiles::of(vec![1e9, 2.0, 1.0, 3.0, 4.0]);
        assert_eq!((quartiles.low, quartiles.median, quartiles.high), (2.0, 3.0, 4.0));
    }
}
