//! Batches of datagrams. They cross as one list of bytes and lists of numbers: a list for each would cost an
/// allocation in the guest, and an address for each its conversion, which is more than the system's part of it.
use std::sync::Arc;

use wasmtime::component::{LinkerInstance, Resource, WasmList};

use super::super::types::to_wit;
use super::{Store, answer, count, hear};
use crate::bindings::transfer::Datagrams;
use crate::bindings::types::SocketAddress;
use crate::content::ContentJudge;
use crate::ctx::{SocketCtxView, SocketView};
use crate::error::{Error, Result};
use crate::judge::transport;
use crate::permissions::Transport;
use crate::socket::batch::MOST_DATAGRAMS;
use crate::socket::send::Destination;
use crate::socket::{Description, Mode, Socket, flags};
use crate::sys::batch::{self, Incoming, NOBODY, Outgoing};
use crate::sys::errno;
use crate::trace::Call;

/// Links the two functions.
pub(super) fn add_to_instance<T: SocketView>(instance: &mut LinkerInstance<'_, T>) -> wasmtime::Result<()> {
    instance.func_wrap_async(
        "send-datagrams",
        |mut store: Store<'_, T>, (socket, data, lengths, addresses, to, flags)| {
            Box::new(async move {
                let batch = Batch { data, lengths, addresses, to };
                let sent = send(&mut store, &socket, batch, flags).await;
                answer(&mut store, sent)
            })
        },
    )?;
    instance.func_wrap_async("receive-datagrams", |mut store: Store<'_, T>, (socket, count, size, flags)| {
        Box::new(async move {
            let received = store.data_mut().sockets().receive(&socket, count, size, flags).await;
            answer(&mut store, received)
        })
    })
}

/// A guest's datagrams.
struct Batch {
    data: WasmList<u8>,
    lengths: WasmList<u32>,
    addresses: Vec<SocketAddress>,
    to: WasmList<u32>,
}

/// Where one of the batch's addresses leads.
enum Place {
    /// Nobody asked.
    Unused,
    /// To the peer.
    Peer,
    /// To an internet address.
    Internet(batch::Destination),
    /// To any other.
    Other(Destination),
    /// Nowhere: what the datagrams that are sent there end in.
    Refused(Option<Error>),
}

async fn send<T: SocketView>(
    store: &mut Store<'_, T>,
    handle: &Resource<Socket>,
    batch: Batch,
    flags: i32,
) -> Result<u32> {
    let call = Call::begin("send-datagrams", || {
        format!("{}, {}, {}", handle.rep(), batch.lengths.len(), flags::show_message(flags))
    });
    let sent = async {
        let view = store.data_mut().sockets();
        let (socket, mode) = view.socket(handle)?;
        let flags = view.flags_of_send(&socket, flags)?;
        if socket.is_stream() || socket.computes() {
            return Err(Error::os(errno::EINVAL));
        }
        view.ctx.quota.may_send()?;
        let Batch { data, lengths, addresses, to } = batch;
        let lengths: Vec<u32> = lengths.as_le_slice(&*store).iter().map(|length| u32::from_le(*length)).collect();
        let to: Vec<u32> = to.as_le_slice(&*store).iter().map(|place| u32::from_le(*place)).collect();
        let to = destinations(&lengths, data.len(), addresses.len(), &to)?;
        let mut places = store.data_mut().sockets().judge_all(&socket, addresses, &to, mode, flags).await?;
        // Those before the first that may not go.
        let refused = to.iter().position(|place| matches!(places[*place], Place::Refused(_)));
        let to = &to[..refused.unwrap_or(to.len())];
        if to.is_empty() {
            // The refused one is the first, or there is none.
            return match refused.and_then(|_| places.iter_mut().find_map(Place::take_refusal)) {
                Some(error) => Err(error),
                None => Ok(0),
            };
        }
        let content = store.data_mut().sockets().content_judge(&socket);
        let data = data.as_le_slice(&*store);
        let number = if is_plain(&socket) {
            let to = to.iter().map(|place| places[*place].internet()).collect();
            let outgoing = Outgoing { data, lengths: &lengths, to };
            socket.send_batch(socket.deadline_of_send(mode, flags), &outgoing, flags).await?
        } else {
            let batch = Each { data, lengths: &lengths, to, places: &places };
            send_each(&socket, mode, &content, &batch, flags).await?
        };
        let bytes = lengths[..number].iter().map(|length| *length as usize).sum();
        super::sent(store, bytes, number);
        Ok(count(number))
    };
    call.end(sent.await, |sent| *sent)
}

