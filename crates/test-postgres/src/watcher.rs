use std::{
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, Stdio},
};

/// Stops the server and removes its directory once the pipe on its standard input is closed: by the end of the process that
/// holds the other end, be it by `SIGKILL`.
///
/// `SIGQUIT` is PostgreSQL's immediate shutdown; there is nothing to keep. A frozen server has to thaw to see it. A
/// terminal's Ctrl-C is for the tests, not for it.
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

/// The process of [`WATCHER`].
#[derive(Debug)]
pub(crate) struct Watcher(Child);

impl Watcher {
    pub(crate) fn of(directory: &Path) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", WATCHER, "watcher"]).arg(directory).stdin(Stdio::piped());
        // Of a group of its own, so that what ends the tests' group leaves it to clean up.
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
