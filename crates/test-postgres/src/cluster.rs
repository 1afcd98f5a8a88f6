use std::{
    fs::{self, Permissions},
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use crate::{binaries, user::User, watcher::Watcher};

/// Maximum number of ports that are tried. Another process may take a free port before the server does.
const MAX_PORT_ATTEMPTS: u32 = 5;

/// A private server with its own data. It ends with the process that started it.
///
/// For tests that make a server fail. Most others need only a [`Server`](crate::Server) and a database on it.
#[derive(Debug)]
pub struct Cluster {
    pub(crate) directory: PathBuf,
    pub(crate) port: u16,
    pub(crate) user: User,
    #[expect(dead_code, reason = "dropping it stops the server")]
    watcher: Watcher,
}

impl Cluster {
    /// Creates a cluster and starts it. `settings` are added to `postgresql.conf`, and `files` (name and content) to the data
    /// directory.
    pub fn start(settings: &[(&str, &str)], files: &[(&str, &str)]) -> Self {
        Self::with_data(settings, |user, data| {
            // `trust` is acceptable: only this user can open the socket, and the port is open only during the tests.
            let arguments = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"];
            let initdb = user.command(binaries::directory().join("initdb")).args(arguments).arg(data).output();
            assert_success("initdb", &initdb.expect("initdb starts"));
            for (name, content) in files {
                let file = data.join(name);
                fs::write(&file, content).expect("the file is written");
                fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("the file is ours");
                user.own(&file);
            }
        })
    }

    /// Starts a hot standby of this server by streaming replication. Its name for `synchronous_standby_names` is `standby`.
    pub fn standby(&self) -> Self {
        let from =
            format!("host={} port={} user=postgres application_name=standby", self.directory.display(), self.port);
        let standby = Self::with_data(&[("primary_conninfo", &from)], |user, data| {
            let mut copy = user.command(binaries::base_backup());
            copy.args(["--wal-method=stream", "--checkpoint=fast", "--no-sync", "--dbname", &from, "--pgdata"])
                .arg(data);
            assert_success("pg_basebackup", &copy.output().expect("pg_basebackup starts"));
            fs::write(data.join("standby.signal"), "").expect("the file is written");
            user.own(&data.join("standby.signal"));
        });
        standby.wait_until("the standby follows", || self.query("SELECT count(*) FROM pg_stat_replication") != ["0"]);
        standby
    }

    /// Starts a server with the data directory that `create_data` creates.
    fn with_data(settings: &[(&str, &str)], create_data: impl FnOnce(User, &Path)) -> Self {
        let directory =
            tempfile::Builder::new().prefix("test-postgres-").tempdir().expect("a temporary directory").keep();
        let watcher = Watcher::of(&directory);
        let user = User::of_server();
        user.own(&directory);
        create_data(user, &directory.join("data"));
        let mut cluster = Self { directory, port: 0, user, watcher };
        for _ in 0..MAX_PORT_ATTEMPTS {
            cluster.port = free_port();
            write_settings(&cluster.directory, cluster.port, settings);
            match cluster.try_start() {
                Ok(()) => return cluster,
                Err(log) if log.contains("Address already in use") => {}
                Err(log) => panic!("PostgreSQL does not start: {log}"),
            }
        }
        panic!("PostgreSQL found no free port");
    }

    /// Starts the server on its data. An error is the server's log.
    pub(crate) fn try_start(&self) -> Result<(), String> {
        let log = self.directory.join("log");
        let mut start = self.user.command(binaries::directory().join("pg_ctl"));
        start.args(["start", "--wait", "--silent", "-D"]).arg(self.data()).arg("-l").arg(&log);
        // The server inherits these. It would keep a pipe of ours open, and reading that would never end.
        start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match start.status().expect("pg_ctl starts").success() {
            true => Ok(()),
            false => Err(fs::read_to_string(&log).unwrap_or_default()),
        }
    }

    /// The port of 127.0.0.1 that the server listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of a database, over the socket.
    pub fn url(&self, database: &str) -> String {
        let directory = self.directory.to_str().expect("a UTF-8 path").replace('/', "%2F");
        format!("postgres://postgres@{directory}:{}/{database}", self.port)
    }

    /// The URL of a database over TCP.
    pub fn tcp_url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.directory.join("data")
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

/// `fsync` is off for speed: tests need not survive a crash of the machine. Data that must survive a crash of the *server* needs
/// only `synchronous_commit`.
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

fn assert_success(program: &str, output: &Output) {
    assert!(output.status.success(), "{program} failed: {}", String::from_utf8_lossy(&output.stderr));
}
