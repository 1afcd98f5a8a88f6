//! Recompiles the crate when a migration changes, since it embeds them.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
