//! The table against the host's own: options, flags, control messages.

use std::collections::BTreeSet;

use wallsocket_names::{Access, Row, Status, Table, Use};

use crate::source::{self, HostOption};
use crate::{none, table};

/// A row that is an option, with its level's number and which ways it goes.
fn as_option<'a>(table: &Table, row: &'a Row) -> Option<(&'a Row, i64, Access)> {
    row.uses.iter().find_map(|usage| match usage {
        Use::Option(level, access, _) => {
            let number = table.level(level).unwrap_or_else(|| panic!("{}: what level is {level}?", row.name));
            Some((row, number, *access))
        }
        _ => None,
    })
}

#[test]
fn options_are_those_of_the_host() {
    let table = table();
    let host = source::options();
    let mut faults = Vec::new();
    for option in &host {
        let Some(row) = table.find(&option.name) else {
            faults.push(format!("{} is an option of the host's, and no row", option.name));
            continue;
        };
        faults.extend(option_fault(&table, row, option));
    }
    let known: BTreeSet<&str> = host.iter().map(|option| option.name.as_str()).collect();
    for row in table.rows.iter().filter(|row| row.status == Status::Works && as_option(&table, row).is_some()) {
        let number = row.linux.as_deref();
        // `IP_RETOPTS` and `IP_RECVRETOPTS` are one option with two names.
        let twin = host.iter().any(|option| {
            Some(option.number.as_str()) == number
                && as_option(&table, row).map(|of| of.1) == table.level(&option.level)
        });
        if !known.contains(row.name.as_str()) && !twin {
            faults.push(format!("{} works, it is said, and the host has no such option", row.name));
        }
    }
    println!("options: the host has {}", host.len());
    none(&faults, "names/python-socket.tsv and host/src/socket/options don't have the same options");
}

fn option_fault(table: &Table, row: &Row, option: &HostOption) -> Option<String> {
    let name = &row.name;
    let Some((_, level, access)) = as_option(table, row) else {
        return Some(format!("{name} is an option of the host's: its row needs `option LEVEL: LAYOUT`"));
    };
    if Some(level) != table.level(&option.level) || row.linux.as_deref() != Some(&option.number) {
        return Some(format!("{name} is {} of {} to the host", option.number, option.level));
    }
    match (&option.refused, &row.status) {
        (Some(errno), Status::Refused(said, _)) if errno == said => None,
        (Some(errno), said) => Some(format!("{name} is refused by the host with {errno}, and here {said:?}")),
        (None, Status::Works) if access != option.access => {
            Some(format!("{name} goes {:?} to the host, and here {access:?}", option.access))
        }
        (None, Status::Works) if option.granted && row.grant.is_none() => {
            Some(format!("{name} takes a grant, which its row has to say"))
        }
        (None, Status::Works) => None,
        (None, said) => Some(format!("{name} is an option of the host's, and here {said:?}")),
    }
}

#[test]
fn flags_are_those_of_the_host() {
    let table = table();
    let said: BTreeSet<String> = table
        .section("flags")
        .filter(|row| row.status == Status::Works)
        .flat_map(|row| {
            let ways = row.uses.iter().filter_map(|usage| match usage {
                Use::Send => Some("SEND"),
                Use::Receive => Some("RECEIVE"),
                _ => None,
            });
            ways.map(|way| format!("{way} {}", row.name)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(said, source::flags(), "names/python-socket.tsv and host/src/socket/flags.rs have the same flags");
}
