//! What fuzzers call about bytes that the kernel and guests lay out: [`crate::fuzzing`].

use super::{address, control, messages};
use crate::address::{Address, UnixAddress};
use crate::permissions::Target;
use crate::sys::control::Fitted;

/// A socket address of any bytes, as the kernel could say it.
pub(crate) fn socket_address(data: &[u8]) {
    let Some((protocol, data)) = data.split_first() else { return };
    let protocol = i32::from(protocol % 8);
    let Ok(laid_out) = address::laid_out(data) else { return };
    let Ok(Some(read)) = address::parse(&laid_out, protocol) else { return };
    let family = i32::from(laid_out.family());
    let target = match read.clone() {
        Address::Inet(at) => Target::Inet(at.into()),
        Address::Inet6(at) => Target::Inet(at.into()),
        Address::Unix(UnixAddress::Unnamed) => Target::Unnamed,
        Address::Unix(UnixAddress::Abstract(name)) => Target::Abstract(name),
        // A path takes opening.
        Address::Unix(UnixAddress::Path(path)) => {
            assert!(!path.is_empty() && !path.contains(&0), "{path:?} is a path");
            return;
        }
        Address::Packet(at) => Target::Packet(at),
        Address::Netlink(at) => Target::Netlink(at),
        Address::Vsock(at) => Target::Vsock(at),
        Address::Can(at) => Target::Can(at),
        Address::Alg(at) => Target::Alg(at),
        Address::Tipc(at) => Target::Tipc(at),
        Address::Bluetooth(at) => Target::Bluetooth(at),
        Address::Qipcrtr(at) => Target::Qipcrtr(at),
        Address::Unspecified => Target::Unspecified,
    };
    match address::of(&target, family) {
        Ok(written) => {
            let again = address::parse(&written, protocol).expect("what is written can be read");
            assert_eq!(again, Some(read), "an address is the same there and back");
        }
        // An index beyond what the kernel has.
        Err(_) => assert!(matches!(target, Target::Can(_) | Target::Packet(_) | Target::Abstract(_)), "{target:?}"),
    }
}

/// Control data as a receive could bring them, in any number of bytes of room.
pub(crate) fn control_data(data: &[u8]) {
    let Some((room, data)) = data.split_first() else { return };
    let (room, mut data) = (usize::from(*room), data.to_vec());
    // Numbers that a fuzzer thinks of may not be taken for descriptors, which would be closed. Headers stand at multiples
    // of 8, and have their level behind 8 bytes of length: there the level of rights, 1, becomes another.
    for at in (8..data.len()).step_by(8) {
        if data.get(at..at + 4).is_some_and(|level| *level == 1i32.to_ne_bytes()) {
            data[at] = 2;
        }
    }
    let parsed = messages::parse_without_descriptors(&data);
    let length = |message: &Fitted<_>| match message {
        Fitted::Rights(_) => panic!("there are no descriptors in it"),
        Fitted::Data { data, .. } => 16 + data.len(),
    };
    let all: usize = parsed.iter().map(length).sum();
    assert!(all <= data.len(), "no more is read than there is: {all} of {}", data.len());
    let count = parsed.len();
    let (kept, cut) = control::fit(parsed, room);
    let padded: usize = kept.iter().map(|message| length(message).next_multiple_of(8)).sum();
    // The padding of the last one may be missing.
    assert!(padded <= room.next_multiple_of(8), "{padded} bytes are no more than {room}");
    assert!(kept.len() == count || cut, "what was left out is told");
    for message in kept {
        if let Fitted::Data { level, kind, data, .. } = message {
            let _ = control::received(libc::AF_BLUETOOTH, level, kind, &data);
            decoded(level, kind, &data);
        }
    }
}

/// One control message, in a guest's bytes or the kernel's.
pub(crate) fn control_message(data: &[u8]) {
    let Some((head, data)) = data.split_first_chunk::<3>() else { return };
    let [level, more, kind] = *head;
    // Levels go to 279, types to 104.
    decoded(i32::from(level) | i32::from(more & 1) << 8, i32::from(kind), data);
}

fn decoded(level: i32, kind: i32, data: &[u8]) {
    let Some(message) = control::decode(level, kind, data) else { return };
    assert!(control::is_known(level, kind), "a message without a row is none");
    match control::encode(&message) {
        Some((row, written)) => {
            assert_eq!((row.level, row.kind), (level, kind), "{message:?} is the message of {}", row.name);
            let again = control::decode(level, kind, &written);
            assert_eq!(again.as_ref(), Some(&message), "a message is the same there and back");
        }
        None => assert!(control::find(level, kind).is_none(), "{message:?} has a row that writes it"),
    }
}
