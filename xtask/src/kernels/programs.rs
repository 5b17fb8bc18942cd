//! The programs that have tests for other kernels.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::Kernel;
use super::boot::HERE;
use super::report::{Report, Said, Test};

/// The programs of the files that have such tests, built.
pub(super) fn build(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join("tests/tests");
    // A file, or one with modules in a folder of the same name.
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("can't read {}", folder.display()))? {
        let path = entry?.path();
        if asks_for_a_kernel(&path)? {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["test", "--no-run", "--message-format=json-render-diagnostics"]).current_dir(root);
    for name in &names {
        cargo.args(["--test", name]);
    }
    let output = cargo.stderr(Stdio::inherit()).output().context("can't run cargo")?;
    if !output.status.success() {
        bail!("the tests don't compile");
    }
    let mut built = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).context("cargo says what is no JSON")?;
        if let (Some(name), Some(path)) = (message["target"]["name"].as_str(), message["executable"].as_str()) {
            built.insert(name.to_owned(), PathBuf::from(path));
        }
    }
    names.iter().map(|name| built.remove(name).with_context(|| format!("cargo built no {name}"))).collect()
}

/// Whether a file, or one below a folder, has such tests.
fn asks_for_a_kernel(path: &Path) -> Result<bool> {
    if !path.is_dir() {
        return Ok(fs::read_to_string(path).is_ok_and(|text| text.contains("kernel::with(")));
    }
    for entry in fs::read_dir(path).with_context(|| format!("can't read {}", path.display()))? {
        if asks_for_a_kernel(&entry?.path())? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The tests of theirs that take another kernel, as they say themselves when they are run here. That also compiles the
/// guests, for which an emulated processor would take minutes.
pub(super) fn tests(programs: &[PathBuf], filters: &[String]) -> Result<Vec<Test>> {
    let mut tests = Vec::new();
    for program in programs {
        let mut command = Command::new(program);
        command.args(filters).env(HERE, "none").stderr(Stdio::null());
        let output = command.output().with_context(|| format!("can't run {}", program.display()))?;
        for said in String::from_utf8_lossy(&output.stdout).lines().filter_map(Said::parse) {
            if said.outcome == "takes" {
                let (family, name, program) = (said.family.into(), said.name.into(), program.clone());
                let kernels =
                    Kernel::ALL.into_iter().filter(|kernel| said.why.split(' ').any(|word| word == kernel.name()));
                tests.push(Test { family, name, program, kernels: kernels.collect(), outcomes: BTreeMap::new() });
            }
        }
    }
    Ok(tests)
}

/// Runs all that a kernel has, one program after the other; none where it has nothing to run.
pub(super) fn script(report: &Report, kernel: Kernel) -> Option<String> {
    let mut by_program: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
    for test in report.tests.iter().filter(|test| test.kernels.contains(&kernel)) {
        by_program.entry(&test.program).or_default().push(&test.name);
    }
    let mut script = String::from("ended=0");
    for (program, names) in &by_program {
        // Tests' names are identifiers, which a shell takes as they are.
        let _ = write!(script, "\n'{}' --exact {} 2>&1 || ended=1", program.display(), names.join(" "));
    }
    script.push_str("\nexit $ended");
    (!by_program.is_empty()).then_some(script)
}
