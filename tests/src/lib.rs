//! wip
#[test]
fn t() {
    let mut r = wit_parser::Resolve::default();
    let (p, _) = r.push_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../wit")).unwrap();
    println!("{:?}", r.packages[p].worlds);
}
