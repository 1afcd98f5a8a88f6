//! The `format`s that are checked, in one linear-time implementation that both checkers use.
//!
//! Draft-07 leaves it to an implementation which formats it asserts (section 7.2). The ones below have a short,
//! unambiguous grammar; `idn-email`, `idn-hostname`, `iri`, `iri-reference`, `uri-template` and `regex` have not, and stay
//! annotations, as unknown names do.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A format that is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339 `date-time`.
    DateTime,
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 3339 `full-time`: with an offset.
    Time,
    /// RFC 5321 `Mailbox`, ASCII.
    Email,
    /// RFC 1123, ASCII.
    Hostname,
    /// RFC 2673: four decimal numbers.
    Ipv4,
    /// RFC 4291, without a zone.
    Ipv6,
    /// RFC 3986, with a scheme.
    Uri,
    /// RFC 3986, with or without a scheme.
    UriReference,
    /// RFC 6901, as a string.
    JsonPointer,
    /// The draft of relative JSON pointers.
    RelativeJsonPointer,
}

impl Format {
    /// Every format that is checked.
    pub const ALL: [Self; 11] = [
        Self::DateTime,
        Self::Date,
        Self::Time,
        Self::Email,
        Self::Hostname,
        Self::Ipv4,
        Self::Ipv6,
        Self::Uri,
        Self::UriReference,
        Self::JsonPointer,
        Self::RelativeJsonPointer,
    ];

    /// The name in schemas.
    pub fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Time => "time",
            Self::Email => "email",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::JsonPointer => "json-pointer",
            Self::RelativeJsonPointer => "relative-json-pointer",
        }
    }

    /// The format of this name, when it is one that is checked.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether a string has this format.
    pub fn admits(self, text: &str) -> bool {
        match self {
            Self::DateTime => is_date_time(text),
            Self::Date => is_date(text),
            Self::Time => is_time(text),
            Self::Email => is_email(text),
            Self::Hostname => is_hostname(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Uri => is_uri_reference(text, true),
            Self::UriReference => is_uri_reference(text, false),
            Self::JsonPointer => is_json_pointer(text),
            Self::RelativeJsonPointer => is_relative_json_pointer(text),
        }
    }
}

fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't']).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(4, '-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `HH:MM:SS[.fraction](Z|±HH:MM)`; second 60 only where it is 23:59 in UTC.
fn is_time(text: &str) -> bool {
    let Some(zone_at) = text.find(['Z', 'z', '+', '-']) else { return false };
    let (clock, zone) = text.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let parts: Vec<&str> = clock.splitn(4, ':').collect();
    let [hour, minute, second] = parts.as_slice() else { return false };
    let (Some(hour), Some(minute), Some(second)) = (digits(hour, 2), digits(minute, 2), digits(second, 2)) else {
        return false;
    };
    let Some(offset) = offset_minutes(zone) else { return false };
    let utc = (i64::from(hour * 60 + minute) - offset).rem_euclid(24 * 60);
    hour < 24 && minute < 60 && (second < 60 || (second == 60 && utc == 23 * 60 + 59))
}

fn offset_minutes(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let size = i64::from(hours * 60 + minutes);
    (hours < 24 && minutes < 60).then_some(if zone.starts_with('-') { -size } else { size })
}

/// Exactly `length` decimal digits.
fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn is_email(text: &str) -> bool {
    // The last @: one inside a quoted local part is not the separator.
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    is_local_part(local) && (is_hostname(domain) || is_address_literal(domain))
}

fn is_local_part(local: &str) -> bool {
    if local.is_empty() || local.len() > 64 {
        return false;
    }
    if let Some(quoted) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let mut escaped = false;
        let fits = quoted.bytes().all(|b| {
            let fits = (b' '..=b'~').contains(&b) && (escaped || b != b'"');
            escaped = !escaped && b == b'\\';
            fits
        });
        return fits && !escaped;
    }
    let is_atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
    local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom))
}

fn is_address_literal(domain: &str) -> bool {
    let Some(address) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    match address.strip_prefix("IPv6:") {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => address.parse::<Ipv4Addr>().is_ok(),
    }
}

fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_json_pointer(text: &str) -> bool {
    let escapes_end = |text: &str| text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    text.is_empty() || (text.starts_with('/') && escapes_end(text))
}

fn is_relative_json_pointer(text: &str) -> bool {
    let up = text.bytes().take_while(u8::is_ascii_digit).count();
    let (levels, rest) = text.split_at(up);
    (levels == "0" || (!levels.is_empty() && !levels.starts_with('0'))) && (rest == "#" || is_json_pointer(rest))
}

