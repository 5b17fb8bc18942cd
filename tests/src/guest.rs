//! A guest: started, listened to, ended.

use std::fs::File;
use std::io::{BufRead, BufReader, PipeReader, Read, Write, pipe};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;
use wallsocket_host::{Limits, Meter, Neighbours, Permissions, SocketCtx, SocketCtxView, SocketView, Stats};
use wasmtime::component::{Component, InstancePre, Linker, ResourceTable};
use wasmtime::{Config, Engine, OptLevel, Store};
use wasmtime_wasi::cli::{OutputFile, StdoutStream};
use wasmtime_wasi::p2::bindings::CommandPre;
use wasmtime_wasi::{FsPerms, I32Exit, WasiCtx, WasiCtxView, WasiView};

/// The longest that any guest may run: a test that hangs fails, and says which.
const LIMIT: Duration = Duration::from_secs(60);

/// Where this variable is set, every guest's calls may keep its thread: the suites are run both ways.
const KEEP_THREADS: &str = "WALLSOCKET_TESTS_KEEP_THREADS";

/// What a guest's store holds.
struct State {
    wasi: WasiCtx,
    sockets: SocketCtx,
    table: ResourceTable,
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl SocketView for State {
    fn sockets(&mut self) -> SocketCtxView<'_> {
        SocketCtxView { ctx: &mut self.sockets, table: &mut self.table }
    }
}

/// The guests, compiled once for each process of tests.
static GUESTS: LazyLock<(Engine, InstancePre<State>)> = LazyLock::new(|| {
    let mut config = Config::new();
    config.concurrency_support(false).cranelift_opt_level(OptLevel::None).epoch_interruption(true);
    // For any processor: some tests run in a machine whose emulated one has less than this one.
    if cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        config.target("x86_64-unknown-linux-gnu").expect("wasmtime compiles for it");
    }
    let engine = Engine::new(&config).expect("an engine");
    let mut linker = Linker::new(&engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker).expect("WASI links");
    wallsocket_host::add_to_linker(&mut linker).expect("the sockets link beside it");
    let component = component(&engine).expect("the guests compile");
    let guests = linker.instantiate_pre(&component).expect("everything that the guests import is there");
    (engine, guests)
});

/// Has the guests compiled, so that other processes needn't.
pub fn compile() {
    LazyLock::force(&GUESTS);
}

/// The guests, compiled: kept beside the component by the first process that needs them, because an emulated processor
/// compiles for minutes. Such a file is as old as the component that it was made of.
#[allow(unsafe_code, reason = "wasmtime runs compiled code as it is")]
fn component(engine: &Engine) -> wasmtime::Result<Component> {
    let kept = Path::new(crate::GUESTS).with_extension("cwasm");
    let age = |path: &Path| path.metadata().and_then(|found| found.modified()).ok();
    let made = age(Path::new(crate::GUESTS));
    // SAFETY: it is this function's own file, whole, in the folder that the build made.
    if age(&kept) == made
        && let Ok(component) = unsafe { Component::deserialize_file(engine, &kept) }
    {
        return Ok(component);
    }
    let code = engine.precompile_component(&std::fs::read(crate::GUESTS)?)?;
    if let (Some(made), Some(folder)) = (made, kept.parent()) {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&code)?;
        file.as_file().set_modified(made)?;
        file.persist(&kept)?;
    }
    // SAFETY: wasmtime has just made it.
    unsafe { Component::deserialize(engine, code) }
}

/// Ends the current epoch, of all guests of this process.
pub fn next_epoch() {
    GUESTS.0.increment_epoch();
}

/// What the end of an epoch means to a guest that runs.
#[derive(Clone, Copy, Debug)]
pub enum Epoch {
    /// Nothing.
    Ignored,
    /// Its own end.
    Deadline,
    /// That others have their turn.
    Yield,
}

/// A guest to run: what it does, and what it may do.
#[must_use]
pub struct Guest {
    name: String,
    arguments: Vec<String>,
    allowed: Vec<String>,
    denied: Vec<String>,
    limits: Limits,
    hostname: Option<String>,
    takes_descriptors: bool,
    keeps_thread: bool,
    directory: Option<(std::path::PathBuf, String)>,
    neighbours: Option<(Neighbours, String)>,
    inherited: Vec<(i32, String, OwnedFd)>,
    epoch: Epoch,
    sockets: Option<SocketCtx>,
}

