//! The layering rules that docs/ARCHITECTURE.md states: which crate may name which.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// The direct dependencies of each crate of the workspace; those of tests are left out.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs, as it runs this test");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().expect("a list of dependencies");
            let direct = dependencies.iter().filter(|dependency| dependency["kind"] != "dev");
            let names = direct.map(|dependency| dependency["name"].as_str().unwrap_or_default().to_owned());
            (package["name"].as_str().unwrap_or_default().to_owned(), names.collect())
        })
        .collect()
}

/// What each of our crates may depend on among our crates.
const INWARD: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("ports", &["domain"]),
    ("app", &["domain", "ports"]),
    ("adapter-diesel", &["domain", "ports"]),
    ("worker-pool", &[]), // carries any task
    ("schema-checker", &["domain", "ports", "worker-pool"]),
    ("adapter-oxc", &["domain", "ports", "worker-pool"]),
    ("adapter-jsonschema", &["domain", "schema-checker", "worker-pool"]),
    ("adapter-valico", &["domain", "schema-checker", "worker-pool"]),
    ("adapter-moka", &["domain", "ports"]),
    ("prebuilt", &["domain", "ports"]),
    ("embed", &[]),         // what browsers load; it knows nothing of the rest
    ("test-postgres", &[]), // of tests: no crate depends on it but to be tested
    (
        "server",
        &[
            "domain",
            "ports",
            "app",
            "adapter-diesel",
            "adapter-oxc",
            "adapter-jsonschema",
            "adapter-moka",
            "adapter-valico",
            "embed",
            "prebuilt",
            "worker-pool",
        ],
    ),
];

/// Libraries that one crate alone may name, by how their names begin.
const OWNED: [(&str, &str); 10] = [
    ("actix", "server"),
    ("utoipa", "server"),
    ("clap", "server"),
    ("diesel", "adapter-diesel"),
    ("libsqlite3", "adapter-diesel"),
    ("deadpool", "adapter-diesel"),
    ("rustls", "adapter-diesel"),
    ("oxc", "adapter-oxc"),
    ("jsonschema", "adapter-jsonschema"),
    ("valico", "adapter-valico"),
];

/// What would make the inner crates impure: runtimes, randomness, networks, clocks.
const IMPURE: [&str; 6] = ["tokio", "getrandom", "rand", "reqwest", "async-trait", "futures-util"];

#[test]
fn arrows_point_inward() {
    let dependencies = dependencies();
    let ours: Vec<&str> = INWARD.iter().map(|(name, _)| *name).collect();
    assert_eq!(dependencies.keys().map(String::as_str).collect::<Vec<_>>(), {
        let mut sorted = ours.clone();
        sorted.sort_unstable();
        sorted
    });
    for (name, allowed) in INWARD {
        for dependency in dependencies[name].iter().filter(|dependency| ours.contains(&dependency.as_str())) {
            assert!(allowed.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
    }
}

#[test]
fn a_library_is_named_by_the_crate_that_adapts_it() {
    for (name, dependencies) in dependencies() {
        for dependency in dependencies {
            for (prefix, owner) in OWNED {
                assert!(!dependency.starts_with(prefix) || name == owner, "{name} must not depend on {dependency}");
            }
        }
    }
}

#[test]
fn the_domain_is_pure() {
    for dependency in &dependencies()["domain"] {
        assert!(!IMPURE.contains(&dependency.as_str()), "domain must not depend on {dependency}");
    }
}
