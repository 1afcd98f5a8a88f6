//! The layering rules that docs/ARCHITECTURE.md states: which crate may depend on which. deny.toml says which crate may use
//! which library.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// The direct dependencies of each crate of the workspace: those of its tests, or all others.
fn dependencies(of_tests: bool) -> BTreeMap<String, Vec<String>> {
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
            let direct = dependencies.iter().filter(|dependency| (dependency["kind"] == "dev") == of_tests);
            let names = direct.map(|dependency| dependency["name"].as_str().unwrap_or_default().to_owned());
            (package["name"].as_str().unwrap_or_default().to_owned(), names.collect())
        })
        .collect()
}

/// The allowed dependencies of each of our crates on our other crates.
const INWARD: [(&str, &[&str]); 18] = [
    ("schema", &[]),
    ("domain", &["schema"]),
    ("ports", &["domain", "schema"]),
    ("port-contract", &["domain", "ports", "schema"]), // only tests depend on it
    ("app", &["domain", "ports", "schema"]),
    ("adapter-diesel", &["domain", "ports", "schema"]),
    ("worker-pool", &[]), // carries any task
    ("schema-checker", &["domain", "ports", "schema", "worker-pool"]),
    ("adapter-oxc", &["domain", "ports", "worker-pool"]),
    ("adapter-quickjs", &["domain", "ports", "schema", "worker-pool"]),
    ("adapter-jsonschema", &["domain", "schema", "schema-checker", "worker-pool"]),
    ("adapter-valico", &["domain", "schema", "schema-checker", "worker-pool"]),
    ("adapter-moka", &["domain", "ports", "schema"]),
    ("prebuilt", &["domain", "ports", "schema"]),
    ("web-assets", &[]),    // depends on no other crate
    ("test-postgres", &[]), // only tests depend on it
    ("http", &["app", "domain", "ports", "schema", "web-assets"]),
    (
        "server",
        &[
            "domain",
            "ports",
            "schema",
            "app",
            "http",
            "adapter-diesel",
            "adapter-oxc",
            "adapter-quickjs",
            "adapter-jsonschema",
            "adapter-moka",
            "adapter-valico",
            "web-assets",
            "prebuilt",
            "worker-pool",
        ],
    ),
];

/// The additional dependencies that the tests of each of our crates may have.
const IN_TESTS: [(&str, &[&str]); 9] = [
    ("adapter-diesel", &["port-contract", "test-postgres"]),
    ("adapter-jsonschema", &["port-contract"]),
    ("adapter-valico", &["port-contract", "ports"]),
    ("adapter-oxc", &["adapter-quickjs", "port-contract", "web-assets"]), // it compiles styles with Tailwind
    ("adapter-quickjs", &["adapter-oxc", "prebuilt", "web-assets"]),      // it renders what was compiled
    ("adapter-moka", &["adapter-diesel", "port-contract", "ports"]),      // it caches what a store has
    ("app", &["ports"]),
    ("prebuilt", &["adapter-jsonschema", "adapter-oxc", "ports", "worker-pool"]), // the widgets pass the checks
    ("server", &["port-contract", "ports", "schema-checker", "test-postgres"]),
];

/// What would make the inner crates impure: runtimes, randomness, networks, clocks.
const IMPURE: [&str; 6] = ["tokio", "getrandom", "rand", "reqwest", "async-trait", "futures-util"];

#[test]
fn arrows_point_inward() {
    let dependencies = dependencies(false);
    let ours: Vec<&str> = INWARD.iter().map(|(name, _)| *name).collect();
    assert_eq!(dependencies.keys().map(String::as_str).collect::<Vec<_>>(), {
        let mut sorted = ours.clone();
        sorted.sort_unstable();
        sorted
    });
    let of_tests = self::dependencies(true);
    for (name, allowed) in INWARD {
        let allowed_in_tests =
            IN_TESTS.iter().find(|(crate_name, _)| *crate_name == name).map_or(&[][..], |(_, allowed)| allowed);
        for (dependencies, allowed) in [(&dependencies[name], allowed), (&of_tests[name], allowed_in_tests)] {
            for dependency in dependencies.iter().filter(|dependency| ours.contains(&dependency.as_str())) {
                assert!(allowed.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
            }
        }
    }
}

#[test]
fn the_domain_is_pure() {
    let dependencies = dependencies(false);
    for name in ["schema", "domain"] {
        for dependency in &dependencies[name] {
            assert!(!IMPURE.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
    }
}
