//! Starting `widgetd` and talking to it.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{BufRead as _, BufReader, Lines},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use test_postgres::Database;

use crate::harness::Backend;

/// Timeout of everything.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

/// A client that ignores the machine's proxy settings.
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// A folder with a separate database, for one or more processes.
pub(crate) struct Home {
    folder: TempDir,
    #[expect(dead_code, reason = "held until the test ends")]
    /// A database on a server; `None` for a file in the folder, or if the test manages the database.
    database: Option<Database>,
    /// The database's URL, unless it is a file in the folder.
    url: Option<String>,
}

impl Home {
    pub(crate) fn new() -> Self {
        let database = Backend::chosen().for_processes();
        let url = database.as_ref().map(Database::url);
        Self { folder: tempfile::tempdir().unwrap(), database, url }
    }

    /// With all tables and without a key, as `widgetd migrate` leaves it.
    pub(crate) fn migrated() -> Self {
        let home = Self::new();
        let output = home.run(&["migrate"]);
        assert!(output.status.success(), "{output:?}");
        home
    }

    /// A folder for a process on a shared database.
    pub(crate) fn on(url: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: None, url: Some(url.to_owned()) }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Creates an empty database file, if the database is a file.
    pub(crate) fn make_empty(&self) {
        if self.url.is_none() {
            File::create(self.database_file()).unwrap();
        }
    }

    /// The database, if it is a file in the folder.
    pub(crate) fn database_file(&self) -> PathBuf {
        self.path().join("widgetd.db")
    }

    /// `widgetd` with these arguments, on the folder's database and a free port, without the test's environment variables.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_widgetd"));
        command.args(arguments).env_clear().current_dir(self.path()).env("WIDGETD_BIND", "127.0.0.1:0");
        if let Some(url) = &self.url {
            command.env("WIDGETD_DATABASE_URL", url);
        }
        command
    }

    /// Runs a command until it ends.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        run_to_its_end(&mut self.command(arguments))
    }

    /// Starts the service and waits until it listens.
    pub(crate) fn start(&self) -> Service {
        self.start_with(&[])
    }

    /// The same, with these variables.
    pub(crate) fn start_with(&self, variables: &[(&str, &str)]) -> Service {
        let log = self.path().join("stderr.log");
        let mut command = self.command(&["serve"]);
        command.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut printed = Vec::new();
        let address = loop {
            let Some(line) = stdout.next() else {
                panic!("the service ended: {}", fs::read_to_string(&log).unwrap_or_default());
            };
            printed.push(line.unwrap());
            if let Some(address) = printed[printed.len() - 1].strip_prefix("widgetd listening on http://") {
                break address.parse().unwrap();
            }
        };
        Service { child, address, printed, stdout }
    }

    /// The log of the last started service.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path().join("stderr.log")).unwrap()
    }

    /// Creates a key with all permissions.
    pub(crate) fn new_key(&self) -> String {
        let permissions = "WIDGETS_USE_BASIC,WIDGETS_MANAGE";
        let output = self.run(&["key", "create", "--workspace", "w", "--user", "u", "--permissions", permissions]);
        assert!(output.status.success(), "{output:?}");
        stdout(&output).lines().last().unwrap().to_owned()
    }
}

/// Runs a command until it ends. After the timeout, kills it and fails the test: for example a service that should have
/// refused to start.
pub(crate) fn run_to_its_end(command: &mut Command) -> Output {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let id = child.id();
    let (sender, output) = mpsc::channel();
    let reader = thread::spawn(move || sender.send(child.wait_with_output().unwrap()));
    let output = output.recv_timeout(TIMEOUT).unwrap_or_else(|_| {
        kill(id, "KILL");
        panic!("{command:?} did not end");
    });
    reader.join().unwrap().unwrap();
    output
}

fn kill(process: u32, signal: &str) {
    assert!(Command::new("sh").args(["-c", &format!("kill -{signal} {process}")]).status().unwrap().success());
}

/// A running service. It is killed when the test ends.
pub(crate) struct Service {
    child: Child,
    pub(crate) address: SocketAddr,
    /// The lines of stdout up to the one that says where it listens.
    pub(crate) printed: Vec<String>,
    /// Kept open, so that the service can write to it.
    #[expect(dead_code, reason = "held, not read")]
    stdout: Lines<BufReader<ChildStdout>>,
}

impl Service {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, by name.
    pub(crate) fn signal(&self, name: &str) {
        kill(self.child.id(), name);
    }

    /// Waits until the process has ended.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begin.elapsed() < TIMEOUT, "the service did not end");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The status of a GET with this key.
    pub(crate) async fn status_with_key(&self, key: &str) -> u16 {
        let request = client().get(self.url("/api/v1/widget/prebuilt")).bearer_auth(key);
        request.send().await.unwrap().status().as_u16()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