/// Checks what a guest says of its datagrams; where each goes, as a place among the addresses. Without an address that
/// is the one place that there is.
fn destinations(lengths: &[u32], bytes: usize, addresses: usize, to: &[u32]) -> Result<Vec<usize>> {
    let invalid = || Error::os(errno::EINVAL);
    let total: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
    if usize::try_from(total) != Ok(bytes) {
        return Err(invalid());
    }
    let places = if to.is_empty() && addresses <= 1 {
        vec![0; lengths.len()]
    } else if to.len() == lengths.len() && to.iter().all(|place| (*place as usize) < addresses) {
        to.iter().map(|place| *place as usize).collect()
    } else {
        return Err(invalid());
    };
    Ok(places.into_iter().take(MOST_DATAGRAMS).collect())
}

/// Whether the system moves many of its datagrams at once, and nobody has to look into each: UDP.
fn is_plain(socket: &Description) -> bool {
    socket.is_inet() && socket.kind == flags::SOCK_DGRAM && transport(socket) == Transport::Udp
}

/// Datagrams that are sent one by one.
struct Each<'a> {
    data: &'a [u8],
    lengths: &'a [u32],
    to: &'a [usize],
    places: &'a [Place],
}

/// Sends one after the other, where the system has nothing better: a Unix path is more than bytes, and what a raw
/// socket sends is judged as well.
async fn send_each(
    socket: &Arc<Description>,
    mode: Mode,
    content: &ContentJudge,
    batch: &Each<'_>,
    flags: i32,
) -> Result<usize> {
    let mut rest = batch.data;
    for (number, (place, length)) in batch.to.iter().zip(batch.lengths).enumerate() {
        let data;
        (data, rest) = rest.split_at_checked(*length as usize).ok_or(Error::os(errno::EINVAL))?;
        // Only the first is waited for.
        let deadline = socket.deadline_of_send(if number == 0 { mode } else { Mode::NonBlocking }, flags);
        let destination = match &batch.places[*place] {
            Place::Other(destination) => Some(destination),
            _ => None,
        };
        let sent = match (content.judge(socket, destination, data), destination) {
            (Err(error), _) => Err(error),
            (Ok(data), Some(destination)) => socket.send_to(deadline, &*data, flags, destination).await,
            (Ok(data), None) => socket.send_once(deadline, &*data, flags).await,
        };
        match sent {
            Ok(_) => {}
            Err(error) if number == 0 => return Err(error),
            Err(_) => return Ok(number),
        }
    }
    Ok(batch.to.len())
}

impl Place {
    fn internet(&self) -> Option<&batch::Destination> {
        match self {
            Self::Internet(destination) => Some(destination),
            _ => None,
        }
    }

    fn take_refusal(&mut self) -> Option<Error> {
        match self {
            Self::Refused(error) => error.take(),
            _ => None,
        }
    }
}

