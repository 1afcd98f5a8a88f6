//! Origins of the web: those that a widget may load from, those of pages that may call the API, and the patterns by which the operator
//! allows them.

mod allowed;

use std::{fmt, sync::Arc};

use schema::field::Invalid;

pub use self::allowed::AllowedOrigins;
use crate::limits;

const SCHEME: &str = "https://";
const EXAMPLE: &str = "https://cdn.example.com";
const DEFAULT_PORT: u16 = 443;

/// An `https` origin, exactly as a browser writes it: `https://` and a host in lower case, with a port unless it is 443.
///
/// Nothing in an origin can end a source of a Content-Security-Policy or begin another, and it stands for one host only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Origin(Arc<str>);

impl Origin {
    /// Accepts the text unchanged, or returns what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let authority = text
            .strip_prefix(SCHEME)
            .ok_or_else(|| Invalid::new(format!("Expected an origin that begins with {SCHEME}, such as {EXAMPLE}")))?;
        if authority.contains('*') {
            let message = format!("Must not contain '*': list each origin by its full name, such as {EXAMPLE}");
            return Err(Invalid::new(message));
        }
        check_authority(authority)?;
        Ok(Self(text.into()))
    }

    /// The origin as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host and, unless it is 443, the port: `cdn.example.com`, `cdn.example.com:8443`.
    pub fn authority(&self) -> &str {
        &self.0[SCHEME.len()..]
    }
}

impl TryFrom<String> for Origin {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

impl serde::Serialize for Origin {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Checks a host and an optional port, both in the form in which browsers serialize them.
fn check_authority(text: &str) -> Result<(), Invalid> {
    let refuse = |message: String| Err(Invalid::new(message));
    // Repeats only what is an origin, as the text may hold control characters.
    let instead = |authority: &str| match check_authority(authority) {
        Ok(()) => format!(": {SCHEME}{authority}"),
        Err(_) => String::new(),
    };
    if text.contains(',') {
        return refuse(format!("Write one origin per entry, such as {EXAMPLE}"));
    }
    if let Some((origin, _)) = text.split_once(['/', '?', '#', '\\']) {
        return refuse(format!("Expected an origin, without a path{}", instead(origin)));
    }
    if text.contains('@') {
        return refuse(format!("Must not contain a user or a password, only an origin such as {EXAMPLE}"));
    }
    let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
    if !host.is_ascii() {
        return refuse("Write the host in ASCII, as browsers send it: xn--…".to_owned());
    }
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return refuse(format!("Write the host in lower case{}", instead(&text.to_ascii_lowercase())));
    }
    if let Some(name) = host.strip_suffix('.') {
        return refuse(format!("Leave out the dot at the end{}", instead(name)));
    }
    if host.contains('_') {
        return refuse("Must not contain '_': the names of hosts have letters, digits, '-' and '.'".to_owned());
    }
    let is_label = |label: &str| {
        let ends_well = !label.starts_with('-') && !label.ends_with('-');
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len()) && ends_well && label.bytes().all(is_plain)
    };
    if host.len() > limits::MAX_HOST_CHARS || !host.split('.').all(is_label) {
        return refuse(format!("Expected the name of a host after {SCHEME}, such as {EXAMPLE}"));
    }
    // Browsers read a host whose last label is a number, also one such as `0x7f`, as an IPv4 address. No top-level domain begins with a
    // digit.
    if host.rsplit('.').next().is_none_or(|last| last.starts_with(|digit: char| digit.is_ascii_digit())) {
        return refuse(format!("Expected the name of a host, such as {EXAMPLE}, not an IP address"));
    }
    port.map_or(Ok(()), |port| {
        check_port(port, DEFAULT_PORT).map_err(|invalid| match port.parse() {
            Ok(DEFAULT_PORT) => Invalid::new(format!("{}: {SCHEME}{host}", invalid.0)),
            _ => invalid,
        })
    })
}

