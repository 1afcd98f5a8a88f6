use std::{
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, Stdio},
};

/// Stops the server and removes its directory when standard input ends: when the tests' process ends, even by `SIGKILL`.
///
/// `SIGQUIT` is PostgreSQL's immediate shutdown. `SIGCONT` resumes a frozen server, so that it gets the other signal. Ignores
/// Ctrl-C, which is meant for the tests.
const WATCHER: &str = r#"
trap '' INT TERM HUP
cat > /dev/null
if server=$(head -n 1 "$1/data/postmaster.pid" 2> /dev/null); then
    for process in $(cat "/proc/$server/task/$server/children" 2> /dev/null) "$server"; do
        kill -CONT "$process" 2> /dev/null
    done
    kill -QUIT "$server" 2> /dev/null
    for _ in $(seq 100); do kill -0 "$server" 2> /dev/null || break; sleep 0.05; done
fi
rm -rf "$1"
"#;

/// The process that runs [`WATCHER`]. Dropping it stops the server.
#[derive(Debug)]
pub(crate) struct Watcher(Child);

impl Watcher {
    pub(crate) fn of(directory: &Path) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", WATCHER, "watcher"]).arg(directory).stdin(Stdio::piped());
        // A separate process group, so that a signal to the tests' group does not end it before it has cleaned up.
        command.process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().expect("sh starts"))
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
