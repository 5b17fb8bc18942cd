//! The processes: one server and its clients, all pinned to one core.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Table;
use super::build::Programs;

/// A process that is told what to do on its standard input, and answers with a line.
pub(super) struct Process {
    pub(super) name: &'static str,
    child: Child,
    input: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// All that take part.
pub(super) struct Field {
    pub(super) server: Process,
    /// Those of the table, the first being what the others are compared with.
    pub(super) clients: Vec<Process>,
}

impl Field {
    pub(super) fn start(programs: &Programs, core: usize, table: Table) -> Result<Self> {
        let mut server = Process::start("server", core, &Command::new(&programs.server))?;
        let ports = server.answer()?;
        let ports: Vec<&str> = ports.split_whitespace().collect();
        let file = big_file(&programs.directory)?;
        let start = |name: &&'static str| Process::start(name, core, &client(name, programs, &ports, &file)?);
        Ok(Self { clients: table.clients().iter().map(start).collect::<Result<_>>()?, server })
    }
}

/// The command that runs a client.
fn client(name: &str, programs: &Programs, ports: &[&str], file: &Path) -> Result<Command> {
    let mut command = match name {
        "native" => Command::new(&programs.native),
        "wallsocket" => sandboxed(&programs.wallsocket_guest, programs, ports)?,
        "Python in wallsocket" => sandboxed(&programs.python_guest, programs, ports)?,
        "wasi:sockets" => {
            let mut command = Command::new(&programs.wasi_host);
            command.arg(&programs.wasi_guest);
            command
        }
        "CPython" => {
            let mut command = Command::new("python3");
            command.arg(&programs.python);
            command
        }
        _ => bail!("nobody is called {name}"),
    };
    command.args(ports);
    command.arg(if command.get_program() == programs.cli { Path::new("/bench/sparse") } else { file });
    Ok(command)
}

/// A guest under the grants that it needs.
fn sandboxed(guest: &Path, programs: &Programs, ports: &[&str]) -> Result<Command> {
    let [echo, bulk, _] = ports[..] else { bail!("the server's ports are {ports:?}") };
    let mut command = Command::new(&programs.cli);
    command.arg("run").arg("--dir").arg(format!("{}::/bench", programs.directory.display()));
    for port in [echo, bulk] {
        command.args(["--allow", &format!("tcp connect 127.0.0.1:{port}")]);
    }
    // Its own sockets take turns in one row, on ports that the system chooses.
    command.args(["--allow", "udp send 127.0.0.1:*", "--allow", "udp bind 127.0.0.1:0"]);
    command.arg(guest);
    Ok(command)
}

/// The file that is sent: of holes, since what a disk is like is none of the sockets' business.
fn big_file(directory: &Path) -> Result<PathBuf> {
    fs::create_dir_all(directory)?;
    let path = directory.join("sparse");
    fs::File::create(&path)?.set_len(1 << 30)?;
    Ok(path)
}

impl Process {
    fn start(name: &'static str, core: usize, command: &Command) -> Result<Self> {
        let mut pinned = Command::new("taskset");
        pinned.args(["-c", &core.to_string()]).arg(command.get_program()).args(command.get_args());
        let child = pinned.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.context("can't run `taskset` (of util-linux), which pins processes to a core")?;
        let (input, output) = (child.stdin.take(), child.stdout.take().context("a child without its output")?);
        Ok(Self { name, child, input, answers: BufReader::new(output) })
    }

    /// Does what the line says, and returns when it is done.
    pub(super) fn tell(&mut self, line: &str) -> Result<()> {
        let told = self.input.as_mut().map(|input| writeln!(input, "{line}"));
        told.context("a child without its input")?.with_context(|| format!("{} has ended", self.name))?;
        match &*self.answer()? {
            "done" => Ok(()),
            answer => bail!("{} answered `{line}` with `{answer}`", self.name),
        }
    }

    fn answer(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            bail!("{} has ended; what it said is above", self.name);
        }
        Ok(line.trim().to_owned())
    }

    /// The processor's time that all its threads have had. A thread that runs now isn't counted to the end.
    pub(super) fn time(&self) -> Result<Duration> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.child.id())).context("this task needs Linux")? {
            // One that has ended since was not at work for us.
            let Ok(statistics) = fs::read_to_string(thread?.path().join("schedstat")) else { continue };
            let first = statistics.split_whitespace().next().and_then(|number| number.parse::<u64>().ok());
            nanoseconds += first.context("a kernel without schedstat")?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }
}

/// The end of their input is the end of all of them; one that hangs isn't waited for.
impl Drop for Process {
    fn drop(&mut self) {
        self.input = None;
        for _ in 0..100 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
