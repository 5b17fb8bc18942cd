//! `wallsocket_host::fuzzing::addresses`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wallsocket_host::fuzzing::addresses(data));
