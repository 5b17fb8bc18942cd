//! `wallsocket_host::fuzzing::lines`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wallsocket_host::fuzzing::lines(data));