impl Guest {
    /// A guest that does what `name` stands for, and may do nothing yet.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            arguments: Vec::new(),
            allowed: Vec::new(),
            denied: Vec::new(),
            limits: Limits::default(),
            hostname: None,
            takes_descriptors: false,
            keeps_thread: std::env::var_os(KEEP_THREADS).is_some(),
            directory: None,
            neighbours: None,
            inherited: Vec::new(),
            epoch: Epoch::Ignored,
            sockets: None,
        }
    }

    /// One argument more.
    pub fn arg(mut self, argument: impl ToString) -> Self {
        self.arguments.push(argument.to_string());
        self
    }

    /// One grant more.
    pub fn allow(mut self, line: impl Into<String>) -> Self {
        self.allowed.push(line.into());
        self
    }

    /// One refusal more.
    pub fn deny(mut self, line: impl Into<String>) -> Self {
        self.denied.push(line.into());
        self
    }

    /// Other limits.
    pub fn limits(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.limits);
        self
    }

    /// The host name that it is told.
    pub fn hostname(mut self, name: &str) -> Self {
        self.hostname = Some(name.to_owned());
        self
    }

    /// Its Unix sockets take descriptors from the start.
    pub fn takes_descriptors(mut self) -> Self {
        self.takes_descriptors = true;
        self
    }

    /// Its calls may keep its thread, as those of a command that runs alone. It can't be stopped while one does.
    pub fn keeps_thread(mut self) -> Self {
        self.keeps_thread = true;
        self
    }

    /// A directory of files that it may use.
    pub fn directory(mut self, host: impl Into<std::path::PathBuf>, guest: &str) -> Self {
        self.directory = Some((host.into(), guest.to_owned()));
        self
    }

    /// Whom it may share sockets with, and what they know it by.
    pub fn neighbours(mut self, neighbours: &Neighbours, id: &str) -> Self {
        self.neighbours = Some((neighbours.clone(), id.to_owned()));
        self
    }

    /// A socket that it is handed, by that number and name.
    pub fn inherit(mut self, number: i32, name: &str, socket: impl Into<OwnedFd>) -> Self {
        self.inherited.push((number, name.to_owned(), socket.into()));
        self
    }

    /// What [`next_epoch`] means to it.
    pub fn epoch(mut self, epoch: Epoch) -> Self {
        self.epoch = epoch;
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Output {
        self.start().wait()
    }

    /// Runs it to its end, which must be a success.
    #[track_caller]
    pub fn passes(self) -> Output {
        let name = self.name.clone();
        let output = self.run();
        assert!(
            output.error.is_none() && output.status == 0,
            "the guest {name} ended with {} ({:?})\n{}",
            output.status,
            output.error,
            output.stderr
        );
        output
    }

    /// Starts it on a thread of its own.
    pub fn start(self) -> Running {
        let (stdout, stdout_end) = pipe().expect("a pipe");
        let (mut stderr, stderr_end) = pipe().expect("a pipe");
        let (stop, stopped) = oneshot::channel();
        let this = self.prepare();
        let meter = this.meter();
        let thread = std::thread::spawn(move || this.block_on(stdout_end.into(), stderr_end.into(), stopped));
        let errors = Arc::new(Mutex::new(String::new()));
        let collected = Arc::clone(&errors);
        let collector = std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text);
            *collected.lock().expect("nobody panics with it") = String::from_utf8_lossy(&text).into_owned();
        });
        Running { stdout: BufReader::new(stdout), thread, collector, errors, stop: Some(stop), meter }
    }

    /// Runs guests beside each other on one thread, each to its end.
    pub fn run_together(guests: Vec<Self>) -> Vec<Output> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        // None of them has the thread to itself.
        let guests = guests.into_iter().map(|guest| Self { keeps_thread: false, ..guest });
        let guests: Vec<_> = guests.map(Self::prepare).collect();
        let running = guests.into_iter().map(|guest| {
            let (mut stderr, stderr_end) = pipe().expect("a pipe");
            let stdout = File::create("/dev/null").expect("it is always there");
            let stderr_end = OutputFile::new(OwnedFd::from(stderr_end).into());
            let meter = guest.meter();
            (meter, runtime.spawn(async move { guest.execute(stdout, stderr_end).await }), move || {
                let mut text = String::new();
                let _ = stderr.read_to_string(&mut text);
                text
            })
        });
        let running: Vec<_> = running.collect();
        let ended = runtime.block_on(async {
            let mut outputs = Vec::new();
            for (meter, guest, mut stderr) in running {
                let (status, error) = match tokio::time::timeout(LIMIT, guest).await {
                    Ok(ended) => ended.expect("the host doesn't panic"),
                    Err(_) => (124, Some(format!("still running after {LIMIT:?}"))),
                };
                let stderr = if status == 124 { String::new() } else { stderr() };
                outputs.push(Output { status, error, stdout: String::new(), stderr, stats: meter.stats() });
            }
            outputs
        });
        runtime.shutdown_background();
        ended
    }

    fn block_on(self, stdout: OwnedFd, stderr: OwnedFd, stopped: oneshot::Receiver<()>) -> (i32, Option<String>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let ended = runtime.block_on(async {
            tokio::select! {
                ended = self.execute(stdout.into(), OutputFile::new(stderr.into())) => ended,
                // What was running is dropped where it waits, its store with it.
                _ = stopped => (0, Some("dropped".to_owned())),
                () = tokio::time::sleep(LIMIT) => (124, Some(format!("still running after {LIMIT:?}"))),
            }
        });
        runtime.shutdown_background();
        ended
    }

    /// Makes what its store holds of sockets: before it runs, so that guests beside it find it.
    pub(crate) fn prepare(mut self) -> Self {
        let mut permissions = Permissions::builder();
        for line in &self.allowed {
            permissions = permissions.allow(line).expect("the grant parses");
        }
        for line in &self.denied {
            permissions = permissions.deny(line).expect("the refusal parses");
        }
        let mut sockets = SocketCtx::builder().permissions(permissions.build()).limits(self.limits.clone());
        sockets = sockets.takes_descriptors(self.takes_descriptors).allow_blocking_current_thread(self.keeps_thread);
        if let Some(name) = &self.hostname {
            sockets = sockets.hostname(name.as_str());
        }
        if let Some((neighbours, id)) = &self.neighbours {
            sockets = sockets.neighbours(neighbours, id);
        }
        let mut sockets = sockets.build();
        for (number, name, socket) in std::mem::take(&mut self.inherited) {
            sockets.inherit(number, name, socket).expect("it can be handed over");
        }
        self.sockets = Some(sockets);
        self
    }

    /// What reads its numbers, once it is prepared.
    pub(crate) fn meter(&self) -> Meter {
        self.sockets.as_ref().expect("it was made before").meter()
    }

    pub(crate) async fn execute(mut self, stdout: File, stderr: impl StdoutStream + 'static) -> (i32, Option<String>) {
        let (engine, guests) = &*GUESTS;
        let mut wasi = WasiCtx::builder();
        wasi.stdout(OutputFile::new(stdout)).stderr(stderr).arg("guests").arg(&self.name);
        wasi.args(&self.arguments);
        if let Some((host, guest)) = &self.directory {
            wasi.preopened_dir(host, guest, FsPerms::ReadWrite).expect("the directory is there");
        }
        let sockets = self.sockets.take().expect("it was made before");
        let state = State { wasi: wasi.build(), sockets, table: ResourceTable::new() };
        let mut store = Store::new(engine, state);
        // Of those that ignore it the epoch's end is too far away to come.
        store.set_epoch_deadline(if matches!(self.epoch, Epoch::Ignored) { u64::MAX / 2 } else { 1 });
        if matches!(self.epoch, Epoch::Yield) {
            store.epoch_deadline_async_yield_and_update(1);
        }
        let program = CommandPre::new(guests.clone()).expect("the guests are a command");
        let program = program.instantiate_async(&mut store).await.expect("an instance");
        match program.wasi_cli_run().call_run(&mut store).await {
            Ok(Ok(())) => (0, None),
            Ok(Err(())) => (1, None),
            Err(error) => match error.downcast_ref::<I32Exit>() {
                Some(I32Exit(status)) => (*status, None),
                None => (134, Some(error.root_cause().to_string())),
            },
        }
    }
}

