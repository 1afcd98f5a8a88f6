//! What may happen to a server.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use crate::{Cluster, admin, binaries};

/// How long a server may take for what it is told.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a server ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shutdown {
    /// It undoes what is under way, and closes its connections in order.
    Fast,
    /// As if its processes were killed: at the next start it recovers from its log.
    Immediate,
}

impl Cluster {
    /// Stops the server and waits for its end.
    pub fn stop(&self, how: Shutdown) {
        let how = match how {
            Shutdown::Fast => "fast",
            Shutdown::Immediate => "immediate",
        };
        let arguments = ["stop", "--wait", "--silent", "--mode", how, "-D"];
        self.pg_ctl(&arguments);
    }

    /// Starts it again, on the same port, and waits until it accepts connections.
    pub fn start_again(&self) {
        self.try_start().unwrap_or_else(|said| panic!("PostgreSQL does not start again: {said}"));
    }

    /// Makes a standby a primary.
    pub fn promote(&self) {
        self.pg_ctl(&["promote", "--wait", "--silent", "-D"]);
    }

    /// Changes settings for which it need not start again.
    pub fn set(&self, name: &str, value: &str) {
        // Two statements, since a list of them would be a transaction.
        let set = format!("ALTER SYSTEM SET {name} = '{value}'");
        admin::execute(&self.url("postgres"), &[set, "SELECT pg_reload_conf()".to_owned()]);
        self.until("the setting is in force", || self.query(&format!("SHOW {name}")) == [value]);
    }

    /// The first column of what a statement answers.
    pub fn query(&self, statement: &str) -> Vec<String> {
        admin::execute(&self.url("postgres"), &[statement.to_owned()])
    }

    /// Stops all its processes where they are, until what is returned is dropped: connections stay open, new ones are made by
    /// the operating system, and nobody answers.
    #[must_use = "it thaws when this is dropped"]
    pub fn freeze(&self) -> Frozen {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).expect("the server runs");
        let first: u32 = file.lines().next().and_then(|line| line.parse().ok()).expect("the server's id");
        signal("STOP", first);
        // Those that it started: it starts no more.
        let children = fs::read_to_string(format!("/proc/{first}/task/{first}/children"))
            .expect("Linux tells a process's children");
        let children: Vec<u32> = children.split_whitespace().filter_map(|id| id.parse().ok()).collect();
        children.iter().for_each(|child| signal("STOP", *child));
        Frozen { first, children }
    }

    /// Waits until `is_so`.
    pub(crate) fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let begin = Instant::now();
        while !is_so() {
            assert!(begin.elapsed() < PATIENCE, "in vain: {what}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn pg_ctl(&self, arguments: &[&str]) {
        let output = self.user.command(binaries::directory().join("pg_ctl")).args(arguments).arg(self.data()).output();
        let output = output.expect("pg_ctl starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A server whose processes stand still.
#[derive(Debug)]
pub struct Frozen {
    first: u32,
    children: Vec<u32>,
}

impl Frozen {
    /// Lets them go on.
    pub fn thaw(self) {}
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.children.iter().for_each(|child| signal("CONT", *child));
        signal("CONT", self.first);
    }
}

/// One that ended meanwhile needs no signal.
fn signal(name: &str, process: u32) {
    let _ = std::process::Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status();
}
