//! The contract itself, beneath the SDK: bound anew here, and every function of it called.

mod absent;
mod hostile;
mod once;
mod values;

pub(crate) use absent::what_the_host_has_not_is_refused_as_a_kernel_without_it_would;
pub(crate) use hostile::{hostile_calls_by_bytes, hostile_calls_in_any_order};
pub(crate) use once::{batches_that_do_not_add_up, every_function_can_be_called};

// Generated code isn't ours to lint.
#[allow(missing_docs, unsafe_code, unreachable_pub, clippy::all)]
mod bindings {
    wit_bindgen::generate!({
        path: "../../wit",
        world: "imports",
        // The SDK binds the same world, and two descriptions under one name would run into each other.
        type_section_suffix: "contract",
        with: {
            "wasi:io/error@0.2.12": wasip2::io::error,
            "wasi:io/poll@0.2.12": wasip2::io::poll,
            "wasi:io/streams@0.2.12": wasip2::io::streams,
            "wasi:clocks/wall-clock@0.2.12": wasip2::clocks::wall_clock,
            "wasi:filesystem/types@0.2.12": wasip2::filesystem::types,
        },
    });
}

use bindings::wallsocket::socket::{
    files, messages, names, network_interfaces, options, permissions, poll, sharing, sockets, transfer, types,
};
use wasip2::filesystem::types::{Descriptor, DescriptorFlags, OpenFlags, PathFlags};

/// A file of five bytes, in the first directory that the guest was given.
fn a_file() -> Descriptor {
    let (directory, _) = wasip2::filesystem::preopens::get_directories().into_iter().next().expect("a directory");
    let file = directory
        .open_at(PathFlags::empty(), "five-bytes", OpenFlags::CREATE, DescriptorFlags::READ | DescriptorFlags::WRITE)
        .expect("a file can be made in it");
    file.write(b"bytes", 0).expect("it can be written to");
    file
}