/// RFC 3986, section 4.1 (or section 3 when a scheme is needed).
fn is_uri_reference(text: &str, needs_scheme: bool) -> bool {
    let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let scheme = rest.split_once(':').filter(|(scheme, _)| !scheme.contains('/'));
    let hierarchy = match scheme {
        Some((scheme, hierarchy)) if is_scheme(scheme) => hierarchy,
        Some(_) => return false, // a colon in the first segment, and no scheme before it
        None if needs_scheme => return false,
        None => rest,
    };
    let path = match hierarchy.strip_prefix("//") {
        Some(after) => {
            let (authority, path) = after.find('/').map_or((after, ""), |slash| after.split_at(slash));
            if !is_authority(authority) {
                return false;
            }
            path
        }
        None => hierarchy,
    };
    has_only(path, b":@/") && has_only(query, b":@/?") && has_only(fragment, b":@/?")
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

fn is_authority(text: &str) -> bool {
    let (user, host_port) = text.rsplit_once('@').unwrap_or(("", text));
    let (host_fits, port) = match host_port.strip_prefix('[') {
        Some(literal) => {
            let Some((address, after)) = literal.split_once(']') else { return false };
            let future =
                address.strip_prefix(['v', 'V']).is_some_and(|rest| has_only(rest, b":") && rest.contains('.'));
            (future || address.parse::<Ipv6Addr>().is_ok(), after.strip_prefix(':').unwrap_or(after))
        }
        None => {
            let (host, port) = host_port.split_once(':').unwrap_or((host_port, ""));
            (has_only(host, b""), port)
        }
    };
    host_fits && has_only(user, b":") && port.bytes().all(|b| b.is_ascii_digit())
}

/// Unreserved characters, sub-delimiters, percent-encoded octets and the characters of `more`.
fn has_only(text: &str, more: &[u8]) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, b)| match b {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        b => b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(b) || more.contains(b),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn admits(name: &str, yes: &[&str], no: &[&str]) {
        let format = Format::named(name).unwrap();
        yes.iter().for_each(|text| assert!(format.admits(text), "{name} should admit {text:?}"));
        no.iter().for_each(|text| assert!(!format.admits(text), "{name} should not admit {text:?}"));
    }

    #[test]
    fn dates_and_times_follow_rfc_3339() {
        admits(
            "date",
            &["2024-02-29", "2000-02-29", "1963-06-19"],
            &[
                "2023-02-29",
                "1900-02-29",
                "2024-13-01",
                "2024-00-10",
                "2024-04-31",
                "2024-1-1",
                "2024-01-01T",
                "২024-01-01",
            ],
        );
        admits(
            "time",
            &["08:30:06Z", "08:30:06.283185+05:30", "23:59:60Z", "01:29:60+01:30", "00:00:00z"],
            &[
                "24:00:00Z",
                "08:60:00Z",
                "08:30:61Z",
                "22:59:60Z",
                "08:30:06",
                "8:30:06Z",
                "08:30:06+24:00",
                "08:30:06.Z",
                "Z",
            ],
        );
        admits(
            "date-time",
            &["1963-06-19T08:30:06.283185Z", "1998-12-31t23:59:60z"],
            &["1963-06-19 08:30:06Z", "1963-06-19T08:30:06", "1963-06-38T08:30:06Z", "2013-350T01:01:01", ""],
        );
    }

    #[test]
    fn names_and_addresses_of_the_net() {
        let long_label = format!("{}.example", "a".repeat(64));
        admits(
            "hostname",
            &["www.example.com", "xn--4gbwdl.xn--wgbh1c", "h0-st", "1.2"],
            &["-a", "a-", "a..b", "under_score", "", "exämple", &long_label],
        );
        admits("ipv4", &["192.168.0.1"], &["256.1.1.1", "1.2.3", "01.2.3.4", "1.2.3.4/8", "0x7f.1.1.1", " 1.2.3.4"]);
        admits(
            "ipv6",
            &["::1", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8"],
            &["12345::", "1::2::3", "fe80::1%eth0", "::1/64"],
        );
        admits(
            "email",
            &["joe.bloggs@example.com", "te~st+x@example.com", "\"joe \\\" b@x\"@example.com", "a@[127.0.0.1]"],
            &["2962", ".a@b.c", "a.@b.c", "a..b@c.d", "a@", "@b", "joe bloggs@x.y", "a@[1.2.3]", "é@b.c"],
        );
    }

    #[test]
    fn addresses_of_resources() {
        admits(
            "uri",
            &[
                "http://foo.bar/?baz=qux#quux",
                "urn:oasis:names",
                "mailto:a@b.c",
                "http://u:p@[2001:db8::7]:80/c=GB?x",
                "a:",
            ],
            &[
                "//foo.bar",
                "/abc",
                "\\\\WINDOWS",
                "http:// x",
                ":// x",
                "a%zz:",
                "bar,baz:foo",
                "http://a]b",
                "http://x:80a/",
            ],
        );
        admits("uri-reference", &["/abc", "//foo.bar/x", "abc", "#frag", "", "./a:b"], &["a b", "\\x", "#a#b", "1a:b"]);
        admits("json-pointer", &["", "/foo/0", "/a~1b/~0", "/"], &["foo", "/~", "/~2", "#/x"]);
        admits("relative-json-pointer", &["0", "1/a", "10#"], &["", "-1", "01", "/a", "1a"]);
    }

    #[test]
    fn other_formats_are_annotations() {
        assert_eq!(Format::named("idn-hostname"), None);
        assert_eq!(Format::named("regex"), None);
        assert_eq!(Format::named("no-such-format"), None);
    }
}
