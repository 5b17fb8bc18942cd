"""Constants: that there are the families of names that the documentation tells of, with Linux's numbers."""

import enum
import socket

from snippet import raises, show, snippet


def named(label: str, names: str) -> None:
    show(label, {name: getattr(socket, name, "missing") for name in names.split()})


@snippet(5, 7, 9)
def families_are_an_enumeration():
    named(
        "values",
        """
        AF_UNSPEC AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET AF_VSOCK AF_ALG AF_TIPC AF_CAN
    """,
    )
    show(
        "all of it",
        {isinstance(getattr(socket, name), socket.AddressFamily) for name in dir(socket) if name[:3] == "AF_"},
    )
    show("bases", socket.AddressFamily.__mro__[1])
    show("as text", str(socket.AF_INET))
    show("as a number", socket.AF_INET + 0)
    show("from a number", socket.AddressFamily(10))


@snippet(6, 10, 11)
def types_are_an_enumeration():
    named("values", "SOCK_STREAM SOCK_DGRAM SOCK_RAW SOCK_RDM SOCK_SEQPACKET SOCK_CLOEXEC SOCK_NONBLOCK")
    show("bases", issubclass(socket.SocketKind, enum.IntEnum))
    show("members", sorted(socket.SocketKind.__members__))


@snippet(8)
def unix_sockets_are_there():
    show("AF_UNIX", hasattr(socket, "AF_UNIX"))


@snippet(12, 13)
def creation_flags_are_no_types():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sock:
        show("type", sock.type)
        show("SO_TYPE", sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_DGRAM)
        raises("doesn't wait", sock.recv, 1)


@snippet(14, 15, 30)
def options_of_sockets_have_names():
    named(
        "values",
        """
        SO_DEBUG SO_REUSEADDR SO_TYPE SO_ERROR SO_DONTROUTE SO_BROADCAST SO_SNDBUF SO_RCVBUF SO_KEEPALIVE
        SO_OOBINLINE SO_LINGER SO_REUSEPORT SO_PASSCRED SO_PEERCRED SO_RCVLOWAT SO_SNDLOWAT SO_RCVTIMEO
        SO_SNDTIMEO SO_BINDTODEVICE SO_ACCEPTCONN SO_PEERSEC SO_PASSSEC SO_MARK SO_PROTOCOL SO_DOMAIN
        SO_PRIORITY SO_INCOMING_CPU SOMAXCONN
    """,
    )


@snippet(16)
def flags_of_messages_are_an_enumeration():
    named(
        "values",
        """
        MSG_OOB MSG_PEEK MSG_DONTROUTE MSG_CTRUNC MSG_TRUNC MSG_DONTWAIT MSG_EOR MSG_WAITALL MSG_CONFIRM
        MSG_ERRQUEUE MSG_NOSIGNAL MSG_MORE MSG_CMSG_CLOEXEC MSG_FASTOPEN
    """,
    )
    show("joined", socket.MSG_PEEK | socket.MSG_TRUNC)
    show("bases", issubclass(socket.MsgFlag, enum.IntFlag))


@snippet(17, 18)
def levels_and_messages_have_names():
    named(
        "levels",
        """
        SOL_SOCKET SOL_IP SOL_TCP SOL_UDP SOL_CAN_BASE SOL_CAN_RAW SOL_ALG SOL_TIPC SOL_RDS
    """,
    )
    named("messages", "SCM_RIGHTS SCM_CREDENTIALS")


@snippet(19, 20, 21)
def protocols_ports_and_addresses_have_names():
    named(
        "protocols",
        """
        IPPROTO_IP IPPROTO_ICMP IPPROTO_IGMP IPPROTO_TCP IPPROTO_EGP IPPROTO_PUP IPPROTO_UDP IPPROTO_IDP
        IPPROTO_IPV6 IPPROTO_RAW IPPROTO_ICMPV6 IPPROTO_ESP IPPROTO_AH IPPROTO_SCTP IPPROTO_UDPLITE
        IPPROTO_MPTCP
    """,
    )
    named("ports", "IPPORT_RESERVED IPPORT_USERRESERVED")
    named(
        "addresses",
        """
        INADDR_ANY INADDR_BROADCAST INADDR_LOOPBACK INADDR_NONE INADDR_UNSPEC_GROUP INADDR_ALLHOSTS_GROUP
        INADDR_MAX_LOCAL_GROUP
    """,
    )


