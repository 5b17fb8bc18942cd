use std::os::unix::fs::symlink;
use std::os::unix::net::UnixDatagram;

use super::*;

/// A granted directory with `d` in it, and `elsewhere` beside it.
fn directories() -> (tempfile::TempDir, std::path::PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().canonicalize().unwrap();
    for name in ["granted/d", "elsewhere"] {
        fs::create_dir_all(path.join(name)).unwrap();
    }
    (root, path)
}

/// Binds at `granted/d/sock`, with `meanwhile` between the look at the directory and the bind.
fn bind_while(root: &Path, meanwhile: impl FnOnce()) -> (UnixDatagram, io::Result<BoundPath>) {
    let socket = socket2::Socket::new(socket2::Domain::UNIX, socket2::Type::DGRAM, None).unwrap();
    let granted = root.join("granted");
    let bound = bind(Place { directory: &granted, relative: b"d/sock" }, |address| {
        meanwhile();
        socket.bind(address)
    });
    (socket.into(), bound)
}

#[test]
fn what_was_bound_is_removed_with_its_socket() {
    let (_keep, root) = directories();
    let (_socket, bound) = bind_while(&root, || {});
    let path = root.join("granted/d/sock");
    assert!(path.exists());
    drop(bound.unwrap());
    assert!(!path.exists());
}

#[test]
fn a_directory_that_is_swapped_for_a_link_is_noticed_and_nothing_stays_behind() {
    let (_keep, root) = directories();
    let swap = || {
        fs::rename(root.join("granted/d"), root.join("granted/e")).unwrap();
        symlink(root.join("elsewhere"), root.join("granted/d")).unwrap();
    };
    let (_socket, bound) = bind_while(&root, swap);
    let error = bound.expect_err("the socket lies elsewhere");
    assert_eq!(errno::to_linux(&error), errno::ESTALE);
    assert_eq!(fs::read_dir(root.join("elsewhere")).unwrap().count(), 0, "it may not stay there");
}

#[test]
fn a_decoy_in_the_directory_is_not_taken_for_ours_nor_removed() {
    let (_keep, root) = directories();
    let decoy = std::cell::OnceCell::new();
    let swap = || {
        decoy.set(UnixDatagram::bind(root.join("granted/d/sock")).unwrap()).unwrap();
        fs::rename(root.join("granted/d"), root.join("granted/e")).unwrap();
        symlink(root.join("elsewhere"), root.join("granted/d")).unwrap();
    };
    let (_socket, bound) = bind_while(&root, swap);
    bound.expect_err("the socket lies elsewhere");
    assert!(root.join("granted/e/sock").exists(), "what we didn't make isn't ours to remove");
    assert_eq!(fs::read_dir(root.join("elsewhere")).unwrap().count(), 0, "what we made may not stay there");
}

#[test]
fn another_socket_that_took_the_name_stays() {
    let (_keep, root) = directories();
    let (socket, bound) = bind_while(&root, || {});
    let path = root.join("granted/d/sock");
    // Gone with its socket, its inode's number is free to be given to the next one.
    drop(socket);
    fs::remove_file(&path).unwrap();
    let _other = UnixDatagram::bind(&path).unwrap();
    drop(bound.unwrap());
    assert!(path.exists(), "it is another's");
}
