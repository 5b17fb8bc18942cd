//! `wallsocket_host::fuzzing::layouts`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wallsocket_host::fuzzing::layouts(data));
