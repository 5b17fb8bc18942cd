//! Lines said in plain English.

use super::block::{Block, Word};
use super::can::{CanPlace, Identifiers, Interfaces};
use super::name::NamePattern;
use super::numbers::Numbers;
use super::place::{Host, Place};
use super::{Grant, Object, UnixPlace};
use crate::permissions::grant::verb::Verb;

pub(super) fn describe(grant: &Grant) -> String {
    grant.verb.row().english.replacen("{}", &object(grant), 1)
}

fn object(grant: &Grant) -> String {
    match &grant.object {
        Object::Nothing => String::new(),
        Object::Place(at) => place(grant.verb, at),
        Object::Block(None) => "any address".to_owned(),
        Object::Block(Some(at)) => block(at),
        Object::Name(pattern) => name(pattern),
        Object::Unix(UnixPlace::Abstract { prefix: true, .. }) => {
            format!("names that match {}", grant.object)
        }
        Object::Unix(place @ UnixPlace::Path { host, guest }) if host != guest => {
            let (host, guest) = (host.escape_ascii(), guest.escape_ascii());
            let _ = place;
            format!("{host} and all beneath it, which the guest sees as {guest}")
        }
        Object::Unix(UnixPlace::Path { host, .. }) => {
            format!("{} and all beneath it", host.escape_ascii())
        }
        Object::Can(CanPlace { interfaces, ids }) => can(interfaces, ids.as_ref()),
        Object::Word(None) => "any".to_owned(),
        Object::Node(None, numbers) => format!("any, number {numbers}"),
        Object::Device(None, Some(numbers)) => format!("any device, number {numbers}"),
        Object::Device(None, None) => "any device".to_owned(),
        other => other.to_string(),
    }
}

fn place(verb: Verb, place: &Place) -> String {
    let local = !matches!(verb, Verb::TcpConnect | Verb::UdpSend | Verb::RdsSend);
    let ports = match &place.ports {
        Numbers::Any if local => "any port from 1024 on or one the system picks".to_owned(),
        Numbers::Any => "any port".to_owned(),
        one if one.to_string().bytes().all(|b| b.is_ascii_digit()) => format!("port {one}"),
        several => format!("ports {}", several.to_string().replace(',', ", ")),
    };
    let host = match &place.host {
        Host::Any if local => "every address of this machine".to_owned(),
        Host::Any => "any address, this machine and private networks included".to_owned(),
        Host::Block(Block::Net(net)) if local && net.addr().is_unspecified() => {
            format!("every {} address of this machine", if net.addr().is_ipv4() { "IPv4" } else { "IPv6" })
        }
        Host::Block(at) => block(at),
        Host::Name(pattern) => name(pattern),
    };
    if place.name().is_none() {
        return format!("{host}, {ports}");
    }
    let within: Vec<String> = place.within.iter().map(block).collect();
    let or_within = if within.is_empty() { String::new() } else { format!(" or one in {}", within.join(", ")) };
    format!("{host}, {ports}, once it resolves to a public address{or_within}")
}

fn block(block: &Block) -> String {
    let what = match block {
        Block::Net(_) => return block.to_string(),
        Block::Word(Word::Loopback) => return "this machine's loopback addresses".to_owned(),
        Block::Word(Word::Private) => "private",
        Block::Word(Word::LinkLocal) => "link-local",
        Block::Word(Word::Multicast) => "multicast",
    };
    let nets: Vec<String> = block.nets().iter().map(ToString::to_string).collect();
    format!("{what} addresses ({})", nets.join(", "))
}

fn can(interfaces: &Interfaces, ids: Option<&[Identifiers; 2]>) -> String {
    let interfaces = match interfaces {
        Interfaces::Any => "any interface".to_owned(),
        Interfaces::From(prefix) => format!("interfaces whose names begin with {prefix}"),
        Interfaces::One(one) => one.clone(),
    };
    match ids {
        None => interfaces,
        Some([received, sent]) => format!("{interfaces}, receiving {} and sending {}", word(*received), word(*sent)),
    }
}

fn word(id: Identifiers) -> String {
    if id == Identifiers::Any { "any identifier".to_owned() } else { id.to_string() }
}

fn name(pattern: &NamePattern) -> String {
    match pattern {
        NamePattern::Exact(name) => name.clone(),
        NamePattern::Below(parent) => format!("any name below {parent}"),
        NamePattern::Any => "any name".to_owned(),
    }
}
