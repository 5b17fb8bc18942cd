//! Messages within clusters: TIPC and RDS.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Options of `AF_TIPC`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_TIPC: i32 = 271;

/// Address: a socket by its identity.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_ADDR_ID: i32 = 3;

/// Address: one instance of a service.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_ADDR_NAME: i32 = 2;

/// Address: a range of instances.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_ADDR_NAMESEQ: i32 = 1;

/// Service of the node itself.
///
/// The kernel offers it no more.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_CFG_SRV: i32 = 0;

/// Known in the cluster.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_CLUSTER_SCOPE: i32 = 2;

/// How long connecting waits.
///
/// An option of level `SOL_TIPC`: `int (u32 ms)`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_CONN_TIMEOUT: i32 = 130;

/// Importance: critical.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_CRITICAL_IMPORTANCE: i32 = 3;

/// A full receiver drops messages, instead of sending them back.
///
/// An option of level `SOL_TIPC`: `bool`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_DEST_DROPPABLE: i32 = 129;

/// Importance: high.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_HIGH_IMPORTANCE: i32 = 2;

/// How important messages are.
///
/// An option of level `SOL_TIPC`: `int (TIPC_*_IMPORTANCE)`. 0 to 3 alone: others are messages of the kernel's own.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_IMPORTANCE: i32 = 127;

/// Importance: low.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_LOW_IMPORTANCE: i32 = 0;

/// Importance: medium.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_MEDIUM_IMPORTANCE: i32 = 1;

/// Known on the node.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_NODE_SCOPE: i32 = 3;

/// Event: an instance is there.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_PUBLISHED: i32 = 1;

/// A congested link drops messages.
///
/// An option of level `SOL_TIPC`: `bool`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_SRC_DROPPABLE: i32 = 128;

/// Event: the subscription is over.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_SUBSCR_TIMEOUT: i32 = 3;

/// Subscription: end it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_SUB_CANCEL: i32 = 4;

/// Subscription: tell of each instance.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_SUB_PORTS: i32 = 1;

/// Subscription: tell of the first and the last instance.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_SUB_SERVICE: i32 = 2;

/// Service that tells who is there.
///
/// Needs the grant `tipc connect 1:1`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_TOP_SRV: i32 = 1;

/// Subscription: without an end.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_WAIT_FOREVER: i32 = -1;

/// Event: an instance is gone.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_WITHDRAWN: i32 = 2;

/// Known in the whole network.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TIPC_ZONE_SCOPE: i32 = 1;

/// Forget what is queued for a peer.
///
/// An option of level `SOL_RDS`, to be set: `struct sockaddr_in 16B`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_CANCEL_SENT_TO: i32 = 1;

/// Begin a remote copy.
///
/// A control message of level `SOL_RDS`: `struct rds_rdma_args`. Refused with `EINVAL`: it has addresses of memory in
/// it. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_CMSG_RDMA_ARGS: i32 = 1;

/// Where a remote copy goes.
///
/// A control message of level `SOL_RDS`: `rds_rdma_cookie_t u64`. Refused with `EINVAL`: it has addresses of memory
/// in it. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_CMSG_RDMA_DEST: i32 = 2;

/// Register memory for a remote copy.
///
/// A control message of level `SOL_RDS`: `struct rds_get_mr_args`. Refused with `EINVAL`: it has addresses of memory
/// in it. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_CMSG_RDMA_MAP: i32 = 3;

/// What became of a remote copy.
///
/// A control message of level `SOL_RDS`: `struct rds_rdma_notify`. Refused with `EINVAL`: without remote copies there
/// is none. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_CMSG_RDMA_STATUS: i32 = 4;

/// Tell when congestion changes.
///
/// An option of level `SOL_RDS`, to be set: `bool`. Most builds of Python lack it; the message is
/// RDS_CMSG_CONG_UPDATE, 5, with a bit for each port modulo 64.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_CONG_MONITOR: i32 = 6;

/// Release registered memory.
///
/// An option of level `SOL_RDS`, to be set: `struct rds_free_mr_args`. Refused with `EOPNOTSUPP`: it has addresses of
/// memory in it. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_FREE_MR: i32 = 3;

/// Register memory.
///
/// An option of level `SOL_RDS`, to be set: `struct rds_get_mr_args`. Refused with `EOPNOTSUPP`: it has addresses of
/// memory in it. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_GET_MR: i32 = 2;

/// Register memory for one peer.
///
/// An option of level `SOL_RDS`, to be set: `struct rds_get_mr_for_dest_args`. Refused with `EOPNOTSUPP`: it has
/// addresses of memory in it. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_GET_MR_FOR_DEST: i32 = 7;

/// Remote copy: don't wait.
///
/// Refused with `EINVAL`: a part of `RDS_CMSG_RDMA_ARGS`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_RDMA_DONTWAIT: i32 = 16;

/// Remote copy: after those before.
///
/// Refused with `EINVAL`: a part of `RDS_CMSG_RDMA_ARGS`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_RDMA_FENCE: i32 = 2;

/// Remote copy: invalidate the memory's key.
///
/// Refused with `EINVAL`: a part of `RDS_CMSG_RDMA_ARGS`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_RDMA_INVALIDATE: i32 = 4;

/// Remote copy: tell its end.
///
/// Refused with `EINVAL`: a part of `RDS_CMSG_RDMA_ARGS`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_RDMA_NOTIFY_ME: i32 = 32;

/// Remote copy: write, not read.
///
/// Refused with `EINVAL`: a part of `RDS_CMSG_RDMA_ARGS`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_RDMA_READWRITE: i32 = 1;

/// Remote copy: don't interrupt the peer.
///
/// Refused with `EINVAL`: a part of `RDS_CMSG_RDMA_ARGS`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_RDMA_SILENT: i32 = 64;

/// Remote copy: the memory's key is good once.
///
/// Refused with `EINVAL`: a part of `RDS_CMSG_RDMA_ARGS`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_RDMA_USE_ONCE: i32 = 8;

/// Receive what became of remote copies.
///
/// An option of level `SOL_RDS`: `bool`. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const RDS_RECVERR: i32 = 5;

/// Options and messages of `AF_RDS`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_RDS: i32 = 276;
