//! E-mail addresses, and host names.

use std::net::{Ipv4Addr, Ipv6Addr};

/// RFC 5321 `Mailbox`.
pub(super) fn is_email(text: &str) -> bool {
    is_mailbox(text, is_hostname, |_| false)
}

/// RFC 6531 `Mailbox`: with letters of all scripts. Does not check which of them IDNA allows in a domain.
pub(super) fn is_idn_email(text: &str) -> bool {
    let is_wide = |c: char| !c.is_ascii() && !c.is_control() && !c.is_whitespace();
    let is_domain = |text: &str| text.len() <= 253 && text.split('.').all(|label| is_label(label, is_wide));
    is_mailbox(text, is_domain, is_wide)
}

fn is_mailbox(text: &str, is_domain: impl Fn(&str) -> bool, is_wide: impl Fn(char) -> bool) -> bool {
    // The last @ is the separator: a quoted local part may contain others.
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    is_local_part(local, is_wide) && (is_domain(domain) || is_address_literal(domain))
}

fn is_local_part(local: &str, is_wide: impl Fn(char) -> bool) -> bool {
    if local.is_empty() || local.len() > 64 {
        return false;
    }
    if let Some(quoted) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let mut escaped = false;
        let is_valid = quoted.chars().all(|c| {
            let is_allowed = ((' '..='~').contains(&c) || is_wide(c)) && (escaped || c != '"');
            escaped = !escaped && c == '\\';
            is_allowed
        });
        return is_valid && !escaped;
    }
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c) || is_wide(c);
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
}

fn is_address_literal(domain: &str) -> bool {
    let Some(address) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    match address.strip_prefix("IPv6:") {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => address.parse::<Ipv4Addr>().is_ok(),
    }
}

/// RFC 1123, ASCII.
pub(super) fn is_hostname(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(|label| is_label(label, |_| false))
}

fn is_label(label: &str, is_wide: impl Fn(char) -> bool) -> bool {
    (1..=63).contains(&label.len())
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || is_wide(c))
        && !label.starts_with('-')
        && !label.ends_with('-')
}
