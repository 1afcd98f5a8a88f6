//! Drops databases in a separate thread.

use std::{sync::mpsc, thread};

use crate::{admin, server::drop_statement};

/// Drops the databases of a private server, one after the other, while the tests go on.
///
/// `DROP DATABASE … WITH (FORCE)` takes at least 100 ms while a connection is open, since PostgreSQL waits that long before it
/// looks again.
#[derive(Debug)]
pub(crate) struct Dropper(mpsc::Sender<String>);

impl Dropper {
    /// `url` is that of a database that is not dropped.
    pub(crate) fn new(url: String) -> Self {
        let (sender, names) = mpsc::channel::<String>();
        // The server may end at any time, and its databases with it.
        thread::spawn(move || {
            names.iter().try_for_each(|name| admin::try_execute(&url, &[drop_statement(&name)]).map(drop))
        });
        Self(sender)
    }

    pub(crate) fn drop_database(&self, name: &str) {
        // No receiver: the server has ended.
        let _ = self.0.send(name.to_owned());
    }
}
