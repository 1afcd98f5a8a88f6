//! Whether the files of an open database are still the ones that their paths lead to.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use ports::StoreError;

/// What SQLite keeps next to a database in WAL mode: the log, and the log's index in shared memory.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// The files of a database, as they were opened.
///
/// SQLite goes on with a file that was deleted, or that another one was put in the place of: what it commits there is lost
/// with the last connection.
pub(crate) struct Files {
    opened: Vec<(PathBuf, Identity)>,
    loss: OnceLock<Loss>,
}

/// Which file it is, whatever its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

/// What became of the files: a path leads elsewhere or nowhere. The connections still have the file that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loss(String);

impl Files {
    /// Notes which files are open. To be called while a connection has them open, which keeps SQLite from replacing them.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let mut opened = vec![(path.to_owned(), Identity::of(path)?)];
        // SQLite follows links, and puts them next to the file itself.
        let real = fs::canonicalize(path)?;
        for companion in COMPANIONS {
            let path = with_suffix(&real, companion);
            let identity = Identity::of(&path)?;
            opened.push((path, identity));
        }
        Ok(Self { opened, loss: OnceLock::new() })
    }

    /// Compares the paths with the files that were opened, which takes a few microseconds. An error says what was lost.
    pub(crate) fn check(&self) -> Result<(), Loss> {
        if let Some(loss) = self.loss.get() {
            return Err(loss.clone());
        }
        for (path, identity) in &self.opened {
            let lost = |what: &str| Err(Loss(format!("{} {what}", path.display())));
            match Identity::of(path) {
                Ok(found) if found != *identity => return lost("was replaced by another file"),
                Err(error) if is_absent(&error) => return lost("was deleted or moved away"),
                // When the file system does not answer, SQLite's own statements fail if that lasts.
                Ok(_) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// Marks the files as lost, until the process opens them again.
    pub(crate) fn mark_lost(&self, loss: Loss) -> StoreError {
        self.loss.get_or_init(|| loss).error()
    }

    /// Why nothing is read or written any more, if that is so.
    pub(crate) fn loss(&self) -> Option<&Loss> {
        self.loss.get()
    }
}

impl Loss {
    pub(crate) fn error(&self) -> StoreError {
        StoreError::Replaced(format!("{} while it was open; restart the service", self.0))
    }
}

impl Identity {
    /// Asks for the inode alone: since Linux 6.13 a query of the time of the last change makes the next `fsync` slower.
    #[cfg(target_os = "linux")]
    fn of(path: &Path) -> io::Result<Self> {
        use rustix::fs::{AtFlags, CWD, StatxFlags, makedev, statx};
        let about = statx(CWD, path, AtFlags::empty(), StatxFlags::INO)?;
        Ok(Self { device: makedev(about.stx_dev_major, about.stx_dev_minor), inode: about.stx_ino })
    }

    #[cfg(not(target_os = "linux"))]
    fn of(path: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let about = fs::metadata(path)?;
        Ok(Self { device: about.dev(), inode: about.ino() })
    }
}

/// The path with this at its end.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
