//! Whether the paths of an open database still lead to the files that were opened.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use ports::StoreError;

/// The suffixes of the files next to a database in WAL mode: the log, and its index in shared memory.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// The files of a database that were opened.
///
/// SQLite continues to write to a file that was deleted or replaced: its commits are lost when the last connection closes.
pub(super) struct OpenedFiles {
    opened: Vec<(PathBuf, Identity)>,
    loss: OnceLock<FileLoss>,
}

/// Identifies a file independently of its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

/// A path no longer leads to the file that was opened. The connections still have that file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileLoss(String);

impl OpenedFiles {
    /// Records the open files. A connection must have them open, which keeps SQLite from replacing them.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let mut opened = vec![(path.to_owned(), Identity::of(path)?)];
        // SQLite resolves links, and creates the companions next to the file itself.
        let real = fs::canonicalize(path)?;
        for companion in COMPANIONS {
            let path = with_suffix(&real, companion);
            let identity = Identity::of(&path)?;
            opened.push((path, identity));
        }
        Ok(Self { opened, loss: OnceLock::new() })
    }

    /// Compares the paths with the opened files, which takes a few microseconds. An error names the lost file.
    pub(super) fn check(&self) -> Result<(), FileLoss> {
        if let Some(loss) = self.loss.get() {
            return Err(loss.clone());
        }
        for (path, identity) in &self.opened {
            let lost = |what: &str| Err(FileLoss(format!("{} {what}", path.display())));
            match Identity::of(path) {
                Ok(found) if found != *identity => return lost("was replaced by another file"),
                Err(error) if is_absent(&error) => return lost("was deleted or moved away"),
                // If the file system fails permanently, SQLite's statements fail as well.
                Ok(_) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// Marks the files as lost until the process restarts.
    pub(super) fn mark_lost(&self, loss: FileLoss) -> StoreError {
        self.loss.get_or_init(|| loss).error()
    }

    /// The loss that ends all reads and writes, if there is one.
    pub(super) fn loss(&self) -> Option<&FileLoss> {
        self.loss.get()
    }
}

impl FileLoss {
    pub(super) fn error(&self) -> StoreError {
        StoreError::Replaced(format!("{} while it was open; restart the service", self.0))
    }
}

impl Identity {
    /// Queries the inode alone: since Linux 6.13 a query of the modification time makes the next `fsync` slower.
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

/// The path with the suffix appended to its file name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