@snippet(22, 23)
def options_of_ip_have_names():
    named(
        "IPv4",
        """
        IP_OPTIONS IP_HDRINCL IP_TOS IP_TTL IP_RECVOPTS IP_RETOPTS IP_RECVRETOPTS IP_MULTICAST_IF
        IP_MULTICAST_TTL IP_MULTICAST_LOOP IP_ADD_MEMBERSHIP IP_DROP_MEMBERSHIP IP_DEFAULT_MULTICAST_TTL
        IP_MAX_MEMBERSHIPS IP_TRANSPARENT
    """,
    )
    named(
        "IPv6",
        """
        IPV6_JOIN_GROUP IPV6_LEAVE_GROUP IPV6_MULTICAST_HOPS IPV6_MULTICAST_IF IPV6_MULTICAST_LOOP
        IPV6_UNICAST_HOPS IPV6_V6ONLY IPV6_CHECKSUM IPV6_DSTOPTS IPV6_HOPLIMIT IPV6_PKTINFO
        IPV6_RECVHOPLIMIT IPV6_RECVPKTINFO IPV6_RECVTCLASS IPV6_RTHDR IPV6_TCLASS
    """,
    )


@snippet(24, 25, 26)
def look_ups_have_names_for_errors_and_flags():
    named(
        "errors",
        """
        EAI_ADDRFAMILY EAI_AGAIN EAI_BADFLAGS EAI_FAIL EAI_FAMILY EAI_MEMORY EAI_NODATA EAI_NONAME
        EAI_OVERFLOW EAI_SERVICE EAI_SOCKTYPE EAI_SYSTEM
    """,
    )
    named("flags", "AI_PASSIVE AI_CANONNAME AI_NUMERICHOST AI_NUMERICSERV AI_ALL AI_V4MAPPED AI_ADDRCONFIG")
    named("of getnameinfo", "NI_MAXHOST NI_MAXSERV NI_NOFQDN NI_NUMERICHOST NI_NAMEREQD NI_NUMERICSERV NI_DGRAM")
    show("joined", socket.AI_PASSIVE | socket.AI_NUMERICHOST)


@snippet(27, 30)
def options_of_tcp_have_names():
    named(
        "values",
        """
        TCP_NODELAY TCP_MAXSEG TCP_CORK TCP_KEEPIDLE TCP_KEEPINTVL TCP_KEEPCNT TCP_SYNCNT TCP_LINGER2
        TCP_DEFER_ACCEPT TCP_WINDOW_CLAMP TCP_INFO TCP_QUICKACK TCP_FASTOPEN TCP_CONGESTION TCP_USER_TIMEOUT
        TCP_NOTSENT_LOWAT
    """,
    )


@snippet(28, 183)
def the_names_are_options_arguments():
    with socket.socket() as sock:
        for level, name in (("SOL_SOCKET", "SO_KEEPALIVE"), ("IPPROTO_IP", "IP_TTL"), ("IPPROTO_TCP", "TCP_NODELAY")):
            sock.setsockopt(getattr(socket, level), getattr(socket, name), 7 if name == "IP_TTL" else 1)
            show(name, sock.getsockopt(getattr(socket, level), getattr(socket, name)))


@snippet(29)
def names_of_other_systems_are_missing():
    named(
        "missing",
        """
        SO_EXCLUSIVEADDRUSE SO_USELOOPBACK AF_LINK AF_SYSTEM LOCAL_PEERCRED SIO_RCVALL RCVALL_ON
        TCP_KEEPALIVE AF_HYPERV SO_SETFIB
    """,
    )
    named("with a default", "IPPORT_RESERVED INADDR_UNSPEC_GROUP IPPROTO_TCP")


