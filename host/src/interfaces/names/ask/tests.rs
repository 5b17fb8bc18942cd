use super::*;
use crate::limits::Limits;
use crate::permissions::Permissions;

/// A guest that may do what the lines say.
fn guest(lines: &[&str]) -> SocketCtx {
    let builder = lines.iter().fold(Permissions::builder(), |builder, line| builder.allow(line).unwrap());
    SocketCtx::builder().permissions(builder.build()).build()
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// `EAI_*` or `h_errno`.
fn code<T: std::fmt::Debug>(result: Result<T>) -> i32 {
    match result {
        Err(Error::NameLookup(code) | Error::HostLookup(code)) => code,
        Err(Error::OverLimit { error, .. }) => code(Err::<T, _>(*error)),
        other => panic!("no failed look-up: {other:?}"),
    }
}

/// The line that a refusal proposes.
fn proposed<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Denied(denial)) => denial.grant().unwrap_or_default().to_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

const NO_HINTS: Hints = Hints { family: 0, socket_type: 0, protocol: 0, flags: 0 };

async fn getaddrinfo_of(ctx: &mut SocketCtx, host: &str, hints: Hints) -> Result<Vec<AddressInfo>> {
    getaddrinfo(ctx, Some(host.to_owned()), Some("80".to_owned()), hints).await
}

#[tokio::test]
async fn numbers_need_no_grant() {
    let ctx = &mut guest(&[]);
    for host in ["127.0.0.1", "127.1", "::1", "fe80::1%1"] {
        assert!(!getaddrinfo_of(ctx, host, NO_HINTS).await.unwrap().is_empty(), "{host}");
    }
    assert!(!getaddrinfo(ctx, None, Some("http".to_owned()), NO_HINTS).await.unwrap().is_empty());
    assert!(!getaddrinfo_of(ctx, "*", NO_HINTS).await.unwrap().is_empty());
    assert_eq!(gethostbyname(ctx, "127.1").await.unwrap(), Ipv4Addr::LOCALHOST);
    assert_eq!(gethostbyname_ex(ctx, "127.1".to_owned()).await.unwrap().addresses, [ip("127.0.0.1")]);
}

#[tokio::test]
async fn names_need_a_grant() {
    let ctx = &mut guest(&[]);
    let line = "dns lookup name.invalid";
    assert_eq!(proposed(getaddrinfo_of(ctx, "name.invalid", NO_HINTS).await), line);
    assert_eq!(proposed(gethostbyname(ctx, "name.invalid").await), line);
    assert_eq!(proposed(gethostbyname_ex(ctx, "name.invalid".to_owned()).await), line);
    assert_eq!(proposed(gethostbyaddr(ctx, "name.invalid").await), line);
    let refused = resolve(ctx, "name.invalid", system::AF_INET, Some(Transport::Tcp), 80, 0, 0).await;
    assert_eq!(proposed(refused), "tcp connect name.invalid:80");
}

#[tokio::test]
async fn an_address_needs_a_grant_to_get_its_name() {
    let address = "127.0.0.1:80".parse().unwrap();
    let ctx = &mut guest(&[]);
    assert_eq!(proposed(gethostbyaddr(ctx, "127.0.0.1").await), "dns reverse 127.0.0.1");
    assert_eq!(proposed(getnameinfo(ctx, address, 0).await), "dns reverse 127.0.0.1");
    let numbers = system::NI_NUMERICHOST;
    assert_eq!(getnameinfo(ctx, address, numbers).await.unwrap().1, "http");
    assert_eq!(getnameinfo(ctx, address, numbers | system::NI_NUMERICSERV).await.unwrap().1, "80");

    let ctx = &mut guest(&["dns reverse 127.0.0.0/8"]);
    let entry = gethostbyaddr(ctx, "127.0.0.1").await.unwrap();
    assert_eq!(getnameinfo(ctx, address, 0).await.unwrap(), (entry.name, "http".to_owned()));
}

#[tokio::test]
async fn a_granted_name_resolves() {
    let ctx = &mut guest(&["dns lookup localhost", "dns reverse 127.0.0.0/8", "dns reverse ::1/128"]);
    let found = getaddrinfo_of(ctx, "LocalHost.", NO_HINTS).await.unwrap();
    assert!(found.iter().all(|info| info.address.ip().is_loopback()));
    assert_eq!(gethostbyname(ctx, "localhost").await.unwrap(), Ipv4Addr::LOCALHOST);
    let entry = gethostbyname_ex(ctx, "localhost".to_owned()).await.unwrap();
    assert!(entry.addresses.contains(&ip("127.0.0.1")));
    let resolved = resolve(ctx, "localhost", system::AF_INET, None, 80, 0, 0).await.unwrap();
    assert_eq!(resolved, [Address::Inet("127.0.0.1:80".parse().unwrap())]);
    assert!(gethostbyaddr(ctx, "localhost").await.is_ok());
}

