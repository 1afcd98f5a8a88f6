//! Processes whose clock is wrong.

use std::{fs, path::PathBuf, process::Command, sync::LazyLock};

use tempfile::TempDir;

/// Replaces the C library's function: it adds the number of seconds in a file to the time of day, and leaves the monotonic
/// clocks as they are.
const SOURCE: &str = r#"
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    long result = syscall(SYS_clock_gettime, clock, now);
    const char *path = getenv("TEST_SKEW");
    if (result != 0 || clock != CLOCK_REALTIME || path == NULL) return (int)result;
    char text[32] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return (int)result;
    if (read(file, text, sizeof text - 1) > 0) now->tv_sec += strtol(text, NULL, 10);
    close(file);
    return (int)result;
}
"#;

static LIBRARY: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let (source, library) = (folder.path().join("skew.c"), folder.path().join("skew.so"));
    fs::write(&source, SOURCE).unwrap();
    let compiled = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&source).output().unwrap();
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    (folder, library)
});

/// By how much the time of day is wrong for the processes that get its variables.
pub(crate) struct Skew(TempDir);

impl Skew {
    pub(crate) fn of(seconds: i64) -> Self {
        let skew = Self(tempfile::tempdir().unwrap());
        skew.set(seconds);
        skew
    }

    /// Sets the clock of processes that run.
    pub(crate) fn set(&self, seconds: i64) {
        // In one step: a process may read it at any moment.
        let new = self.0.path().join("new");
        fs::write(&new, seconds.to_string()).unwrap();
        fs::rename(new, self.file()).unwrap();
    }

    /// What a process needs in its environment.
    pub(crate) fn variables(&self) -> [(&'static str, String); 2] {
        [("LD_PRELOAD", LIBRARY.1.display().to_string()), ("TEST_SKEW", self.file().display().to_string())]
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("seconds")
    }
}
