//! Whether the files of an open database are still the ones that their paths lead to.

use std::{
    ffi::OsString,
    fs::{self, Metadata},
    io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use ports::StoreError;

/// What SQLite keeps next to a database in WAL mode: the log, and the log's index in shared memory.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// The files of a database, as they were opened.
///
/// SQLite goes on with a file that was deleted, or that another one was put in the place of: what it commits there is lost
/// with the last connection.
pub(super) struct Files {
    /// The database first.
    opened: Vec<(PathBuf, Identity)>,
    /// Bytes of the database at the last look.
    size: AtomicU64,
    loss: OnceLock<Loss>,
}

/// Which file it is, whatever its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

/// What became of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Loss {
    /// A path leads elsewhere or nowhere; the connections still have the file that was opened.
    Moved(String),
    /// The database's file was cut short or written over: what the connections have is damaged.
    Damaged(String),
}

/// What a look found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Look {
    Unchanged,
    /// The database's file has become shorter; the bytes that are left. SQLite does that itself after a `VACUUM`.
    Shorter(u64),
    Lost(Loss),
}

impl Files {
    /// Notes which files are open. To be called while a connection has them open, which keeps SQLite from replacing them.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let database = fs::metadata(path)?;
        let mut opened = vec![(path.to_owned(), Identity::of(&database))];
        // SQLite follows links, and puts them next to the file itself.
        let real = fs::canonicalize(path)?;
        for companion in COMPANIONS {
            let path = with_suffix(&real, companion);
            let about = fs::metadata(&path)?;
            opened.push((path, Identity::of(&about)));
        }
        Ok(Self { opened, size: AtomicU64::new(database.len()), loss: OnceLock::new() })
    }

    /// Compares the paths with the files that were opened: a few microseconds.
    pub(super) fn look(&self) -> Look {
        if let Some(loss) = self.loss.get() {
            return Look::Lost(loss.clone());
        }
        for (place, (path, identity)) in self.opened.iter().enumerate() {
            let lost = |what: &str| Look::Lost(Loss::Moved(format!("{} {what}", path.display())));
            match fs::metadata(path) {
                Ok(found) if Identity::of(&found) != *identity => return lost("was replaced by another file"),
                Ok(found) if place == 0 => {
                    let before = self.size.swap(found.len(), Ordering::Relaxed);
                    if found.len() < before {
                        return Look::Shorter(found.len());
                    }
                }
                Ok(_) => {}
                Err(error) if is_absent(&error) => return lost("was deleted or moved away"),
                // The file system does not answer. SQLite's own statements say so if it lasts.
                Err(_) => {}
            }
        }
        Look::Unchanged
    }

    /// From now on the files are lost, until the process opens them again.
    pub(super) fn lose(&self, loss: Loss) -> StoreError {
        self.loss.get_or_init(|| loss).error()
    }

    /// Why nothing is read or written any more, if that is so.
    pub(super) fn lost(&self) -> Option<&Loss> {
        self.loss.get()
    }
}

impl Loss {
    pub(super) fn error(&self) -> StoreError {
        let (Self::Moved(what) | Self::Damaged(what)) = self;
        StoreError::Replaced(format!("{what} while it was open; restart the service"))
    }
}

impl Identity {
    fn of(about: &Metadata) -> Self {
        Self { device: about.dev(), inode: about.ino() }
    }
}

/// The path with this at its end.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