@snippet(32, 33, 34, 35, 36)
def can_has_names():
    named("families", "AF_CAN PF_CAN SOL_CAN_BASE SOL_CAN_RAW")
    named("protocols", "CAN_RAW CAN_BCM CAN_ISOTP CAN_J1939")
    named("flags", "CAN_EFF_FLAG CAN_RTR_FLAG CAN_ERR_FLAG CAN_SFF_MASK CAN_EFF_MASK CAN_ERR_MASK")
    named("options", "CAN_RAW_FILTER CAN_RAW_LOOPBACK CAN_RAW_RECV_OWN_MSGS CAN_RAW_FD_FRAMES CAN_RAW_JOIN_FILTERS")
    named(
        "broadcasts",
        "CAN_BCM_TX_SETUP CAN_BCM_TX_DELETE CAN_BCM_TX_READ CAN_BCM_TX_SEND CAN_BCM_RX_SETUP CAN_BCM_RX_DELETE",
    )
    named(
        "their flags",
        """
        CAN_BCM_SETTIMER CAN_BCM_STARTTIMER CAN_BCM_TX_COUNTEVT CAN_BCM_RX_ANNOUNCE_RESUME
        CAN_BCM_CAN_FD_FRAME
    """,
    )


@snippet(37, 38)
def packets_have_names():
    named(
        "values",
        """
        AF_PACKET PF_PACKET PACKET_HOST PACKET_BROADCAST PACKET_MULTICAST PACKET_OTHERHOST PACKET_OUTGOING
        PACKET_LOOPBACK PACKET_FASTROUTE
    """,
    )


@snippet(39, 40)
def rds_has_names():
    named("values", "AF_RDS PF_RDS SOL_RDS")


@snippet(45)
def tipc_has_names():
    named(
        "values",
        """
        AF_TIPC SOL_TIPC TIPC_ADDR_NAMESEQ TIPC_ADDR_NAME TIPC_ADDR_ID TIPC_ZONE_SCOPE TIPC_CLUSTER_SCOPE
        TIPC_NODE_SCOPE TIPC_IMPORTANCE TIPC_SRC_DROPPABLE TIPC_DEST_DROPPABLE TIPC_CONN_TIMEOUT
        TIPC_LOW_IMPORTANCE TIPC_CRITICAL_IMPORTANCE TIPC_SUB_PORTS TIPC_SUB_SERVICE TIPC_SUB_CANCEL
        TIPC_WAIT_FOREVER TIPC_PUBLISHED TIPC_WITHDRAWN TIPC_SUBSCR_TIMEOUT TIPC_CFG_SRV TIPC_TOP_SRV
    """,
    )


@snippet(46, 47)
def alg_has_names():
    named(
        "values",
        """
        AF_ALG SOL_ALG ALG_SET_KEY ALG_SET_IV ALG_SET_OP ALG_SET_AEAD_ASSOCLEN ALG_SET_AEAD_AUTHSIZE
        ALG_OP_DECRYPT ALG_OP_ENCRYPT
    """,
    )


@snippet(49)
def ipv6_is_there():
    show("has_ipv6", socket.has_ipv6)
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        sock.bind(("::1", 0))
        show("works", sock.getsockname()[0])


@snippet(9, 260)
def other_families_have_names():
    named(
        "vsock",
        """
        AF_VSOCK VMADDR_CID_ANY VMADDR_CID_HOST VMADDR_PORT_ANY SO_VM_SOCKETS_BUFFER_SIZE
        SO_VM_SOCKETS_BUFFER_MAX_SIZE
    """,
    )
    named("netlink", "AF_NETLINK NETLINK_ROUTE NETLINK_USERSOCK NETLINK_XFRM NETLINK_CRYPTO")
    named("qipcrtr", "AF_QIPCRTR")
    named("UDP-Lite", "UDPLITE_SEND_CSCOV UDPLITE_RECV_CSCOV")
    named("J1939", "J1939_MAX_UNICAST_ADDR J1939_IDLE_ADDR J1939_NO_ADDR J1939_NO_NAME J1939_PGN_MAX J1939_FILTER_MAX")


@snippet(16, 24)
def enumerations_are_made_for_exports():
    show("repr of a flag", repr(socket.MSG_DONTWAIT))
    show("repr of an error's code", repr(socket.EAI_NONAME))
    show(
        "in __all__",
        [
            name in socket.__all__
            for name in ("AF_INET", "socket", "create_connection", "fromfd", "AddressFamily", "error")
        ],
    )
    show("format", f"{socket.SOCK_STREAM}")
