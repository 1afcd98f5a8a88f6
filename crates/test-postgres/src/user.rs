use std::{
    ffi::OsStr,
    os::unix::{fs::chown, process::CommandExt as _},
    path::Path,
    process::Command,
};

/// Whom the server runs as: it refuses to be root.
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

    pub(crate) fn own(self, path: &Path) {
        if let Self::Other { uid, gid } = self {
            chown(path, Some(uid), Some(gid)).expect("root may give things away");
        }
    }

    pub(crate) fn command(self, program: impl AsRef<OsStr>) -> Command {
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
