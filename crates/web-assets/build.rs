//! Bundles `browser/` with npm and Node and embeds the result. Without them, or without a network at the first build, the crate
//! is empty and says so: the service runs all the same.

use std::{
    env,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// What the bundle is made of: copied to where it is built, so that nothing is written beside the sources.
const SOURCES: [&str; 5] = ["package.json", "package-lock.json", ".npmrc", "bundle", "browser"];

/// What decides which packages are installed.
const LOCKED: &str = "package-lock.json";

fn main() {
    for source in SOURCES.iter().chain(&["build.rs"]) {
        println!("cargo::rerun-if-changed={source}");
    }
    // A Node that is installed later is found at the next build.
    println!("cargo::rerun-if-env-changed=PATH");
    let out = PathBuf::from(variable("OUT_DIR"));
    let list = out.join("assets.rs");
    match bundle(&out) {
        Ok(bundled) => fs::write(&list, bundled).expect("OUT_DIR can be written"),
        Err(missing) => {
            println!("cargo::warning=without the browser part (<peer-widget>, /demo): {missing}");
            if missing.watch_path {
                watch_path();
            }
            fs::write(&list, "&[]").expect("OUT_DIR can be written");
        }
    }
}

/// Why there is no bundle.
struct Missing {
    reason: String,
    /// Whether it may be mended by installing a program.
    watch_path: bool,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

/// The text of the list of assets.
fn bundle(out: &Path) -> Result<String, Missing> {
    let workshop = out.join("workshop");
    let broken = |error: io::Error| Missing { reason: error.to_string(), watch_path: false };
    fs::create_dir_all(&workshop).map_err(broken)?;
    let installed = fs::read(workshop.join("installed.json")).ok();
    for source in SOURCES {
        copy(Path::new(source), &workshop.join(source)).map_err(broken)?;
    }
    let locked = fs::read(LOCKED).map_err(broken)?;
    if installed.as_deref() != Some(&locked) {
        // No package's own script is run.
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
            &workshop,
        )?;
        fs::write(workshop.join("installed.json"), locked).map_err(broken)?;
    }
    let made = out.join("assets");
    if made.exists() {
        fs::remove_dir_all(&made).map_err(broken)?;
    }
    run("node", &["bundle/main.mjs", &made.to_string_lossy()], &workshop)?;
    fs::read_to_string(made.join("assets.rs")).map_err(broken)
}

/// Runs a program in a folder, quietly; what it said is the reason if it fails.
fn run(program: &str, arguments: &[&str], folder: &Path) -> Result<(), Missing> {
    let output = Command::new(program).args(arguments).current_dir(folder).output().map_err(|error| Missing {
        reason: format!("{program} does not start ({error}); install Node.js 18 or newer and build again"),
        watch_path: true,
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let reason = format!("{program} {} failed: {last} (to try again: cargo clean -p web-assets)", arguments.join(" "));
    Err(Missing { reason, watch_path: false })
}

/// Copies a file or a folder with all that is in it; what is no longer there is taken away.
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

/// Builds again when a program comes into a folder that is searched for programs.
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