impl SocketCtxView<'_> {
    /// Judges each address that a datagram goes to, up to the first that is refused.
    async fn judge_all(
        &mut self,
        socket: &Description,
        addresses: Vec<SocketAddress>,
        to: &[usize],
        mode: Mode,
        flags: i32,
    ) -> Result<Vec<Place>> {
        if addresses.is_empty() {
            return Ok(vec![Place::Peer]);
        }
        let mut addresses: Vec<_> = addresses.into_iter().map(Some).collect();
        let mut places: Vec<Place> = addresses.iter().map(|_| Place::Unused).collect();
        for place in to {
            let Some(address) = addresses[*place].take() else { continue };
            let deadline = socket.deadline_of_send(mode, flags);
            places[*place] = match self.judge_destination(socket, address, flags, deadline).await {
                Ok(Destination::Peer) => Place::Peer,
                Ok(Destination::Address(permit)) if is_plain(socket) => {
                    match batch::Destination::new(&socket.sys, &permit) {
                        Ok(destination) => Place::Internet(destination),
                        Err(error) => Place::Refused(Some(error.into())),
                    }
                }
                Ok(destination) => Place::Other(destination),
                Err(error) => Place::Refused(Some(error)),
            };
            if matches!(places[*place], Place::Refused(_)) {
                break;
            }
        }
        Ok(places)
    }

    async fn receive(&mut self, handle: &Resource<Socket>, most: u32, size: u32, flags: i32) -> Result<Datagrams> {
        let call = Call::begin("receive-datagrams", || {
            format!("{}, {most}, {size}, {}", handle.rep(), flags::show_message(flags))
        });
        let view = &mut *self;
        let received = async move {
            let (socket, mode) = view.socket(handle)?;
            let flags = flags::to_receive(flags)?;
            // A peek would bring the same datagram again and again; of a length beyond what is there nothing tells, nor of
            // what an error was.
            let none = flags::MSG_PEEK | flags::MSG_TRUNC | flags::MSG_ERRQUEUE;
            if most == 0 || socket.is_stream() || socket.computes() || flags & none != 0 {
                return Err(Error::os(errno::EINVAL));
            }
            view.ctx.quota.may_receive()?;
            let size = size.min(view.ctx.limits.receive_bytes);
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            let incoming = if is_plain(&socket) {
                let judge = &view.ctx.judge;
                socket.recv_batch(mode, most, size, flags, |socket: &_, from: &_| judge.hears(socket, from)).await?
            } else {
                view.receive_each(&socket, mode, most, size, flags).await?
            };
            view.ctx.quota.received_many(incoming.data.len(), incoming.lengths.len());
            Ok(view.show(&socket, incoming))
        };
        call.end(received.await, |datagrams| datagrams.lengths.len())
    }

    /// Receives one after the other, where descriptors may come along.
    async fn receive_each(
        &mut self,
        socket: &Arc<Description>,
        mode: Mode,
        most: usize,
        size: u32,
        flags: i32,
    ) -> Result<Incoming> {
        const MOST_BYTES: usize = 128 << 10;
        let mut incoming = Incoming::default();
        while incoming.lengths.len() < most.min(MOST_DATAGRAMS) && incoming.data.len() < MOST_BYTES {
            let mode = if incoming.lengths.is_empty() { mode } else { Mode::NonBlocking };
            match hear(&self.ctx.judge, socket, mode, size, flags).await {
                Ok((data, from)) => {
                    incoming.lengths.push(count(data.len()));
                    incoming.data.extend(data);
                    let place = from.map(|from| match incoming.addresses.iter().position(|known| *known == from) {
                        Some(place) => place,
                        None => {
                            incoming.addresses.push(from);
                            incoming.addresses.len() - 1
                        }
                    });
                    incoming.senders.push(place.map_or(NOBODY, count));
                }
                Err(error) if incoming.lengths.is_empty() => return Err(error),
                Err(_) => break,
            }
        }
        Ok(incoming)
    }

    /// Datagrams as the guest may see them; their senders may be answered.
    fn show(&self, socket: &Description, incoming: Incoming) -> Datagrams {
        let Incoming { data, lengths, addresses, senders, dropped: _ } = incoming;
        let seen = addresses.into_iter().map(|address| {
            let address = self.ctx.judge.as_seen(address);
            socket.remember_heard(&address);
            to_wit(address)
        });
        Datagrams { data, lengths, addresses: seen.collect(), senders }
    }
}
