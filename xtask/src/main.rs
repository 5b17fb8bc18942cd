//! `cargo xtask`: what people would otherwise script by hand.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;

mod bench;
mod conformance;
mod generate;
mod kernels;
mod load;
mod python;
mod schema;
mod tour;

/// The workspace's own tools.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
enum Task {
    Bench(bench::Bench),
    Conformance(conformance::Conformance),
    Generate(generate::Generate),
    Kernels(kernels::Kernels),
    Load(load::Load),
    Python(python::Python),
    Schema(schema::Schema),
    Tour(tour::Tour),
}

fn main() -> Result<()> {
    match Task::parse() {
        Task::Bench(bench) => bench.run(),
        Task::Conformance(conformance) => conformance.run(),
        Task::Generate(generate) => generate.run(),
        Task::Kernels(kernels) => kernels.run(),
        Task::Load(load) => load.run(),
        Task::Python(python) => python.run(),
        Task::Schema(schema) => schema.run(),
        Task::Tour(tour) => tour.run(),
    }
}

/// The workspace's directory.
fn workspace() -> Result<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).context("xtask has no directory above it")
}
