//! Stops, restarts, freezes and promotes a server.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use crate::{Cluster, admin, binaries};

/// Maximum time of an operation on a server.
const TIMEOUT: Duration = Duration::from_secs(60);

/// How a server ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shutdown {
    /// Rolls back open transactions and closes connections properly.
    Fast,
    /// Ends as if the processes were killed. The next start recovers from the write-ahead log.
    Immediate,
}

impl Cluster {
    /// Stops the server and waits until it has ended.
    pub fn stop(&self, how: Shutdown) {
        let how = match how {
            Shutdown::Fast => "fast",
            Shutdown::Immediate => "immediate",
        };
        let arguments = ["stop", "--wait", "--silent", "--mode", how, "-D"];
        self.pg_ctl(&arguments);
    }

    /// Starts the server again on the same port, and waits until it accepts connections.
    pub fn start_again(&self) {
        self.try_start().unwrap_or_else(|log| panic!("PostgreSQL does not start again: {log}"));
    }

    /// Promotes a standby to a primary.
    pub fn promote(&self) {
        self.pg_ctl(&["promote", "--wait", "--silent", "-D"]);
    }

    /// Changes a setting that needs no restart.
    pub fn set(&self, name: &str, value: &str) {
        // Two calls, since `ALTER SYSTEM` cannot run in the transaction that a list of statements would be.
        let set = format!("ALTER SYSTEM SET {name} = '{value}'");
        admin::execute(&self.url("postgres"), &[set, "SELECT pg_reload_conf()".to_owned()]);
        self.wait_until("the setting is in force", || self.query(&format!("SHOW {name}")) == [value]);
    }

    /// Runs a statement and returns the first column of its rows.
    pub fn query(&self, statement: &str) -> Vec<String> {
        admin::execute(&self.url("postgres"), &[statement.to_owned()])
    }

    /// Suspends all processes of the server until the returned guard is dropped. Connections stay open and the operating system
    /// accepts new ones, but the server does not answer.
    #[must_use = "the server resumes when this is dropped"]
    pub fn freeze(&self) -> Frozen {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).expect("the server runs");
        let first: u32 = file.lines().next().and_then(|line| line.parse().ok()).expect("the server's id");
        signal("STOP", first);
        // The suspended first process starts no more children.
        let children = fs::read_to_string(format!("/proc/{first}/task/{first}/children"))
            .expect("Linux lists a process's children");
        let children: Vec<u32> = children.split_whitespace().filter_map(|id| id.parse().ok()).collect();
        children.iter().for_each(|child| signal("STOP", *child));
        Frozen { first, children }
    }

    /// Waits until the condition holds.
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn() -> bool) {
        let begin = Instant::now();
        while !holds() {
            assert!(begin.elapsed() < TIMEOUT, "not within {TIMEOUT:?}: {what}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn pg_ctl(&self, arguments: &[&str]) {
        let output = self.user.command(binaries::directory().join("pg_ctl")).args(arguments).arg(self.data()).output();
        let output = output.expect("pg_ctl starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A server whose processes are suspended.
#[derive(Debug)]
pub struct Frozen {
    first: u32,
    children: Vec<u32>,
}

impl Frozen {
    /// Resumes the server.
    pub fn thaw(self) {}
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.children.iter().for_each(|child| signal("CONT", *child));
        signal("CONT", self.first);
    }
}

/// Sends a signal. Fails silently if the process has ended, which is fine.
fn signal(name: &str, process: u32) {
    let _ = std::process::Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status();
}
