use std::{
    env,
    sync::OnceLock,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{admin, cluster::Cluster, dropper::Dropper};

/// Database names begin with this and their time of creation, in seconds. So databases that a killed process left on a
/// given server can be found and dropped.
const PREFIX: &str = "widgetd_test_";
/// Age at which a test database is certainly no longer in use.
const ABANDONED_SECONDS: u64 = 6 * 3_600;

/// A server on which tests may create databases.
#[derive(Debug)]
pub struct Server(Kind);

#[derive(Debug)]
enum Kind {
    Private {
        cluster: Cluster,
        dropper: Dropper,
        /// What `CREATE DATABASE` with a template ends with.
        strategy: &'static str,
    },
    /// The URL of a database that is used only to create others.
    Given(String),
}

impl Server {
    /// The server of this process: the one that `TEST_DATABASE_URL` names, or a private one that the first call starts.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        #[expect(clippy::disallowed_methods, reason = "the configuration of tests, not of the service")]
        SHARED.get_or_init(|| match env::var("TEST_DATABASE_URL") {
            Ok(url) if !url.is_empty() => Self::given(url),
            _ => Self::private(&[], &[]),
        })
    }

    /// Another private server, which ends when it is dropped. `settings` are added to `postgresql.conf`, and `files` (name and
    /// content) to the data directory.
    pub fn private(settings: &[(&str, &str)], files: &[(&str, &str)]) -> Self {
        let cluster = Cluster::start(settings, files);
        let dropper = Dropper::new(cluster.url("postgres"));
        let version = cluster.query("SHOW server_version_num");
        // Copying files needs a quarter of the processor time of copying through the log, the default since version 15, where
        // `fsync` is off. Earlier versions know no other way.
        let strategy = match version.first().and_then(|version| version.parse::<u32>().ok()) {
            Some(150_000..) => " STRATEGY FILE_COPY",
            _ => "",
        };
        Self(Kind::Private { cluster, dropper, strategy })
    }

    fn given(url: String) -> Self {
        let names = admin::execute(&url, &[format!("SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'")]);
        let server = Self(Kind::Given(url));
        for name in names.iter().filter(|name| is_abandoned(name, seconds())) {
            server.drop_database(name);
        }
        server
    }

    /// The URL of a database, over a socket if the server is private.
    pub fn url(&self, database: &str) -> String {
        match &self.0 {
            Kind::Private { cluster, .. } => cluster.url(database),
            Kind::Given(url) => with_database(url, database),
        }
    }

    /// The URL of a database over TCP.
    pub fn tcp_url(&self, database: &str) -> String {
        match &self.0 {
            Kind::Private { cluster, .. } => cluster.tcp_url(database),
            Kind::Given(url) => with_database(url, database),
        }
    }

    pub(crate) fn create_database(&self, template: Option<&str>) -> String {
        let name = unused_name();
        let (url, strategy) = match &self.0 {
            Kind::Private { cluster, strategy, .. } => (cluster.url("postgres"), *strategy),
            Kind::Given(url) => (url.clone(), ""),
        };
        let template = template.map_or_else(String::new, |template| format!(" TEMPLATE {template}{strategy}"));
        admin::execute(&url, &[format!("CREATE DATABASE {name}{template}")]);
        name
    }

    /// Drops a database, even one in use. A private server does so later.
    pub(crate) fn drop_database(&self, name: &str) {
        match &self.0 {
            Kind::Private { dropper, .. } => dropper.drop_database(name),
            Kind::Given(url) => {
                admin::execute(url, &[drop_statement(name)]);
            }
        }
    }
}

/// FORCE: a store that was not closed may still have a connection.
pub(crate) fn drop_statement(name: &str) -> String {
    format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")
}

fn unused_name() -> String {
    format!("{PREFIX}{}_{:016x}", seconds(), std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 0))
}

fn is_abandoned(name: &str, now: u64) -> bool {
    let made = name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()?.parse::<u64>().ok());
    made.is_some_and(|made| made + ABANDONED_SECONDS < now)
}

#[expect(clippy::disallowed_methods, reason = "the age of databases does not depend on the clocks of tests")]
fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The URL with another database's name.
fn with_database(url: &str, database: &str) -> String {
    let (rest, options) = match url.split_once('?') {
        Some((rest, options)) => (rest, format!("?{options}")),
        None => (url, String::new()),
    };
    let start = rest.find("://").map_or(0, |at| at + 3);
    let end = rest[start..].find('/').map_or(rest.len(), |at| start + at);
    format!("{}/{database}{options}", &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_database_replaces_only_the_name() {
        for (url, expected) in [
            ("postgres://u:p@host:5432/postgres", "postgres://u:p@host:5432/x"),
            ("postgres://host", "postgres://host/x"),
            ("postgresql://h/a?sslmode=require", "postgresql://h/x?sslmode=require"),
            ("postgres://%2Ftmp%2Fpg/a", "postgres://%2Ftmp%2Fpg/x"),
        ] {
            assert_eq!(with_database(url, "x"), expected);
        }
    }

    #[test]
    fn only_old_test_databases_are_abandoned() {
        let now = 1_000_000_000;
        assert!(!is_abandoned(&format!("{PREFIX}{now}_00ff"), now));
        assert!(is_abandoned(&format!("{PREFIX}{}_00ff", now - ABANDONED_SECONDS - 1), now));
        assert!(!is_abandoned("widgetd_production", now));
        assert!(!is_abandoned(&format!("{PREFIX}mine"), now));
    }
}
