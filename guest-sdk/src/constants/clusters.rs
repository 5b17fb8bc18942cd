//! Messages within clusters: TIPC and RDS.

/// `AF_TIPC`: address family.
pub const AF_TIPC: i32 = 30;
/// `SOL_TIPC`: option level.
pub const SOL_TIPC: i32 = 271;
/// `TIPC_ADDR_ID`: `AF_TIPC`.
pub const TIPC_ADDR_ID: i32 = 3;
/// `TIPC_ADDR_NAME`: `AF_TIPC`.
pub const TIPC_ADDR_NAME: i32 = 2;
/// `TIPC_ADDR_NAMESEQ`: `AF_TIPC`.
pub const TIPC_ADDR_NAMESEQ: i32 = 1;
/// `TIPC_CFG_SRV`: `AF_TIPC`.
pub const TIPC_CFG_SRV: i32 = 0;
/// `TIPC_CLUSTER_SCOPE`: `AF_TIPC`.
pub const TIPC_CLUSTER_SCOPE: i32 = 2;
/// `TIPC_CONN_TIMEOUT`: level `SOL_TIPC`, int (u32 ms).
pub const TIPC_CONN_TIMEOUT: i32 = 130;
/// `TIPC_CRITICAL_IMPORTANCE`: `AF_TIPC`.
pub const TIPC_CRITICAL_IMPORTANCE: i32 = 3;
/// `TIPC_DEST_DROPPABLE`: level `SOL_TIPC`, bool (int).
pub const TIPC_DEST_DROPPABLE: i32 = 129;
/// `TIPC_HIGH_IMPORTANCE`: `AF_TIPC`.
pub const TIPC_HIGH_IMPORTANCE: i32 = 2;
/// `TIPC_IMPORTANCE`: level `SOL_TIPC`, int (TIPC_*_IMPORTANCE).
pub const TIPC_IMPORTANCE: i32 = 127;
/// `TIPC_LOW_IMPORTANCE`: `AF_TIPC`.
pub const TIPC_LOW_IMPORTANCE: i32 = 0;
/// `TIPC_MEDIUM_IMPORTANCE`: `AF_TIPC`.
pub const TIPC_MEDIUM_IMPORTANCE: i32 = 1;
/// `TIPC_NODE_SCOPE`: `AF_TIPC`.
pub const TIPC_NODE_SCOPE: i32 = 3;
/// `TIPC_PUBLISHED`: `AF_TIPC`.
pub const TIPC_PUBLISHED: i32 = 1;
/// `TIPC_SRC_DROPPABLE`: level `SOL_TIPC`, bool (int).
pub const TIPC_SRC_DROPPABLE: i32 = 128;
/// `TIPC_SUBSCR_TIMEOUT`: `AF_TIPC`.
pub const TIPC_SUBSCR_TIMEOUT: i32 = 3;
/// `TIPC_SUB_CANCEL`: `AF_TIPC`.
pub const TIPC_SUB_CANCEL: i32 = 4;
/// `TIPC_SUB_PORTS`: `AF_TIPC`.
pub const TIPC_SUB_PORTS: i32 = 1;
/// `TIPC_SUB_SERVICE`: `AF_TIPC`.
pub const TIPC_SUB_SERVICE: i32 = 2;
/// `TIPC_TOP_SRV`: `AF_TIPC`.
pub const TIPC_TOP_SRV: i32 = 1;
/// `TIPC_WAIT_FOREVER`: `AF_TIPC`.
pub const TIPC_WAIT_FOREVER: i32 = -1;
/// `TIPC_WITHDRAWN`: `AF_TIPC`.
pub const TIPC_WITHDRAWN: i32 = 2;
/// `TIPC_ZONE_SCOPE`: `AF_TIPC`.
pub const TIPC_ZONE_SCOPE: i32 = 1;

/// `AF_RDS`: address family.
pub const AF_RDS: i32 = 21;
/// `PF_RDS`: protocol family.
pub const PF_RDS: i32 = 21;
/// `RDS_CANCEL_SENT_TO`: level `SOL_RDS`, bytes `struct sockaddr_in 16B`.
pub const RDS_CANCEL_SENT_TO: i32 = 1;
/// `RDS_CMSG_RDMA_ARGS`: control message of level `SOL_RDS`, `struct rds_rdma_args`.
pub const RDS_CMSG_RDMA_ARGS: i32 = 1;
/// `RDS_CMSG_RDMA_DEST`: control message of level `SOL_RDS`, `rds_rdma_cookie_t u64`.
pub const RDS_CMSG_RDMA_DEST: i32 = 2;
/// `RDS_CMSG_RDMA_MAP`: control message of level `SOL_RDS`, `struct rds_get_mr_args`.
pub const RDS_CMSG_RDMA_MAP: i32 = 3;
/// `RDS_CMSG_RDMA_STATUS`: control message of level `SOL_RDS`, `struct rds_rdma_notify`.
pub const RDS_CMSG_RDMA_STATUS: i32 = 4;
/// `RDS_CONG_MONITOR`: level `SOL_RDS`, bool (int).
pub const RDS_CONG_MONITOR: i32 = 6;
/// `RDS_FREE_MR`: level `SOL_RDS`, bytes `struct rds_free_mr_args`.
pub const RDS_FREE_MR: i32 = 3;
/// `RDS_GET_MR`: level `SOL_RDS`, bytes `struct rds_get_mr_args`.
pub const RDS_GET_MR: i32 = 2;
/// `RDS_GET_MR_FOR_DEST`: level `SOL_RDS`, bytes `struct rds_get_mr_for_dest_args`.
pub const RDS_GET_MR_FOR_DEST: i32 = 7;
/// `RDS_RDMA_DONTWAIT`: `AF_RDS`.
pub const RDS_RDMA_DONTWAIT: i32 = 16;
/// `RDS_RDMA_FENCE`: `AF_RDS`.
pub const RDS_RDMA_FENCE: i32 = 2;
/// `RDS_RDMA_INVALIDATE`: `AF_RDS`.
pub const RDS_RDMA_INVALIDATE: i32 = 4;
/// `RDS_RDMA_NOTIFY_ME`: `AF_RDS`.
pub const RDS_RDMA_NOTIFY_ME: i32 = 32;
/// `RDS_RDMA_READWRITE`: `AF_RDS`.
pub const RDS_RDMA_READWRITE: i32 = 1;
/// `RDS_RDMA_SILENT`: `AF_RDS`.
pub const RDS_RDMA_SILENT: i32 = 64;
/// `RDS_RDMA_USE_ONCE`: `AF_RDS`.
pub const RDS_RDMA_USE_ONCE: i32 = 8;
/// `RDS_RECVERR`: level `SOL_RDS`, bool (int).
pub const RDS_RECVERR: i32 = 5;
/// `SOL_RDS`: option level.
pub const SOL_RDS: i32 = 276;
