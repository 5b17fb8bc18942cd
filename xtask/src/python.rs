//! `cargo xtask python`: the Python SDK's suites, with all that they need.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace;

/// The SDK, below the workspace.
const SDK: &str = "guest-sdk/python";

/// Run the Python SDK's suites: all of them, or those that are named
///
/// Makes a virtual environment in target/python, with the SDK and componentize-py from PyPI, and builds the command
/// `wallsocket` and the interpreter component that runs the guests' scripts. Each is made again only after a change.
#[derive(Debug, clap::Args)]
pub(crate) struct Python {
    /// Suites of guest-sdk/python/tests: `build` is tests.test_build; with dots, any name that unittest takes
    suites: Vec<String>,
}

impl Python {
    pub(crate) fn run(&self) -> Result<()> {
        let setup = Setup::make()?;
        let mut tests = setup.python(&["-m", "unittest"]);
        for suite in &self.suites {
            tests.arg(if suite.contains('.') { suite.clone() } else { format!("tests.test_{suite}") });
        }
        run(tests.current_dir(&setup.sdk))
    }
}

/// What programs of the Python SDK need to be built and run.
#[derive(Debug)]
pub(crate) struct Setup {
    /// The Python of a virtual environment that has the SDK.
    pub(crate) python: PathBuf,
    /// The command `wallsocket`.
    pub(crate) cli: PathBuf,
    /// The interpreter as a component.
    pub(crate) component: PathBuf,
    /// guest-sdk/python.
    pub(crate) sdk: PathBuf,
}

impl Setup {
    /// Makes what isn't there yet, or isn't up to date.
    pub(crate) fn make() -> Result<Self> {
        let root = workspace()?;
        let python = environment(&root)?;
        let cli = command(&root)?;
        let component = component(&root, &python, "python", &["--interpreter".as_ref()], None)?;
        Ok(Setup { python, cli, component, sdk: root.join(SDK) })
    }

    /// A command of the environment's Python, for which the variables are set that the tests' `support` reads.
    pub(crate) fn python(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.python);
        command.args(arguments);
        command.env("WALLSOCKET_CLI", &self.cli).env("WALLSOCKET_PYTHON_COMPONENT", &self.component);
        command
    }
}

/// The component of a program in Python.
pub(crate) fn program(program: &Path) -> Result<PathBuf> {
    let root = workspace()?;
    let name = program.file_stem().context("a program without a name")?;
    component(&root, &environment(&root)?, &name.to_string_lossy(), &[program.as_os_str()], Some(program))
}

/// A virtual environment, made unless it is there; gives its Python.
pub(crate) fn virtual_environment(venv: &Path) -> Result<PathBuf> {
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        let system = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let check = "import sys; sys.exit(sys.version_info < (3, 11))";
        if !Command::new(&system).args(["-c", check]).status().context("can't run python3")?.success() {
            bail!("the Python SDK needs Python 3.11 or newer; name one: PYTHON=python3.13 cargo xtask python");
        }
        run(Command::new(&system).args(["-m", "venv"]).arg(venv))?;
    }
    Ok(python)
}

/// The interpreter as a component that has the modules of a folder, one of which is imported while it is built.
pub(crate) fn interpreter_with(name: &str, folder: &Path, preload: &str) -> Result<PathBuf> {
    let root = workspace()?;
    let arguments = ["--interpreter", "--preload", preload, "--site-packages"].map(OsStr::new);
    let arguments = [&arguments[..], &[folder.as_os_str()]].concat();
    component(&root, &environment(&root)?, name, &arguments, Some(folder))
}

/// The command `wallsocket`: what `WALLSOCKET_CLI` names, else what `cargo build` makes.
pub(crate) fn cli() -> Result<PathBuf> {
    command(&workspace()?)
}

/// A virtual environment with the SDK as it stands here; gives its Python. tests/componentize/run uses it too.
fn environment(root: &Path) -> Result<PathBuf> {
    let (venv, sdk) = (root.join("target/python/venv"), root.join(SDK));
    let python = virtual_environment(&venv)?;
    let project = sdk.join("pyproject.toml");
    let wanted = fs::read(&project).with_context(|| format!("can't read {}", project.display()))?;
    let installed = venv.join("installed.toml");
    if fs::read(&installed).is_ok_and(|before| before == wanted) {
        return Ok(python);
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable"];
    run(Command::new(&python).args(pip).arg(&sdk))?;
    fs::write(&installed, wanted).with_context(|| format!("can't write {}", installed.display()))?;
    Ok(python)
}

fn command(root: &Path) -> Result<PathBuf> {
    if let Some(named) = env::var_os("WALLSOCKET_CLI") {
        return Ok(named.into());
    }
    // All of it, and not the command alone: with other features cargo would build wasmtime a second time.
    run(Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())).arg("build").current_dir(root))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("debug").join(format!("wallsocket{}", env::consts::EXE_SUFFIX)))
}

/// The component that these arguments of `wallsocket-py build` ask for, in a file that is named by what it is made of: the SDK
/// and `source`.
fn component(root: &Path, python: &Path, name: &str, arguments: &[&OsStr], source: Option<&Path>) -> Result<PathBuf> {
    let target = root.join("target/python");
    let mut hasher = DefaultHasher::new();
    let parts = ["guest-sdk/python/wallsocket", "guest-sdk/python/pyproject.toml", "wit"].map(|part| root.join(part));
    for part in parts.iter().map(PathBuf::as_path).chain(source) {
        for file in files(part)? {
            file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
            fs::read(&file).with_context(|| format!("can't read {}", file.display()))?.hash(&mut hasher);
        }
    }
    let component = target.join(format!("{name}-{:016x}.wasm", hasher.finish()));
    if !component.exists() {
        // What older sources made is of no use any more.
        let older = |path: &Path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            path.parent() == Some(&target) && file.starts_with(&format!("{name}-")) && file.ends_with(".wasm")
        };
        for old in files(&target)?.into_iter().filter(|path| older(path)) {
            fs::remove_file(&old).with_context(|| format!("can't remove {}", old.display()))?;
        }
        run(Command::new(python).args(["-m", "wallsocket", "build", "-o"]).arg(&component).args(arguments))?;
    }
    Ok(component)
}

/// The files below a directory, in an order that is always the same; a file is itself. What Python caches is left out.
fn files(path: &Path) -> Result<BTreeSet<PathBuf>> {
    if !path.is_dir() {
        return Ok(BTreeSet::from([path.to_owned()]));
    }
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(path).with_context(|| format!("can't read {}", path.display()))? {
        let entry = entry?;
        // The contract, which is a link here, is hashed where it is.
        if entry.file_name() == "__pycache__" || entry.file_name() == "venv" || entry.file_type()?.is_symlink() {
            continue;
        }
        found.extend(files(&entry.path())?);
    }
    Ok(found)
}

pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("can't run {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}
