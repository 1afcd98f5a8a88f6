use std::{
    fs::{self, Permissions},
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use crate::{binaries, user::User, watcher::Watcher};

/// How often another port is tried when someone took the free one before the server did.
const PORTS_TRIED: u32 = 5;

/// A private server that does not outlive the process that started it, with data of its own.
///
/// Most tests want a [`Server`](crate::Server) and a database on it. This is for those that need a server to fail.
#[derive(Debug)]
pub struct Cluster {
    pub(crate) directory: PathBuf,
    pub(crate) port: u16,
    pub(crate) user: User,
    #[expect(dead_code, reason = "held until the server is to end")]
    watcher: Watcher,
}

impl Cluster {
    /// Makes a cluster and starts it with these settings of `postgresql.conf` beside its own, and these files beside its
    /// data, by name and content.
    pub fn start(settings: &[(&str, &str)], files: &[(&str, &str)]) -> Self {
        Self::made_by(settings, |user, data| {
            // `trust`: the directory is for the user alone, and the port is open for as long as the tests run.
            let arguments = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"];
            let initdb = user.command(binaries::directory().join("initdb")).args(arguments).arg(data).output();
            done("initdb", &initdb.expect("initdb starts"));
            for (name, content) in files {
                let file = data.join(name);
                fs::write(&file, content).expect("the file is written");
                fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("the file is ours");
                user.own(&file);
            }
        })
    }

    /// A standby that follows this server by streaming, and that reads are allowed on. It calls itself `standby`, for
    /// `synchronous_standby_names`.
    pub fn standby(&self) -> Self {
        let from =
            format!("host={} port={} user=postgres application_name=standby", self.directory.display(), self.port);
        let standby = Self::made_by(&[("primary_conninfo", &from)], |user, data| {
            let mut copy = user.command(binaries::base_backup());
            copy.args(["--wal-method=stream", "--checkpoint=fast", "--no-sync", "--dbname", &from, "--pgdata"])
                .arg(data);
            done("pg_basebackup", &copy.output().expect("pg_basebackup starts"));
            fs::write(data.join("standby.signal"), "").expect("the file is written");
            user.own(&data.join("standby.signal"));
        });
        standby.until("the standby follows", || self.query("SELECT count(*) FROM pg_stat_replication") != ["0"]);
        standby
    }

    /// Starts a server on data that `make` puts into a directory.
    fn made_by(settings: &[(&str, &str)], make: impl FnOnce(User, &Path)) -> Self {
        let directory =
            tempfile::Builder::new().prefix("test-postgres-").tempdir().expect("a temporary directory").keep();
        let watcher = Watcher::of(&directory);
        let user = User::of_server();
        user.own(&directory);
        make(user, &directory.join("data"));
        let mut cluster = Self { directory, port: 0, user, watcher };
        for _ in 0..PORTS_TRIED {
            cluster.port = free_port();
            write_settings(&cluster.directory, cluster.port, settings);
            match cluster.try_start() {
                Ok(()) => return cluster,
                Err(said) if said.contains("Address already in use") => {}
                Err(said) => panic!("PostgreSQL does not start: {said}"),
            }
        }
        panic!("PostgreSQL found no free port");
    }

    /// Starts the server on its data; what it logged if it does not.
    pub(crate) fn try_start(&self) -> Result<(), String> {
        let log = self.directory.join("log");
        let mut start = self.user.command(binaries::directory().join("pg_ctl"));
        start.args(["start", "--wait", "--silent", "-D"]).arg(self.data()).arg("-l").arg(&log);
        // The server inherits what `pg_ctl` has; with pipes of ours, waiting for their end would never end.
        start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match start.status().expect("pg_ctl starts").success() {
            true => Ok(()),
            false => Err(fs::read_to_string(&log).unwrap_or_default()),
        }
    }

    /// The port that it listens on, of 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of one of its databases, over the socket.
    pub fn url(&self, database: &str) -> String {
        let directory = self.directory.to_str().expect("a UTF-8 path").replace('/', "%2F");
        format!("postgres://postgres@{directory}:{}/{database}", self.port)
    }

    /// The same over TCP.
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

/// For speed, nothing is made durable: the cluster is thrown away with the machine's first power cut anyway. What survives
/// a crash of the *server* needs no `fsync`, as the operating system goes on; it does need `synchronous_commit`.
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

fn done(program: &str, output: &Output) {
    assert!(output.status.success(), "{program} failed: {}", String::from_utf8_lossy(&output.stderr));
}
