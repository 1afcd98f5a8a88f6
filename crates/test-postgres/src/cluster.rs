//! A private cluster that does not outlive the process that started it.

use std::{
    ffi::OsStr,
    fs::{self, Permissions},
    net::TcpListener,
    os::unix::{
        fs::{PermissionsExt as _, chown},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use crate::binaries;

/// Stops the server and removes its directory once the pipe on its standard input is closed: by the end of the process that
/// holds the other end, be it by `SIGKILL`.
///
/// `SIGQUIT` is PostgreSQL's immediate shutdown; there is nothing to keep. A terminal's Ctrl-C is for the tests, not for it.
const WATCHER: &str = r#"
trap '' INT TERM HUP
cat > /dev/null
if server=$(head -n 1 "$1/data/postmaster.pid" 2> /dev/null); then
    kill -QUIT "$server" 2> /dev/null
    for _ in $(seq 100); do kill -0 "$server" 2> /dev/null || break; sleep 0.05; done
fi
rm -rf "$1"
"#;

/// How often another port is tried when someone took the free one before the server did.
const PORTS_TRIED: u32 = 5;

/// A running cluster.
#[derive(Debug)]
pub(crate) struct Cluster {
    directory: PathBuf,
    port: u16,
    #[expect(dead_code, reason = "held until the server is to end")]
    watcher: Watcher,
}

/// The process of [`WATCHER`].
#[derive(Debug)]
struct Watcher(Child);

impl Watcher {
    fn of(directory: &Path) -> Self {
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

impl Cluster {
    /// Makes a cluster and starts it with these settings beside its own, and these files beside its data.
    pub(crate) fn start(settings: &[(&str, &str)], files: &[(&str, &str)]) -> Self {
        let programs = binaries::directory();
        let directory =
            tempfile::Builder::new().prefix("test-postgres-").tempdir().expect("a temporary directory").keep();
        let watcher = Watcher::of(&directory);
        let user = User::of_server();
        user.own(&directory);
        // `trust`: the directory is for the user alone, and the port is open for as long as the tests run.
        let data = directory.join("data");
        let arguments = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"];
        let initdb = user.command(programs.join("initdb")).args(arguments).arg(&data).output();
        done(&initdb.expect("initdb starts"));
        for (name, content) in files {
            let file = data.join(name);
            fs::write(&file, content).expect("the file is written");
            fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("the file is ours");
            user.own(&file);
        }
        for _ in 0..PORTS_TRIED {
            let port = free_port();
            write_settings(&directory, port, settings);
            let log = directory.join("log");
            let mut start = user.command(programs.join("pg_ctl"));
            start.args(["start", "--wait", "--silent", "-D"]).arg(&data).arg("-l").arg(&log);
            // The server inherits what `pg_ctl` has; with pipes of ours, waiting for their end would never end.
            start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            if start.status().expect("pg_ctl starts").success() {
                return Self { directory, port, watcher };
            }
            let said = fs::read_to_string(&log).unwrap_or_default();
            assert!(said.contains("Address already in use"), "PostgreSQL does not start: {said}");
        }
        panic!("PostgreSQL found no free port");
    }

    /// The URL of one of its databases, over the socket.
    pub(crate) fn url(&self, database: &str) -> String {
        let directory = self.directory.to_str().expect("a UTF-8 path").replace('/', "%2F");
        format!("postgres://postgres@{directory}:{}/{database}", self.port)
    }

    /// The same over TCP.
    pub(crate) fn tcp_url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

/// For speed, nothing is made durable: the cluster is thrown away with the machine's first power cut anyway. What survives
/// a crash of the *server* needs no `fsync`, as the operating system goes on.
fn write_settings(directory: &Path, port: u16, settings: &[(&str, &str)]) {
    let socket = directory.display();
    let mut text = format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{socket}'\nfsync = off\n\
         full_page_writes = off\nsynchronous_commit = off\nmax_connections = 300\nshared_buffers = '64MB'\n\
         autovacuum = off\nmax_wal_size = '256MB'\nlog_min_messages = fatal\n"
    );
    for (name, value) in settings {
        text.push_str(&format!("{name} = '{value}'\n"));
    }
    fs::write(directory.join("data/postgresql.auto.conf"), text).expect("the settings are written");
}

/// Whom the server runs as: it refuses to be root.
#[derive(Debug, Clone, Copy)]
enum User {
    Same,
    Other { uid: u32, gid: u32 },
}

impl User {
    fn of_server() -> Self {
        if id(&["-u"]) != Some(0) {
            return Self::Same;
        }
        let named = |name| Some(Self::Other { uid: id(&["-u", name])?, gid: id(&["-g", name])? });
        named("postgres")
            .or_else(|| named("nobody"))
            .expect("a user 'postgres' or 'nobody', as PostgreSQL refuses root")
    }

    fn own(self, path: &Path) {
        if let Self::Other { uid, gid } = self {
            chown(path, Some(uid), Some(gid)).expect("root may give things away");
        }
    }

    fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        // Not the tests' directory, which this user may not be able to enter, and none of their variables (`PGDATA`…).
        command.current_dir("/").env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C");
        if let Self::Other { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
        command
    }
}

/// What `id` answers, if it knows.
fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().expect("id starts");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().parse().ok())?
}

fn done(initdb: &Output) {
    assert!(initdb.status.success(), "initdb failed: {}", String::from_utf8_lossy(&initdb.stderr));
}
