use std::{
    ffi::OsStr,
    os::unix::{fs::chown, process::CommandExt as _},
    path::Path,
    process::Command,
};

/// The user that the server runs as. PostgreSQL refuses to run as root.
#[derive(Debug, Clone, Copy)]
pub(crate) enum User {
    Same,
    Other { uid: u32, gid: u32 },
}

impl User {
    pub(crate) fn of_server() -> Self {
        if id(&["-u"]) != Some(0) {
            return Self::Same;
        }
        let named = |name| Some(Self::Other { uid: id(&["-u", name])?, gid: id(&["-g", name])? });
        named("postgres")
            .or_else(|| named("nobody"))
            .expect("a user 'postgres' or 'nobody', as PostgreSQL refuses root")
    }

    /// Makes this user the owner of a file or directory.
    pub(crate) fn own(self, path: &Path) {
        if let Self::Other { uid, gid } = self {
            chown(path, Some(uid), Some(gid)).expect("root may change owners");
        }
    }

    pub(crate) fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        // Another directory, as this user may not be allowed to enter the tests' one, and no variables such as `PGDATA`.
        command.current_dir("/").env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C");
        if let Self::Other { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
        command
    }
}

/// Runs `id`. `None` if the user does not exist.
fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().expect("id starts");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().parse().ok())?
}
