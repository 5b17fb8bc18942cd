//! What a store holds for its guest's sockets, and how an embedder makes it.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use wasmtime::component::{HasData, ResourceTable};

use crate::decision::{Observer, Watcher};
use crate::inherited;
use crate::judge::Judge;
use crate::limits::Limits;
use crate::neighbours::{Neighbour, Neighbours};
use crate::permissions::{Holder, Permissions};
use crate::quota::Quota;
use crate::socket::{Description, InFlight, Registry, restriction};
use crate::stats::{Meter, Stats};
use crate::sys::errno;

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

/// A guest's sockets and what they may do: one for each store.
///
/// Dropping it shuts the guest's sockets down at once, also those that a call is waiting on.
pub struct SocketCtx {
    /// What the guest's neighbours know it by.
    pub(crate) neighbour: Neighbour,
    pub(crate) inherited: Vec<Inherited>,
    /// Drops what this guest shared and nobody redeemed.
    pub(crate) sweeper: Option<tokio::task::JoinHandle<()>>,
    pub(crate) judge: Arc<Judge>,
    pub(crate) limits: Limits,
    pub(crate) registry: Registry,
    pub(crate) lookups: Arc<tokio::sync::Semaphore>,
    pub(crate) transfers: Arc<tokio::sync::Semaphore>,
    /// What is left of the lines that may restrict its sockets.
    pub(crate) restricted_lines: Arc<tokio::sync::Semaphore>,
    pub(crate) hostname: String,
    /// Whether the guest's Unix sockets take descriptors.
    pub(crate) takes_descriptors: bool,
    /// Whether a call that waits may keep the thread.
    pub(crate) may_block_thread: bool,
    pub(crate) in_flight: InFlight,
    pub(crate) quota: Quota,
}

impl SocketCtx {
    /// A builder; what it builds may do nothing until it is given permissions.
    pub fn builder() -> SocketCtxBuilder {
        SocketCtxBuilder::default()
    }

    /// From now on the guest's Unix sockets take descriptors, as with [`SocketCtxBuilder::takes_descriptors`].
    pub fn take_descriptors(&mut self) {
        if !self.takes_descriptors && self.judge.receives_descriptors() {
            self.takes_descriptors = true;
            for socket in self.registry.sockets() {
                socket.sys.take_rights();
            }
        }
    }

    /// What the guest did so far, in numbers.
    pub fn stats(&self) -> Stats {
        self.meter().stats()
    }

    /// Reads the same numbers while the guest runs, and when its store is gone.
    pub fn meter(&self) -> Meter {
        Meter(Arc::clone(self.quota.counters()))
    }

    /// What the guest calls itself before its neighbours: its `self-id`.
    pub fn id(&self) -> &str {
        self.neighbour.id()
    }

    /// Hands a socket over to the guest, which takes it by that number (`fromfd` in the SDK) as often as it likes.
    ///
    /// The guest may use the peer and the address that the socket has: accept from a listener, talk over a connection.
    /// Whatever else it does with it, new connects, binds and sends, its own grants have to allow, and a datagram
    /// socket hears those whom they allow it to hear: one that serves needs `udp bind` with its address. Others may
    /// hold the socket as well; whether it blocks is theirs to say, and isn't changed.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a number that is taken, negative or not below 1,048,576, where the guest's own numbers begin;
    /// `ENOTSOCK` for what is no socket; `EAFNOSUPPORT` for one of a kind that the host doesn't know.
    pub fn inherit(&mut self, number: i32, name: impl Into<String>, socket: impl Into<OwnedFd>) -> io::Result<()> {
        let taken = self.inherited.iter().any(|other| other.number == number);
        if taken || !(0..FIRST_OWN_NUMBER).contains(&number) {
            return Err(errno::from_linux(errno::EINVAL));
        }
        let description = Arc::new(inherited::adopt(&self.judge, socket.into())?);
        self.inherited.push(Inherited { number, name: name.into(), description });
        Ok(())
    }
}

/// The lowest number that a guest gives to a socket of its own, as the SDK counts.
const FIRST_OWN_NUMBER: i32 = 1 << 20;

/// A socket that the guest was handed.
#[derive(Debug)]
pub(crate) struct Inherited {
    pub(crate) number: i32,
    pub(crate) name: String,
    pub(crate) description: Arc<Description>,
}

impl std::fmt::Debug for SocketCtx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SocketCtx").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Makes a [`SocketCtx`].
#[derive(Clone, Debug, Default)]
pub struct SocketCtxBuilder {
    permissions: Permissions,
    most: Option<Permissions>,
    limits: Limits,
    hostname: Option<String>,
    takes_descriptors: bool,
    may_block_thread: bool,
    neighbours: Option<(Neighbours, String)>,
    watcher: Watcher,
}