/// Runs a guest to its end, a success, and looks at what it said: at least one line, and each must be this.
///
/// # Panics
///
/// When it isn't so.
#[track_caller]
pub fn says(guest: Guest, expected: &str) {
    let said = guest.passes().stdout;
    assert!(!said.is_empty() && said.lines().all(|line| line == expected), "each must be `{expected}`: {said}");
}

/// A guest that runs.
pub struct Running {
    stdout: BufReader<PipeReader>,
    thread: JoinHandle<(i32, Option<String>)>,
    collector: JoinHandle<()>,
    errors: Arc<Mutex<String>>,
    stop: Option<oneshot::Sender<()>>,
    meter: Meter,
}

impl Running {
    /// Waits for the guest's next line, without its end.
    ///
    /// # Panics
    ///
    /// When the guest ends instead; what it had to say is in the message.
    #[track_caller]
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.stdout.read_line(&mut line).expect("the pipe can be read");
        assert_ne!(read, 0, "the guest ended without a further line; its errors: {:?}", self.errors);
        line.trim_end().to_owned()
    }

    /// Whether it has come to its end.
    pub fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits for its end.
    pub fn wait(mut self) -> Output {
        let mut stdout = String::new();
        let _ = self.stdout.read_to_string(&mut stdout);
        let (status, error) = self.thread.join().expect("the host doesn't panic");
        self.collector.join().expect("nor does this");
        let stderr = self.errors.lock().expect("nobody panics with it").clone();
        Output { status, error, stdout, stderr, stats: self.meter.stats() }
    }

    /// Drops its store where it stands, and waits until that is done.
    pub fn drop_store(mut self) -> Output {
        if let Some(stop) = self.stop.take() {
            // It may have ended by itself; then there is nobody to tell.
            let _ = stop.send(());
        }
        self.wait()
    }
}

/// How a guest ended.
#[derive(Debug)]
pub struct Output {
    /// Its exit status; 134 after a trap.
    pub status: i32,
    /// The trap, or why it was stopped.
    pub error: Option<String>,
    /// What it said on standard output, but for the lines taken before.
    pub stdout: String,
    /// What it said on standard error.
    pub stderr: String,
    /// What it did, in numbers.
    pub stats: Stats,
}
