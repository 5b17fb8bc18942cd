//! A host of many guests: each is a task of one runtime, as with an embedder, and ends when the host says so.

use std::fs;
use std::io::{BufRead, BufReader, PipeReader, Read, pipe};
use std::os::fd::OwnedFd;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinHandle;
use wallsocket_host::Meter;
use wasmtime_wasi::p2::pipe::MemoryOutputPipe;

use crate::{Guest, Output};

/// What is kept of what a guest says on standard error.
const ERRORS: usize = 64 * 1024;

/// A runtime for guests. Dropping it doesn't wait for what can't be called off.
#[derive(Debug)]
pub struct Host(Option<Runtime>);

impl Host {
    /// With so many threads for all of its guests.
    ///
    /// # Panics
    ///
    /// Where there are no threads to be had.
    pub fn new(threads: usize) -> Self {
        crate::guest::compile();
        let runtime = Builder::new_multi_thread().worker_threads(threads).enable_all().build();
        Self(Some(runtime.expect("a runtime")))
    }

    fn runtime(&self) -> &Runtime {
        self.0.as_ref().expect("it is there until it is dropped")
    }

    /// Starts a guest beside the others.
    pub fn start(&self, guest: Guest) -> Hosted {
        self.start_within(guest, Duration::MAX)
    }

    /// The same, as an embedder does who gives a guest so much time: its store is dropped then, whatever it waits in.
    ///
    /// # Panics
    ///
    /// Where there is no descriptor left for what it says.
    pub fn start_within(&self, guest: Guest, time: Duration) -> Hosted {
        let (stdout, stdout_end) = pipe().expect("a pipe");
        let stderr = MemoryOutputPipe::new(ERRORS);
        let (guest, errors) = (guest.prepare(), stderr.clone());
        let meter = guest.meter();
        let task = self.runtime().spawn(async move {
            let running = guest.execute(OwnedFd::from(stdout_end).into(), errors);
            let ended = tokio::time::timeout(time, running).await;
            ended.unwrap_or_else(|_| (124, Some(format!("still running after {time:?}"))))
        });
        Hosted { stdout: BufReader::new(stdout), stderr, task, meter, runtime: self.runtime().handle().clone() }
    }

    /// Waits until no thread has anything to do: each guest waits in a call.
    ///
    /// # Panics
    ///
    /// When one of them goes on and on.
    #[track_caller]
    pub fn wait_until_idle(&self) {
        let metrics = self.runtime().metrics();
        // The count of a thread that sleeps is odd, and stays as it is.
        let look = || (0..metrics.num_workers()).map(|worker| metrics.worker_park_unpark_count(worker)).collect();
        let deadline = Instant::now() + Duration::from_secs(30);
        let (mut last, mut times): (Vec<u64>, _) = (look(), 0);
        while times < 20 {
            assert!(Instant::now() < deadline, "a guest that should wait goes on");
            thread::sleep(Duration::from_millis(1));
            let now = look();
            let idle = now == last && now.iter().all(|count| count % 2 == 1);
            times = if idle { times + 1 } else { 0 };
            last = now;
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// A guest in a host.
#[derive(Debug)]
pub struct Hosted {
    stdout: BufReader<PipeReader>,
    stderr: MemoryOutputPipe,
    task: JoinHandle<(i32, Option<String>)>,
    meter: Meter,
    runtime: Handle,
}

impl Hosted {
    /// Waits for the guest's next line, without its end.
    ///
    /// # Panics
    ///
    /// When the guest ends instead; what it had to say is in the message.
    #[track_caller]
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.stdout.read_line(&mut line).expect("the pipe can be read");
        assert_ne!(read, 0, "the guest ended without a further line; its errors: {}", self.errors());
        line.trim_end().to_owned()
    }

    /// Whether it has come to its end.
    pub fn has_ended(&self) -> bool {
        self.task.is_finished()
    }

    /// What it has said on standard error so far.
    pub fn errors(&self) -> String {
        String::from_utf8_lossy(&self.stderr.contents()).into_owned()
    }

    /// Waits for its end.
    pub fn wait(mut self) -> Output {
        let mut stdout = String::new();
        let _ = self.stdout.read_to_string(&mut stdout);
        let ended = self.runtime.block_on(&mut self.task);
        let (status, error) = ended.expect("the host doesn't panic");
        Output { status, error, stdout, stderr: self.errors(), stats: self.meter.stats() }
    }

    /// Drops its store where it stands, and waits until that is done.
    pub fn drop_store(mut self) {
        self.task.abort();
        let ended = self.runtime.block_on(&mut self.task);
        assert!(ended.is_err_and(|error| error.is_cancelled()), "it was still there to be ended");
    }
}

/// What a process uses of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Memory in use (`VmRSS`), in KiB.
    pub memory: u64,
    /// Open descriptors.
    pub descriptors: usize,
    /// Threads.
    pub threads: usize,
}

impl Usage {
    /// This process's, now.
    ///
    /// # Panics
    ///
    /// Without Linux's /proc.
    pub fn now() -> Self {
        let count = |directory| fs::read_dir(directory).expect("Linux has it").count();
        let status = fs::read_to_string("/proc/self/status").expect("Linux has it");
        let memory =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
        Self {
            memory: memory.expect("proc_pid_status(5) names it"),
            descriptors: count("/proc/self/fd"),
            threads: count("/proc/self/task"),
        }
    }

    /// Waits until what is used of descriptors and threads is no more than this, for a moment: what a thread of a pool was
    /// at work on goes with its end.
    ///
    /// # Panics
    ///
    /// When it stays more.
    #[track_caller]
    pub fn comes_back(&self, what: &str) {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let now = Self::now();
            if now.descriptors <= self.descriptors && now.threads <= self.threads {
                return;
            }
            assert!(Instant::now() < deadline, "{what}: {now:?} are more than the {self:?} of before");
            thread::sleep(Duration::from_millis(2));
        }
    }
}
