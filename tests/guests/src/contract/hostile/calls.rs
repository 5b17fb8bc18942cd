//! Every function of the contract with made-up arguments. Each says whether the call succeeded.

use super::super::a_file;
use super::super::bindings::wallsocket::socket::*;
use super::super::values::{control_messages, controls};
use super::state::State;
use sockets::Socket;

/// A function and what calls it.
type Call = (&'static str, fn(&mut State) -> bool);

#[rustfmt::skip]
pub(super) static CALLS: &[Call] = &[
    ("sockets.[static]socket.create", |s| {
        let made = Socket::create(s.family(), s.kind(), s.one_of(&[0, 0, 0, 6, 17, -1]));
        made.map(|socket| s.keep(socket)).is_ok()
    }),
    ("sockets.[static]socket.pair", |s| {
        let made = Socket::pair(s.one_of(&[1, 1, 1, 2, 10, 99]), s.kind(), 0);
        made.map(|(one, other)| { s.keep(one); s.keep(other); }).is_ok()
    }),
    ("sockets.[method]socket.bind", |s| { let address = s.address(); on(s, |socket, _| socket.bind(&address)) }),
    ("sockets.[method]socket.listen", |s| on(s, |socket, s| socket.listen(s.one_of(&[None, Some(0), Some(-1), Some(i32::MAX)])))),
    ("sockets.[method]socket.accept", |s| {
        let socket = s.take();
        let accepted = socket.accept();
        s.back(socket);
        accepted.map(|(socket, peer)| { s.keep(socket); s.remember(peer); }).is_ok()
    }),
    ("sockets.[method]socket.connect", |s| { let address = s.address(); on(s, |socket, _| socket.connect(&address)) }),
    ("sockets.[method]socket.shutdown", |s| on(s, |socket, s| socket.shutdown(s.one_of(&[0, 1, 2, 3, -1])))),
    ("sockets.[method]socket.getsockname", |s| on(s, |socket, s| socket.getsockname().map(|address| s.remember(address)))),
    ("sockets.[method]socket.getpeername", |s| on(s, |socket, s| socket.getpeername().map(|address| s.remember(address)))),
    ("sockets.[method]socket.dup", |s| {
        let socket = s.take();
        let twin = socket.dup();
        s.back(socket);
        twin.map(|socket| s.keep(socket)).is_ok()
    }),
    // Two are left, for the others to be called on.
    ("sockets.[static]socket.close", |s| s.sockets.len() > 2 && Socket::close(s.take()).is_ok()),
    ("sockets.[method]socket.set-timeout", |s| plain(s, |socket, s| socket.set_timeout(Some(s.time())))),
    ("sockets.[method]socket.get-timeout", |s| plain(s, |socket, _| _ = socket.get_timeout())),
    ("sockets.[method]socket.family", |s| plain(s, |socket, _| _ = socket.family())),
    ("sockets.[method]socket.type", |s| plain(s, |socket, _| _ = socket.type_())),
    ("sockets.[method]socket.protocol", |s| plain(s, |socket, _| _ = socket.protocol())),
    ("sockets.[method]socket.set-inheritable", |s| plain(s, |socket, s| socket.set_inheritable(s.below(2) == 0))),
    ("sockets.[method]socket.get-inheritable", |s| plain(s, |socket, _| _ = socket.get_inheritable())),

    ("transfer.send", |s| { let data = s.bytes(); on(s, |socket, s| transfer::send(socket, &data, s.flags())) }),
    ("transfer.sendall", |s| {
        let data = s.bytes();
        on(s, |socket, s| { let time = s.time(); transfer::sendall(socket, &data, s.flags(), Some(time)) })
    }),
    ("transfer.sendto", |s| {
        let (data, address) = (s.bytes(), s.address());
        on(s, |socket, s| transfer::sendto(socket, &data, s.flags(), &address))
    }),
    ("transfer.recv", |s| on(s, |socket, s| { let size = s.number(); transfer::recv(socket, size, s.flags()) })),
    ("transfer.recvfrom", |s| on(s, |socket, s| { let size = s.number(); transfer::recvfrom(socket, size, s.flags()) })),
    ("transfer.send-datagrams", |s| {
        let datagrams: Vec<_> = (0..s.below(5)).map(|_| s.bytes()).collect();
        let mut lengths: Vec<_> = datagrams.iter().map(|data| data.len() as u32).collect();
        let addresses: Vec<_> = (0..s.below(3)).map(|_| s.address()).collect();
        let mut places: Vec<_> = lengths.iter().map(|_| s.below(addresses.len().max(1)) as u32).collect();
        // Most often it adds up.
        match s.below(8) {
            0 => lengths.push(s.number()),
            1 => places.push(s.number()),
            2 => places.clear(),
            _ => {}
        }
        let data = datagrams.concat();
        on(s, |socket, s| transfer::send_datagrams(socket, &data, &lengths, &addresses, &places, s.flags()))
    }),
    ("transfer.receive-datagrams", |s| on(s, |socket, s| {
        let (count, size) = (s.number(), s.number());
        transfer::receive_datagrams(socket, count, size, s.flags())
    })),

    ("messages.sendmsg", |s| {
        let (buffers, address) = (vec![s.bytes(); s.below(4)], s.address());
        let mut messages: Vec<_> = control_messages();
        let (first, count) = (s.below(20), s.below(4));
        let kinds = messages.len();
        messages.rotate_left(first % kinds);
        messages.truncate(count);
        // Any level and type, most of them some message's, with any bytes.
        for _ in 0..s.below(3) {
            let level = s.one_of(&[0, 0, 1, 1, 17, 41, 41, 263, -1]);
            let type_ = i32::try_from(s.below(110)).unwrap_or_default();
            let data = s.bytes();
            messages.push(messages::OutgoingMessage::Other(messages::OtherMessage { level, type_, data }));
        }
        let (passed, file) = (s.take(), a_file());
        if s.below(2) == 0 {
            let right = |index| match index % 2 {
                0 => messages::OutgoingRight::Socket(&passed),
                _ => messages::OutgoingRight::File(&file),
            };
            let times = s.one_of(&[0, 1, 2, 254]);
            messages.push(messages::OutgoingMessage::Rights((0..times).map(right).collect()));
        }
        let address = (s.below(2) == 0).then_some(address);
        let sent = on(s, |socket, s| messages::sendmsg(socket, &buffers, &messages, s.flags(), address.as_ref()));
        drop(messages);
        s.back(passed);
        sent
    }),
    ("messages.recvmsg", |s| {
        let socket = s.take();
        let (size, ancillary) = (s.number(), s.number());
        let received = messages::recvmsg(&socket, size, ancillary, s.flags());
        s.back(socket);
        received.map(|received| {
            for message in received.messages {
                let messages::IncomingMessage::Rights(rights) = message else { continue };
                for right in rights {
                    if let messages::IncomingRight::Socket(socket) = right { s.keep(socket) }
                }
            }
        }).is_ok()
    }),

    ("options.set", |s| {
        let option = s.option();
        let value = s.option_value(option);
        on(s, |socket, _| options::set(socket, option.0, option.1, &value))
    }),
    ("options.get-int", |s| on(s, |socket, s| { let (level, name) = s.option(); options::get_int(socket, level, name) })),
    ("options.get-bytes", |s| on(s, |socket, s| {
        let (level, name) = s.option();
        options::get_bytes(socket, level, name, s.number())
    })),
    ("options.set-filter", |s| on(s, |socket, s| {
        let code = u16::try_from(s.below(0x10000)).unwrap_or_default();
        let one = options::FilterInstruction { code, jump_true: 255, jump_false: 255, operand: s.number() };
        options::set_filter(socket, &vec![one; s.one_of(&[0, 1, 4097])])
    })),
    ("options.ioctl", |s| on(s, |socket, s| options::ioctl(socket, s.one_of(&controls())))),
    ("options.bytes-readable", |s| on(s, |socket, _| options::bytes_readable(socket))),
    ("options.bytes-unsent", |s| on(s, |socket, _| options::bytes_unsent(socket))),
    ("options.at-mark", |s| on(s, |socket, _| options::at_mark(socket))),

    ("files.sendfile", |s| {
        let file = a_file();
        on(s, |socket, s| files::sendfile(socket, &file, s.one_of(&[0, 3, u64::MAX]), s.one_of(&[None, Some(0), Some(u64::MAX)])).error.map_or(Ok(()), Err))
    }),

    ("poll.poll", |s| {
        let (time, events) = (s.time(), s.below(64));
        let events = poll::Events::from_bits_truncate(u8::try_from(events).unwrap_or_default());
        // The same socket may stand there more than once; and 5,000 are more than the host takes.
        let count = s.one_of(&[0, 1, 10, 100, 5000]);
        let interests: Vec<_> =
            s.sockets.iter().cycle().take(count).map(|socket| poll::Interest { socket, events }).collect();
        poll::poll(&interests, Some(time)).is_ok()
    }),
    ("poll.subscribe", |s| {
        let subscribed = {
            let socket = &s.sockets[0];
            poll::subscribe(socket, poll::Events::READABLE | poll::Events::WRITABLE)
        };
        if s.pollables.len() > 20 {
            s.pollables.clear();
        }
        subscribed.map(|pollable| { _ = pollable.ready(); s.pollables.push(pollable); }).is_ok()
    }),

    ("names.getaddrinfo", |s| {
        let (family, flags) = (s.family(), s.flags());
        let hints = names::Hints {
            family: s.one_of(&[0, 0, 2, 10, family]),
            type_: s.one_of(&[0, 1, 2, -1]),
            protocol: s.one_of(&[0, 6, 17, 9999]),
            flags: s.one_of(&[0, 1, 2, 4, 0x400, flags]),
        };
        let (host, service) = (s.text(), s.text());
        names::getaddrinfo((s.below(4) > 0).then_some(&*host), (s.below(2) > 0).then_some(&*service), hints).is_ok()
    }),
    ("names.getnameinfo", |s| { let address = s.address(); names::getnameinfo(&address, s.flags()).is_ok() }),
    ("names.gethostbyname", |s| names::gethostbyname(&s.text()).is_ok()),
    ("names.gethostbyname-ex", |s| names::gethostbyname_ex(&s.text()).is_ok()),
    ("names.gethostbyaddr", |s| names::gethostbyaddr(&s.text()).is_ok()),
    ("names.getservbyname", |s| { let name = s.text(); names::getservbyname(&name, Some(&s.text())).is_ok() }),
    ("names.getservbyport", |s| {
        let port = u16::try_from(s.below(0x10000)).unwrap_or_default();
        names::getservbyport(port, Some(&s.text())).is_ok()
    }),
    ("names.getprotobyname", |s| names::getprotobyname(&s.text()).is_ok()),
    ("names.gethostname", |_| names::gethostname().is_ok()),
    ("names.sethostname", |s| names::sethostname(&s.text()).is_ok()),

    ("network-interfaces.if-nameindex", |_| network_interfaces::if_nameindex().is_ok()),
    ("network-interfaces.if-nametoindex", |s| network_interfaces::if_nametoindex(&s.bytes()).is_ok()),
    ("network-interfaces.if-indextoname", |s| network_interfaces::if_indextoname(s.number()).is_ok()),
    ("network-interfaces.local-context-id", |_| network_interfaces::local_context_id().is_ok()),

    ("sharing.inherited", |_| sharing::inherited().is_empty()),
    ("sharing.inherit", |s| sharing::inherit(s.signed()).is_ok()),
    ("sharing.share", |s| { let target = s.text(); on(s, |socket, _| sharing::share(socket, &target)) }),
    ("sharing.redeem", |s| sharing::redeem(&s.bytes()).is_ok()),
    ("sharing.self-id", |_| !sharing::self_id().is_empty()),

    ("permissions.held", |_| !permissions::held().is_empty()),
    // Never with a list that parses: a guest that has given everything up has few ways left to be hostile.
    ("permissions.restrict", |s| permissions::restrict(&[s.text(), "no such grant".to_owned()]).is_ok()),
    ("permissions.restrict-socket", |s| {
        let line = s.text();
        on(s, |socket, _| permissions::restrict_socket(socket, &[line, "udp send *:*".to_owned()]))
    }),
];

/// Calls a function on some socket.
fn on<T, E>(s: &mut State, call: impl FnOnce(&Socket, &mut State) -> Result<T, E>) -> bool {
    let socket = s.take();
    let result = call(&socket, s);
    s.back(socket);
    result.is_ok()
}

/// The same for what can't fail.
fn plain(s: &mut State, call: impl FnOnce(&Socket, &mut State)) -> bool {
    on(s, |socket, s| {
        call(socket, s);
        Ok::<_, ()>(())
    })
}
