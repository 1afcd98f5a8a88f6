//! Bundles `browser/` and `renderer/` with npm and Node.js and embeds the result.
//!
//! If that fails (no Node.js, or no network at the first build), the crate is built without assets, cargo prints a warning, and the
//! service runs without `<peer-widget>` and `/demo`. With the environment variable `WIDGETD_WEB=required` the build fails instead.

use std::{
    env,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Sources of the bundle. They are copied to `OUT_DIR`, since build scripts must not write to the source tree.
const SOURCES: [&str; 6] = ["package.json", "package-lock.json", ".npmrc", "bundle", "browser", "renderer"];

/// The Rust expressions that the bundle writes to files, with those of a crate without assets.
const EXPRESSIONS: [(&str, &str); 2] = [("assets.rs", "&[]"), ("renderer.rs", "None")];

/// The lock file: `npm ci` runs again when it changes.
const LOCKED: &str = "package-lock.json";

/// The environment variable that makes the web assets mandatory.
const REQUIREMENT: &str = "WIDGETD_WEB";

fn main() {
    for source in SOURCES.iter().chain(&["build.rs"]) {
        println!("cargo::rerun-if-changed={source}");
    }
    println!("cargo::rerun-if-env-changed={REQUIREMENT}");
    // The next build finds a Node.js that was installed after this one.
    println!("cargo::rerun-if-env-changed=PATH");
    let requirement = variable(REQUIREMENT);
    let is_required = requirement == "required";
    if !is_required && !requirement.is_empty() {
        return println!("cargo::error={REQUIREMENT} may only be \"required\", not {requirement:?}");
    }
    let out = PathBuf::from(variable("OUT_DIR"));
    match bundle(&out) {
        Ok(()) => {}
        Err(missing) if is_required => println!("cargo::error=no web assets, but {REQUIREMENT}=required: {missing}"),
        Err(missing) => {
            println!("cargo::warning=built without the web assets (<peer-widget>, /demo): {missing}");
            if missing.watch_path {
                watch_path();
            }
            for (name, expression) in EXPRESSIONS {
                fs::write(out.join(name), expression).expect("OUT_DIR can be written");
            }
        }
    }
}

/// The reason why the bundle could not be built.
struct Missing {
    reason: String,
    /// Whether installing a program may fix it.
    watch_path: bool,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

/// Bundles the assets and writes the Rust expressions that embed them.
fn bundle(out: &Path) -> Result<(), Missing> {
    let sources = out.join("sources");
    let broken = |error: io::Error| Missing { reason: error.to_string(), watch_path: false };
    fs::create_dir_all(&sources).map_err(broken)?;
    let installed = fs::read(sources.join("installed.json")).ok();
    for source in SOURCES {
        copy(Path::new(source), &sources.join(source)).map_err(broken)?;
    }
    let locked = fs::read(LOCKED).map_err(broken)?;
    if installed.as_deref() != Some(&locked) {
        // `--ignore-scripts`: no package may run code here.
        run(
            "npm",
            &[
                "ci",
                "--ignore-scripts",
                "--omit=dev",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
                "--fetch-retries=1",
            ],
            &sources,
        )?;
        fs::write(sources.join("installed.json"), locked).map_err(broken)?;
    }
    let assets = out.join("assets");
    if assets.exists() {
        fs::remove_dir_all(&assets).map_err(broken)?;
    }
    run("node", &["bundle/main.mjs", &assets.to_string_lossy()], &sources)?;
    EXPRESSIONS.iter().try_for_each(|(name, _)| fs::copy(assets.join(name), out.join(name)).map(drop)).map_err(broken)
}

/// Runs a program in a folder. If it fails, the last line of its stderr is the reason.
fn run(program: &str, arguments: &[&str], folder: &Path) -> Result<(), Missing> {
    let output = Command::new(program).args(arguments).current_dir(folder).output().map_err(|error| Missing {
        reason: format!("{program} does not start ({error}); install Node.js 18.19 or newer with npm and build again"),
        watch_path: true,
    })?;
    if output.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let last = stderr.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let reason = format!("{program} {} failed: {last} (to try again: cargo clean -p web-assets)", arguments.join(" "));
    Err(Missing { reason, watch_path: false })
}

/// Copies a file, or a folder recursively. Removes files of an earlier copy that no longer exist.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

/// Reruns this script when a file is added to a folder of `PATH`.
fn watch_path() {
    let path = variable("PATH");
    for folder in env::split_paths(&path).filter(|folder| folder.is_dir()) {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
}

#[expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]
fn variable(name: &str) -> OsString {
    env::var_os(name).unwrap_or_default()
}