impl SocketCtxBuilder {
    /// What the guest may do; nothing, unless this is called.
    #[must_use]
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = permissions;
        self
    }

    /// The most that the guest may ever have: what this set doesn't allow it may not do, whatever
    /// [`permissions`](Self::permissions) and an [`observer`](Self::observer) allow, as if it had given the rest up.
    /// Unix paths in it are in the guest's spelling, and what was handed over takes a line.
    #[must_use]
    pub fn within(mut self, most: Permissions) -> Self {
        self.most = Some(most);
        self
    }

    /// How much of the host the guest may use.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The host name that the guest is told without a `hostname read` grant; `localhost` unless set.
    #[must_use]
    pub fn hostname(mut self, name: impl Into<String>) -> Self {
        self.hostname = Some(name.into());
        self
    }

    /// Whether the guest's Unix sockets take descriptors (`SCM_RIGHTS`) from the start. Say so of a component that imports
    /// `wallsocket:socket/messages`.
    ///
    /// Unless set, whoever sends one to the guest is told `EPERM` until the guest first asks for them: it receives with
    /// room for one, or sends one itself. On kernels without `SO_PASSRIGHTS` (before Linux 6.16) they are taken, and
    /// closed where the guest didn't ask. Without a `pass receive` line none are taken.
    #[must_use]
    pub fn takes_descriptors(mut self, takes: bool) -> Self {
        self.takes_descriptors = takes;
        self
    }

    /// Whether a receive that waits without end may keep the current thread until something comes; no, unless set. It
    /// saves two of three system calls: a round trip takes a tenth less of the processor's time.
    ///
    /// Only for a guest that has its thread and its runtime to itself, such as a command's: nothing else on the thread
    /// goes on meanwhile, no timer fires, and the call ends only with what the socket brings. The store can't be dropped to
    /// end it. `WasiCtxBuilder::allow_blocking_current_thread` is the same for files.
    #[must_use]
    pub fn allow_blocking_current_thread(mut self, allow: bool) -> Self {
        self.may_block_thread = allow;
        self
    }

    /// Whom the guest may share sockets with, and what they know it by: `id`, or `id-2` and so on where that is taken.
    /// Unless set it has no neighbours, and a number for an id.
    #[must_use]
    pub fn neighbours(mut self, neighbours: &Neighbours, id: impl Into<String>) -> Self {
        self.neighbours = Some((neighbours.clone(), id.into()));
        self
    }

    /// Who is told each decision about the guest, and may grant what is missing.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.watcher = Watcher(Some(observer));
        self
    }

    /// The context.
    #[must_use]
    pub fn build(self) -> SocketCtx {
        let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
        let neighbour = match &self.neighbours {
            Some((neighbours, own)) => neighbours.join(own),
            None => Neighbours::new().join(&id.to_string()),
        };
        let holder = match self.most {
            Some(most) => Holder::within(self.permissions, most),
            None => Holder::new(self.permissions),
        };
        let judge = Arc::new(Judge::new(holder, id, neighbour.id(), self.watcher));
        let counters = Arc::default();
        SocketCtx {
            inherited: Vec::new(),
            sweeper: None,
            takes_descriptors: self.takes_descriptors && judge.receives_descriptors(),
            judge,
            neighbour,
            registry: Registry::new(self.limits.sockets, Arc::clone(&counters)),
            lookups: Arc::new(tokio::sync::Semaphore::new(self.limits.lookups)),
            transfers: Arc::new(tokio::sync::Semaphore::new(self.limits.transfers)),
            restricted_lines: Arc::new(tokio::sync::Semaphore::new(restriction::LINES)),
            in_flight: InFlight::new(self.limits.descriptors_in_flight),
            may_block_thread: self.may_block_thread,
            quota: Quota::new(&self.limits, counters),
            limits: self.limits,
            hostname: self.hostname.unwrap_or_else(|| "localhost".to_owned()),
        }
    }
}

/// A store's data that has sockets.
///
/// The resource table is the one that WASI uses too, so that a socket can become a `wasi:io` pollable.
pub trait SocketView: Send + 'static {
    /// The context and the table.
    fn sockets(&mut self) -> SocketCtxView<'_>;
}

/// What the interfaces work on: a guest's context and its resource table.
#[derive(Debug)]
pub struct SocketCtxView<'a> {
    /// The guest's sockets.
    pub ctx: &'a mut SocketCtx,
    /// The table that holds its handles.
    pub table: &'a mut ResourceTable,
}

/// Tells wasmtime's linker what the interfaces borrow from a store.
pub(crate) struct HasSockets;

impl HasData for HasSockets {
    type Data<'a> = SocketCtxView<'a>;
}
