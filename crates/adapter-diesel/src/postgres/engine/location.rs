use std::path::PathBuf;

use domain::percent::{self, DecodeError};
use ports::StoreError;
use tokio_postgres::config::{LoadBalanceHosts, SslMode, TargetSessionAttrs};

/// Why a PostgreSQL store was not created. No message contains the URL, which may contain a password.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The URL is invalid.
    #[error("the URL of the PostgreSQL database cannot be used: {0}")]
    Url(String),
    /// The trusted certificates cannot be read.
    #[error("cannot verify the PostgreSQL server's certificate: {0}")]
    Certificates(String),
    /// The server is unreachable or refused the connection.
    #[error(transparent)]
    Refused(#[from] StoreError),
}

/// How TLS is used: `sslmode` of libpq.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TlsMode {
    /// No TLS.
    Disable,
    /// TLS if the server supports it, without verification. The default, as in libpq.
    Prefer,
    /// Always TLS, without verification: it protects against eavesdropping, not against impersonation.
    Require,
    /// Always TLS, with verification of the host and of the certificate. The trusted authorities are those of the file
    /// (`sslrootcert`), or the operating system's.
    VerifyFull { authorities: Option<PathBuf> },
}

/// The parsed URL of a database.
#[derive(Debug)]
pub(crate) struct Location {
    /// The driver's configuration of each host, in the order in which they are tried. The driver does not know all TLS
    /// modes.
    pub(crate) hosts: Vec<tokio_postgres::Config>,
    pub(crate) tls: TlsMode,
}

impl Location {
    /// Reads `postgres://user:password@host:port,host:port/database?option=value&…`. A read-only host among
    /// several is skipped.
    pub(crate) fn parse(url: &str) -> Result<Self, ConnectError> {
        let mut location = Self::of_any(url)?;
        if location.hosts.len() > 1 {
            location.hosts.iter_mut().for_each(require_writes);
        }
        Ok(location)
    }

    /// As [`parse`](Self::parse), but accepts read-only hosts.
    pub(crate) fn of_any(url: &str) -> Result<Self, ConnectError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(ConnectError::Url("expected postgres://user:password@host/database".to_owned()));
        }
        let (base, options) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut authorities, mut others) = (None, None, Vec::new());
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", value)) => mode = Some(decode(value)?),
                Some(("sslrootcert", value)) => authorities = Some(decode(value)?),
                _ => others.push(option),
            }
        }
        let tls = TlsMode::parse(mode.as_deref(), authorities)?;
        let options = if others.is_empty() { String::new() } else { format!("?{}", others.join("&")) };
        let all = read(&format!("{base}{options}"), &tls)?;
        let hosts = match each_host(base) {
            // With load balancing the driver picks a host for every connection.
            Some(bases) if all.get_load_balance_hosts() == LoadBalanceHosts::Disable => {
                let each = bases.iter().map(|base| read(&format!("{base}{options}"), &tls));
                each.collect::<Result<_, _>>()?
            }
            _ => vec![all],
        };
        Ok(Self { hosts, tls })
    }
}

/// Has the driver parse a URL without TLS options.
fn read(url: &str, tls: &TlsMode) -> Result<tokio_postgres::Config, ConnectError> {
    let mut config: tokio_postgres::Config = url.parse().map_err(|why| ConnectError::Url(chain(&why)))?;
    config.ssl_mode(match tls {
        TlsMode::Disable => SslMode::Disable,
        TlsMode::Prefer => SslMode::Prefer,
        TlsMode::Require | TlsMode::VerifyFull { .. } => SslMode::Require,
    });
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(ConnectError::Url("the host is missing".to_owned()));
    }
    Ok(config)
}

/// The URL with each of its hosts alone; `None` if it names a single one.
fn each_host(base: &str) -> Option<Vec<String>> {
    let begin = base.find("://")? + 3;
    let end = base[begin..].find('/').map_or(base.len(), |at| begin + at);
    let begin = base[begin..end].rfind('@').map_or(begin, |at| begin + at + 1);
    let hosts = &base[begin..end];
    hosts.contains(',').then(|| hosts.split(',').map(|h| format!("{}{h}{}", &base[..begin], &base[end..])).collect())
}

