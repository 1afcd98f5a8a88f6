//! URIs of RFC 3986, and IRIs of RFC 3987, which have letters of all scripts.

use std::net::Ipv6Addr;

/// Whether characters beyond ASCII are allowed without percent-encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Ascii,
    Any,
}

/// A URI with a scheme (RFC 3986, section 3), or such an IRI.
pub(super) fn is_absolute(text: &str, script: Script) -> bool {
    is_reference_with(text, true, script)
}

/// A URI with or without a scheme (RFC 3986, section 4.1), or such an IRI.
pub(super) fn is_reference(text: &str, script: Script) -> bool {
    is_reference_with(text, false, script)
}

fn is_reference_with(text: &str, needs_scheme: bool, script: Script) -> bool {
    let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let scheme = rest.split_once(':').filter(|(scheme, _)| !scheme.contains('/'));
    let hierarchy = match scheme {
        Some((scheme, hierarchy)) if is_scheme(scheme) => hierarchy,
        Some(_) => return false, // a first segment with a colon needs a valid scheme before it
        None if needs_scheme => return false,
        None => rest,
    };
    let path = match hierarchy.strip_prefix("//") {
        Some(after) => {
            let (authority, path) = after.find('/').map_or((after, ""), |slash| after.split_at(slash));
            if !is_authority(authority, script) {
                return false;
            }
            path
        }
        None => hierarchy,
    };
    let is_query = |c| ":@/?".contains(c) || (script == Script::Any && is_private(c));
    has_only(path, script, |c| ":@/".contains(c))
        && has_only(query, script, is_query)
        && has_only(fragment, script, |c| ":@/?".contains(c))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

fn is_authority(text: &str, script: Script) -> bool {
    let (user, host_port) = text.rsplit_once('@').unwrap_or(("", text));
    let (is_valid_host, port) = match host_port.strip_prefix('[') {
        Some(literal) => {
            let Some((address, after)) = literal.split_once(']') else { return false };
            let is_ip_future = |rest: &str| has_only(rest, Script::Ascii, |c| c == ':') && rest.contains('.');
            let future = address.strip_prefix(['v', 'V']).is_some_and(is_ip_future);
            (future || address.parse::<Ipv6Addr>().is_ok(), after.strip_prefix(':').unwrap_or(after))
        }
        None => {
            let (host, port) = host_port.split_once(':').unwrap_or((host_port, ""));
            (has_only(host, script, |_| false), port)
        }
    };
    is_valid_host && has_only(user, script, |c| c == ':') && port.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text has only unreserved characters, sub-delimiters, percent-encoded octets, characters of the script, and those
/// that `is_also_allowed` accepts.
fn has_only(text: &str, script: Script, is_also_allowed: impl Fn(char) -> bool) -> bool {
    text.char_indices().all(|(at, c)| match c {
        '%' => is_percent_encoded(text, at),
        c => {
            c.is_ascii_alphanumeric()
                || "-._~!$&'()*+,;=".contains(c)
                || (script == Script::Any && is_ucschar(c))
                || is_also_allowed(c)
        }
    })
}

/// Whether the percent sign at byte `at` begins an octet.
pub(super) fn is_percent_encoded(text: &str, at: usize) -> bool {
    text.as_bytes().get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
}

/// `ucschar` of RFC 3987: characters beyond ASCII without those for private use and the noncharacters at the end of each plane.
pub(super) fn is_ucschar(c: char) -> bool {
    match u32::from(c) {
        0xa0..=0xd7ff | 0xf900..=0xfdcf | 0xfdf0..=0xffef | 0xe1000..=0xefffd => true,
        other => (0x10000..0xe0000).contains(&other) && other & 0xffff <= 0xfffd,
    }
}

/// `iprivate` of RFC 3987.
pub(super) fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xe000..=0xf8ff | 0xf0000..=0xffffd | 0x10_0000..=0x10_fffd)
}