#[tokio::test]
async fn resolving_fills_in_the_rest_of_the_address() {
    let ctx = &mut guest(&[]);
    let resolved = resolve(ctx, "fe80::1%9", system::AF_INET6, None, 80, 7, 3).await.unwrap();
    assert_eq!(resolved, [Address::Inet6(SocketAddrV6::new("fe80::1".parse().unwrap(), 80, 7, 3))]);
    let wildcard = resolve(ctx, "", system::AF_INET, None, 80, 0, 0).await.unwrap();
    assert_eq!(wildcard, [Address::Inet("0.0.0.0:80".parse().unwrap())]);
    let other_family = resolve(ctx, "::1", system::AF_INET, None, 80, 0, 0).await;
    assert_eq!(code(other_family), system::EAI_ADDRFAMILY);
    assert_eq!(code(resolve(ctx, "*", system::AF_INET, None, 80, 0, 0).await), system::EAI_NONAME);
    assert_eq!(code(resolve(ctx, "::1", 1, None, 80, 0, 0).await), system::EAI_FAMILY);
}

#[tokio::test]
async fn what_is_nobodys_name_is_the_error_that_python_gives() {
    let ctx = &mut guest(&["dns lookup *"]);
    let long = "a.".repeat(1 << 19);
    for name in ["a\0b", "\0", &long] {
        assert_eq!(code(getaddrinfo_of(ctx, name, NO_HINTS).await), system::EAI_NONAME);
        assert_eq!(code(gethostbyname(ctx, name).await), system::EAI_NONAME);
        assert_eq!(code(gethostbyaddr(ctx, name).await), system::EAI_NONAME);
    }
    assert_eq!(code(getaddrinfo_of(ctx, "", NO_HINTS).await), system::EAI_NONAME);
    assert_eq!(code(gethostbyaddr(ctx, "").await), system::EAI_NONAME);
    assert_eq!(gethostbyname(ctx, "").await.unwrap(), Ipv4Addr::UNSPECIFIED);
    assert_eq!(code(gethostbyname_ex(ctx, String::new()).await), system::NO_RECOVERY);
    let numeric_only = Hints { flags: system::AI_NUMERICHOST, ..NO_HINTS };
    assert_eq!(code(getaddrinfo_of(ctx, "localhost", numeric_only).await), system::EAI_NONAME);
    assert_eq!(code(getaddrinfo_of(ctx, "localhost", Hints { family: 1, ..NO_HINTS }).await), system::EAI_FAMILY);
}

#[tokio::test]
async fn too_many_lookups_are_to_be_tried_again() {
    let limits = Limits { lookups: 0, ..Limits::default() };
    let permissions = Permissions::builder().allow("dns lookup localhost").unwrap();
    let permissions = permissions.allow("dns reverse 127.0.0.1").unwrap().build();
    let ctx = &mut SocketCtx::builder().permissions(permissions).limits(limits).build();
    assert_eq!(code(getaddrinfo_of(ctx, "localhost", NO_HINTS).await), system::EAI_AGAIN);
    assert_eq!(code(gethostbyname_ex(ctx, "localhost".to_owned()).await), system::TRY_AGAIN);
    assert_eq!(code(gethostbyaddr(ctx, "127.0.0.1").await), system::TRY_AGAIN);
    assert!(getaddrinfo_of(ctx, "127.0.0.1", NO_HINTS).await.is_ok(), "numbers look nothing up");
}

#[tokio::test]
async fn the_name_of_an_interface_is_for_those_who_may_list_them() {
    let address = "[fe80::1%1]:80".parse().unwrap();
    let flags = system::NI_NUMERICHOST | system::NI_NUMERICSERV;

    let ctx = &mut guest(&[]);
    assert_eq!(getnameinfo(ctx, address, flags).await.unwrap().0, "fe80::1%1");
    assert_eq!(proposed(getaddrinfo_of(ctx, "fe80::1%lo", NO_HINTS).await), "interfaces list");

    let ctx = &mut guest(&["interfaces list"]);
    assert_eq!(getnameinfo(ctx, address, flags).await.unwrap().0, "fe80::1%lo");
    let found = getaddrinfo_of(ctx, "fe80::1%lo", NO_HINTS).await.unwrap();
    assert_eq!(found[0].address, address);
}