/// Checks a port in the form in which browsers serialize it: they leave out the default of the scheme.
fn check_port(text: &str, default: u16) -> Result<(), Invalid> {
    match text.parse::<u16>() {
        Ok(number) if number == default => Err(Invalid::new("Leave out the default port")),
        Ok(number) if number > 0 && number.to_string() == text => Ok(()),
        _ => Err(Invalid::new("Expected a port from 1 to 65535 after the host")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn origin(text: &str) -> Origin {
        Origin::parse(text).unwrap()
    }

    #[test]
    fn an_origin_is_https_a_host_and_a_port() {
        for text in [
            "https://cdn.example.com",
            "https://localhost:8443",
            "https://xn--bcher-kva.example",
            "https://a-b.1c.example:1",
            "https://a.example:65535",
            "https://0x7f.example",
            "https://127.0.0.1.example",
        ] {
            assert_eq!(origin(text).as_str(), text);
        }
    }

    #[test]
    fn what_is_no_origin_is_refused_with_the_remedy() {
        let long_label = format!("https://{}.example", "a".repeat(64));
        let long_host = format!("https://{}example", "a.".repeat(125));
        for (text, remedy) in [
            ("", "begins with https://"),
            ("*", "begins with https://"),
            ("'self'", "begins with https://"),
            ("'unsafe-inline'", "begins with https://"),
            ("data:", "begins with https://"),
            ("https:", "begins with https://"),
            ("http://cdn.example.com", "begins with https://"),
            ("HTTPS://cdn.example.com", "begins with https://"),
            ("wss://cdn.example.com", "begins with https://"),
            (" https://cdn.example.com", "begins with https://"),
            ("cdn.example.com", "begins with https://"),
            ("//cdn.example.com", "begins with https://"),
            ("https://*", "list each origin"),
            ("https://*.example.com", "list each origin"),
            ("https://cdn.*.com", "list each origin"),
            ("https://cdn.example.com:*", "list each origin"),
            ("https://cdn.example.com/", "without a path: https://cdn.example.com"),
            ("https://cdn.example.com/a.png", "without a path"),
            ("https://cdn.example.com?a", "without a path"),
            ("https://cdn.example.com#a", "without a path"),
            ("https://cdn.example.com\\a", "without a path"),
            ("https://user@cdn.example.com", "a user or a password"),
            ("https://user:secret@cdn.example.com", "a user or a password"),
            ("https://CDN.example.com", "in lower case: https://cdn.example.com"),
            ("https://bücher.example", "xn--"),
            ("https://cdn.example。com", "xn--"),
            ("https://", "the name of a host"),
            ("https://.example.com", "the name of a host"),
            ("https://example.com.", "Leave out the dot at the end: https://example.com"),
            ("https://a..example.com", "the name of a host"),
            ("https://-a.example.com", "the name of a host"),
            ("https://a_b.example.com", "Must not contain '_'"),
            ("https://a.example.com b.example.com", "the name of a host"),
            ("https://a.example.com\tb", "the name of a host"),
            ("https://a.example.com; script-src", "the name of a host"),
            ("https://a.example.com;script-src", "the name of a host"),
            ("https://a.example.com,https://b.example.com", "one origin per entry"),
            ("https://a.example.com\r\nx: y", "the name of a host"),
            ("https://a.example.com\"", "the name of a host"),
            ("https://%61.example.com", "the name of a host"),
            ("https://[::1]", "the name of a host"),
            (&long_label, "the name of a host"),
            (&long_host, "the name of a host"),
            ("https://127.0.0.1", "not an IP address"),
            ("https://2130706433", "not an IP address"),
            ("https://0x7f000001:8443", "not an IP address"),
            ("https://127.0.0.0x1", "not an IP address"),
            ("https://a.0x", "not an IP address"),
            ("https://a.1c", "not an IP address"),
            ("https://cdn.example.com:443", "Leave out the default port: https://cdn.example.com"),
            ("https://cdn.example.com:", "a port from 1"),
            ("https://cdn.example.com:0", "a port from 1"),
            ("https://cdn.example.com:08443", "a port from 1"),
            ("https://cdn.example.com:+1", "a port from 1"),
            ("https://cdn.example.com:65536", "a port from 1"),
            ("https://cdn.example.com:1:2", "a port from 1"),
            ("https://cdn.example.com:1 'self'", "a port from 1"),
        ] {
            let refused = Origin::parse(text).map_err(|invalid| invalid.0);
            assert!(refused.as_ref().is_err_and(|message| message.contains(remedy)), "{text:?}: {refused:?}");
        }
    }

    proptest! {
        #[test]
        fn an_accepted_origin_holds_no_character_with_a_meaning_in_a_policy(text in "https://[ -~é\\r\\n\\t]{1,40}") {
            if let Ok(origin) = Origin::parse(&text) {
                prop_assert!(origin.authority().bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b':')));
            }
        }
    }
}
