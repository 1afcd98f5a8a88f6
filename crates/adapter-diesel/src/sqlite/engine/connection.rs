use std::{
    fs::OpenOptions,
    io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use diesel::{connection::SimpleConnection as _, prelude::*, sql_types::Text};

use crate::migrations::NotMigrated;

/// How long a statement waits for another process that holds the lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The settings of a connection that writes.
///
/// `FULL` makes a commit wait until the log is on the disk; with `NORMAL` a power cut could undo a commit that was answered.
/// A checkpoint truncates the log to 64 MiB after a burst. Page caches are small on purpose: the operating system caches
/// the file as well.
const WRITER_PRAGMAS: [&str; 6] = [
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -4096",
    "PRAGMA journal_size_limit = 67108864",
];

/// The settings of a connection that only reads.
const READER_PRAGMAS: [&str; 5] = [
    "PRAGMA query_only = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -2048",
];

/// Why a database was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is invalid.
    #[error("'{url}' names no SQLite database: {why}")]
    Url {
        /// What was given.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The file does not exist and cannot be created.
    #[error("cannot create the database {}: {why}", .path.display())]
    Create {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        why: io::Error,
    },
    /// SQLite cannot use the file: it is not a database, damaged, locked, or on a file system without shared memory.
    #[error("cannot open the database {}: {why}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The error of SQLite.
        why: String,
    },
    /// The file does not exist, and this command does not create it.
    #[error("the database {} does not exist: `widgetd migrate` and `widgetd serve` create it", .path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The database lacks migrations, and this command does not apply them.
    #[error("{0}")]
    NotMigrated(#[from] NotMigrated),
    /// Another service uses the file.
    #[error("the database {} is in use by another service{process}: one service at a time works with a file", .path.display())]
    InUse {
        /// The file.
        path: PathBuf,
        /// The other process, in brackets, if it is known.
        process: String,
    },
    /// The file cannot be locked against other services.
    #[error("cannot lock the database {} for this service: {why}", .path.display())]
    Lock {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        why: io::Error,
    },
    /// No thread could be started.
    #[error("cannot start a thread of the store: {0}")]
    Thread(io::Error),
}

/// Whether a connection may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Write,
    Read,
}

/// Creates the file if it does not exist, readable by its owner only. SQLite gives its companions the same permissions.
pub(crate) fn create_file(path: &Path) -> Result<(), OpenError> {
    if path.exists() {
        return Ok(());
    }
    let fail = |why| OpenError::Create { path: path.to_owned(), why };
    if let Some(directory) = path.parent().filter(|directory| !directory.is_dir()) {
        return Err(fail(io::Error::new(
            io::ErrorKind::NotFound,
            format!("the directory {} does not exist", directory.display()),
        )));
    }
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path).map(drop).map_err(fail)
}

/// Opens an existing database file.
pub(crate) fn open_file(path: &Path, access: Access) -> Result<SqliteConnection, OpenError> {
    let fail = |why: String| OpenError::Open { path: path.to_owned(), why };
    let name = path.to_str().ok_or_else(|| fail("the path is not UTF-8".to_owned()))?;
    if !path.is_file() {
        return Err(fail("it is not a file".to_owned())); // SQLite would create one, readable by all
    }
    let mut connection = SqliteConnection::establish(name).map_err(|why| fail(why.to_string()))?;
    configure(&mut connection, access).map_err(|why| fail(why.to_string()))?;
    Ok(connection)
}

/// Creates an empty database in memory.
pub(crate) fn open_memory() -> Result<SqliteConnection, OpenError> {
    let fail = |why: String| OpenError::Open { path: ":memory:".into(), why };
    let mut connection = SqliteConnection::establish(":memory:").map_err(|why| fail(why.to_string()))?;
    execute_all(&mut connection, &WRITER_PRAGMAS).map_err(|why| fail(why.to_string()))?;
    Ok(connection)
}

fn configure(connection: &mut SqliteConnection, access: Access) -> QueryResult<()> {
    connection.batch_execute(&format!("PRAGMA busy_timeout = {}", BUSY_TIMEOUT.as_millis()))?;
    match access {
        Access::Write => {
            enter_wal(connection)?;
            execute_all(connection, &WRITER_PRAGMAS)
        }
        Access::Read => execute_all(connection, &READER_PRAGMAS),
    }
}

fn execute_all(connection: &mut SqliteConnection, pragmas: &[&str]) -> QueryResult<()> {
    pragmas.iter().try_for_each(|pragma| connection.batch_execute(pragma))
}

#[derive(QueryableByName)]
struct JournalMode {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

/// Switches to the write-ahead log, with which readers and the writer do not wait for each other. The file stores the mode.
///
/// The switch needs exclusive access, and SQLite does not wait for it. So processes that start concurrently on a new file
/// try again.
fn enter_wal(connection: &mut SqliteConnection) -> QueryResult<()> {
    let deadline = Instant::now() + BUSY_TIMEOUT;
    loop {
        match diesel::sql_query("PRAGMA journal_mode = WAL").get_result::<JournalMode>(connection) {
            Ok(JournalMode { journal_mode }) if journal_mode == "wal" => return Ok(()),
            Ok(JournalMode { journal_mode }) => {
                let why = format!("the file system allows no write-ahead log (journal mode '{journal_mode}')");
                return Err(diesel::result::Error::QueryBuilderError(why.into()));
            }
            Err(error) if !error.to_string().contains("locked") || Instant::now() > deadline => return Err(error),
            Err(_) => thread::sleep(Duration::from_millis(10)),
        }
    }
}
