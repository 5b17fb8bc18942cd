//! `wallsocket_host::fuzzing::netlink`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wallsocket_host::fuzzing::netlink(data));
