//! How much of the host one guest may use.

/// What one guest may use at most; beyond it a call fails at once, with the errno each field names.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Open sockets, each duplicate, each pollable and each opaque handle counted as one: `EMFILE`. 4,096 unless set otherwise.
    pub sockets: usize,
    /// Interests in one call of `poll`: `EINVAL`. 4,096 unless set otherwise.
    pub poll_interests: usize,
    /// Look-ups under way: `EAI_AGAIN`. 8 unless set otherwise.
    pub lookups: usize,
    /// Threads that may be blocked on its behalf, by a disk of which it sends a file or a socket that others hold as well: further calls wait their turn. 8
    /// unless set otherwise.
    pub transfers: usize,
    /// Sockets shared with other guests and not redeemed yet, each of which counts as an open socket too: `EMFILE`. 64
    /// unless set otherwise.
    pub shares: usize,
    /// Bytes of `SO_RCVBUF` and of `SO_SNDBUF`: clamped to it. 4 MiB unless set otherwise.
    pub buffer_bytes: i32,
    /// Descriptors that were passed (`SCM_RIGHTS`) and not received yet: `ETOOMANYREFS`. 1,024 unless set otherwise.
    pub descriptors_in_flight: usize,
    /// Connections that may wait to be accepted: clamped to it. 4,096 unless set otherwise.
    pub backlog: i32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sockets: 4096,
            poll_interests: 4096,
            lookups: 8,
            transfers: 8,
            shares: 64,
            buffer_bytes: 4 << 20,
            descriptors_in_flight: 1024,
            backlog: 4096,
        }
    }
}
