//! The lock that keeps other services from the file.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    process,
};

use super::{connection::OpenError, files::with_suffix};

/// Locks the database for a service, until the returned file is closed. The kernel closes it when the process ends.
///
/// The locked file stands next to the database, with all links resolved. The database itself cannot be locked: closing any
/// descriptor of it would release SQLite's own locks. The lock file is never deleted: if another process opened it in that
/// moment, two would hold a lock.
pub(super) fn lock(database: &Path) -> Result<File, OpenError> {
    let fail = |why| OpenError::Lock { path: database.to_owned(), why };
    let path = with_suffix(&fs::canonicalize(database).map_err(fail)?, "-lock");
    let open = OpenOptions::new().create(true).truncate(false).read(true).write(true).mode(0o600).open(path);
    let mut file = open.map_err(fail)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(OpenError::InUse { path: database.to_owned(), process: holder(&mut file) });
        }
        Err(TryLockError::Error(why)) => return Err(fail(why)),
    }
    // For the error message of the next service; the lock holds without it.
    let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", process::id()));
    Ok(file)
}

/// The process that holds the lock, in brackets, if it has written its id.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.take(20).read_to_string(&mut text);
    match text.trim().parse::<u32>() {
        Ok(id) if read.is_ok() => format!(" (process {id})"),
        _ => String::new(),
    }
}