/// Accepts only hosts that take writes, unless the URL says otherwise. libpq accepts a standby by default.
fn require_writes(host: &mut tokio_postgres::Config) {
    if host.get_target_session_attrs() == TargetSessionAttrs::Any {
        host.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
}

impl TlsMode {
    fn parse(mode: Option<&str>, authorities: Option<String>) -> Result<Self, ConnectError> {
        let authorities = authorities.map(PathBuf::from);
        let mode = match mode {
            None | Some("prefer") => Self::Prefer,
            Some("disable") => Self::Disable,
            Some("require") => Self::Require,
            Some("verify-full") => return Ok(Self::VerifyFull { authorities }),
            Some(other) => {
                let why = format!("sslmode: expected disable, prefer, require or verify-full, received '{other}'");
                return Err(ConnectError::Url(why));
            }
        };
        match authorities {
            None => Ok(mode),
            // libpq would verify the chain but not the host.
            Some(_) => Err(ConnectError::Url("sslrootcert needs sslmode=verify-full".to_owned())),
        }
    }
}

fn decode(text: &str) -> Result<String, ConnectError> {
    percent::decode(text).map_err(|error| {
        ConnectError::Url(match error {
            DecodeError::BrokenEscape => "a % in an option is not followed by two hexadecimal digits".to_owned(),
            DecodeError::NotUtf8 => "an option is not UTF-8".to_owned(),
        })
    })
}

/// The error and its sources.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", chain(source)),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::Host;

    use super::*;

    fn tls(options: &str) -> Result<TlsMode, String> {
        let location = Location::parse(&format!("postgres://u:secret@db.example:5433/widgets{options}"));
        location.map(|location| location.tls).map_err(|error| error.to_string())
    }

    #[test]
    fn every_mode_of_tls_is_read() {
        assert_eq!(tls(""), Ok(TlsMode::Prefer));
        assert_eq!(tls("?sslmode=disable"), Ok(TlsMode::Disable));
        assert_eq!(tls("?application_name=x&sslmode=require"), Ok(TlsMode::Require));
        assert_eq!(tls("?sslmode=verify-full"), Ok(TlsMode::VerifyFull { authorities: None }));
        let authorities = Some(PathBuf::from("/etc/a b.pem"));
        assert_eq!(tls("?sslmode=verify-full&sslrootcert=/etc%2Fa%20b.pem"), Ok(TlsMode::VerifyFull { authorities }));
    }

    #[test]
    fn a_mode_that_would_not_be_enforced_is_rejected() {
        assert!(tls("?sslmode=verify-ca").unwrap_err().contains("received 'verify-ca'"));
        assert!(tls("?sslmode=require&sslrootcert=/ca.pem").unwrap_err().contains("needs sslmode=verify-full"));
    }

    #[test]
    fn the_driver_is_at_least_as_strict_as_the_mode() {
        let mode = |url: &str| Location::parse(url).unwrap().hosts[0].get_ssl_mode();
        assert_eq!(mode("postgres://h/d?sslmode=verify-full"), SslMode::Require);
        assert_eq!(mode("postgres://h/d?sslmode=require"), SslMode::Require);
        assert_eq!(mode("postgresql://h/d"), SslMode::Prefer);
        assert_eq!(mode("postgres://h/d?sslmode=disable"), SslMode::Disable);
    }

    #[test]
    fn each_of_several_hosts_must_accept_writes() {
        let url =
            "postgres://u:se,cr%40et@one.example:1,two.example:2,%2Frun%2Fpg:3/d?application_name=x&sslmode=require";
        let hosts = Location::parse(url).unwrap().hosts;
        let places: Vec<_> = hosts.iter().map(|host| (host.get_hosts().to_vec(), host.get_ports().to_vec())).collect();
        let tcp = |name: &str| Host::Tcp(name.to_owned());
        let socket = Host::Unix("/run/pg".into());
        let expected = [(tcp("one.example"), 1), (tcp("two.example"), 2), (socket, 3)];
        assert_eq!(places, expected.map(|(host, port)| (vec![host], vec![port])));
        for host in hosts {
            assert_eq!(host.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
            assert_eq!((host.get_password(), host.get_dbname()), (Some(b"se,cr@et".as_slice()), Some("d")));
            assert_eq!((host.get_application_name(), host.get_ssl_mode()), (Some("x"), SslMode::Require));
        }
    }

    #[test]
    fn a_single_host_and_explicit_attributes_stay_as_they_are() {
        let attributes = |url: &str| Location::parse(url).unwrap().hosts[0].get_target_session_attrs();
        assert_eq!(attributes("postgres://h/d"), TargetSessionAttrs::Any);
        assert_eq!(attributes("postgres://a,b/d?target_session_attrs=read-only"), TargetSessionAttrs::ReadOnly);
        assert_eq!(
            Location::of_any("postgres://a,b/d").unwrap().hosts[0].get_target_session_attrs(),
            TargetSessionAttrs::Any
        );
        assert_eq!(Location::parse("postgres://a,b/d?load_balance_hosts=random").unwrap().hosts.len(), 1);
    }

    #[test]
    fn an_invalid_url_is_rejected_without_showing_its_password() {
        for (url, why) in [
            ("mysql://u:secret@h/d", "expected postgres://"),
            ("postgres://u:secret@h:port/d", "port"),
            ("postgres://u:secret@h:1,h:port/d", "port"),
            ("postgres://u:secret@h/d?no_such=secret", "no_such"),
            ("postgres://u:secret@h/d?sslmode=%zz", "hexadecimal"),
            ("postgres://u:secret@h/d?connect_timeout=secret", "connect_timeout"),
            ("postgres:///d", "host is missing"),
        ] {
            let error = Location::parse(url).unwrap_err().to_string();
            assert!(error.contains(why) && !error.contains("secret"), "{url}: {error}");
        }
    }
}
