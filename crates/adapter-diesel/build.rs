//! Migrations are embedded when the crate is compiled: a changed one must compile it anew.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
