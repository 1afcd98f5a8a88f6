//! Finds the server's programs.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The message when there are none.
const MISSING: &str = "no PostgreSQL server is installed: 'initdb' and 'pg_ctl' are neither on the PATH nor in \
     /usr/lib/postgresql/*/bin. Install it (Debian and Ubuntu: apt-get install postgresql; Fedora: dnf install \
     postgresql-server; macOS: brew install postgresql), or set TEST_DATABASE_URL to a server on which the tests may \
     create databases";

/// The directory with `initdb`, `pg_ctl` and `postgres`.
pub(crate) fn directory() -> PathBuf {
    candidates().find(|directory| is_complete(directory)).unwrap_or_else(|| panic!("{MISSING}"))
}

/// The path of `pg_basebackup`: next to the server's programs, next to the files they link to, or where clients are.
pub(crate) fn base_backup() -> PathBuf {
    const NAME: &str = "pg_basebackup";
    let server = directory();
    let linked = fs::canonicalize(server.join("pg_ctl")).ok().and_then(|file| Some(file.parent()?.to_owned()));
    let mut directories = std::iter::once(server).chain(linked).chain(candidates());
    let found = directories.find(|directory| directory.join(NAME).is_file());
    found.unwrap_or_else(|| panic!("'{NAME}', a part of PostgreSQL's clients, is not installed; {MISSING}")).join(NAME)
}

fn candidates() -> impl Iterator<Item = PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "the PATH is not configuration of the service")]
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = env::split_paths(&path).collect();
    on_path.into_iter().chain(newest_first(Path::new("/usr/lib/postgresql")))
}

/// The directories of Debian's packages: one for each major version, none of them on the PATH.
fn newest_first(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, path)| path).collect()
}

fn is_complete(directory: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|program| directory.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_comes_first() {
        let root = tempfile::tempdir().unwrap();
        for name in ["9", "15", "17", "lost+found"] {
            fs::create_dir(root.path().join(name)).unwrap();
        }
        let names: Vec<_> = ["17", "15", "9"].map(|version| root.path().join(version).join("bin")).into();
        assert_eq!(newest_first(root.path()), names);
        assert_eq!(newest_first(&root.path().join("absent")), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_directory_without_the_server_is_ignored() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("pg_ctl"), "").unwrap(); // a package of clients may install it alone
        assert!(!is_complete(directory.path()));
    }
}
