//! Mailboxes, and the names of hosts behind their @.

use std::net::{Ipv4Addr, Ipv6Addr};

/// RFC 5321 `Mailbox`.
pub(super) fn is_email(text: &str) -> bool {
    is_mailbox(text, is_hostname, |_| false)
}

/// The same with the letters of all scripts, as RFC 6531 has it. Which of them a domain may have is for IDNA to say, and not
/// looked at.
pub(super) fn is_idn_email(text: &str) -> bool {
    let is_wide = |c: char| !c.is_ascii() && !c.is_control() && !c.is_whitespace();
    let is_domain = |text: &str| text.len() <= 253 && text.split('.').all(|label| is_label(label, is_wide));
    is_mailbox(text, is_domain, is_wide)
}

fn is_mailbox(text: &str, is_domain: impl Fn(&str) -> bool, is_wide: impl Fn(char) -> bool) -> bool {
    // The last @: one inside a quoted local part is not the separator.
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    is_local_part(local, is_wide) && (is_domain(domain) || is_address_literal(domain))
}

fn is_local_part(local: &str, is_wide: impl Fn(char) -> bool) -> bool {
    if local.is_empty() || local.len() > 64 {
        return false;
    }
    if let Some(quoted) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let mut escaped = false;
        let fits = quoted.chars().all(|c| {
            let fits = ((' '..='~').contains(&c) || is_wide(c)) && (escaped || c != '"');
            escaped = !escaped && c == '\\';
            fits
        });
        return fits && !escaped;
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
