//! The table against the host's own: options, flags, control messages.

use std::collections::{BTreeMap, BTreeSet};

use wallsocket_host::Permissions;
use wallsocket_names::{Access, Row, Status, Table, Use};

use crate::source::{self, HostOption};
use crate::{none, table};

/// The levels at which a row is an option, in numbers, and which ways it goes there.
fn as_options(table: &Table, row: &Row) -> Vec<(i64, Access)> {
    let level = |level: &str| table.level(level).unwrap_or_else(|| panic!("{}: what level is {level}?", row.name));
    let options = row.uses.iter().filter_map(|usage| match usage {
        Use::Option(name, access, _) => Some((level(name), *access)),
        _ => None,
    });
    options.collect()
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
    for row in table.rows.iter().filter(|row| row.status == Status::Works && !as_options(&table, row).is_empty()) {
        let number = row.linux.as_deref();
        // `IP_RETOPTS` and `IP_RECVRETOPTS` are one option with two names.
        let twin = host.iter().any(|option| {
            let level = table.level(&option.level);
            Some(option.number.as_str()) == number && as_options(&table, row).iter().any(|of| Some(of.0) == level)
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
    let of_level = as_options(table, row).into_iter().find(|of| Some(of.0) == table.level(&option.level));
    let Some((_, access)) = of_level.filter(|_| row.linux.as_deref() == Some(&option.number)) else {
        let (number, level) = (&option.number, &option.level);
        return Some(format!("{name} is {number} of {level} to the host: its row needs `option {level}: LAYOUT`"));
    };
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

/// Whether a row is an option of that level.
fn is_of(row: &Row, level: i64, table: &Table) -> bool {
    as_options(table, row).iter().any(|option| option.0 == level)
}

#[test]
fn control_messages_are_those_of_the_host() {
    let table = table();
    // By level and type, as the table spells them, the rows that are about such a message.
    let mut said: BTreeMap<(i64, &str), Vec<&Row>> = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.linux.is_some()) {
        for usage in &row.uses {
            let Use::Message(level, kind, _) = usage else { continue };
            let level = table.level(level).unwrap_or_else(|| panic!("{}: what level is {level}?", row.name));
            said.entry((level, kind)).or_default().push(row);
        }
    }
    let mut faults = Vec::new();
    let host = source::messages();
    for message in &host {
        let name = &message.name;
        let level = table.level(&message.level).unwrap_or_else(|| panic!("{name}: what level is {}?", message.level));
        match said.get(&(level, name.as_str())) {
            Some(rows) if rows.iter().any(|row| row.status == Status::Works) => {}
            _ if !message.typed => {}
            // Of a family that isn't there yet.
            _ if !table.rows.iter().any(|row| row.status == Status::Works && is_of(row, level, &table)) => {}
            Some(_) => faults.push(format!("the host has {name}, and no row about it works")),
            None => faults.push(format!("the host has {name}: some row needs `message LEVEL {name}: LAYOUT`")),
        }
        let known = table.find(name).and_then(|row| row.linux.as_deref());
        if known.is_some_and(|known| known != message.number.to_string()) {
            faults.push(format!("{name} is {} to the host", message.number));
        }
    }
    for ((level, kind), rows) in &said {
        let there = host.iter().any(|of| table.level(&of.level) == Some(*level) && of.name == *kind);
        for row in rows.iter().filter(|row| row.status == Status::Works && !there) {
            faults.push(format!("{} is about the message {kind}, which the host hasn't", row.name));
        }
    }
    println!("control messages: the host has {}", host.len());
    none(&faults, "names/python-socket.tsv and host/src/sys/control.rs don't have the same control messages");
}

#[test]
fn grants_are_lines_that_parse() {
    let table = table();
    let lines = table.rows.iter().filter_map(|row| row.grant.as_ref()).flat_map(|(lines, _)| lines);
    // Other lines name a host, a port or an interface as well, which is the policy's to choose.
    let whole =
        lines.filter(|line| line.starts_with("option ") || line.starts_with("interfaces ") || line.contains('@'));
    let wrong = whole.filter_map(|line| Some(format!("{line}: {}", Permissions::builder().allow(line).err()?)));
    none(&wrong.collect::<Vec<_>>(), "grants in names/python-socket.tsv that no policy would take");
}
