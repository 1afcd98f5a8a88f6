//! The formats of draft-07 that are checked. Both checkers use this implementation, which takes linear time.
//!
//! Draft-07 lets an implementation choose which formats it asserts (section 7.2). Those below have a short, unambiguous
//! grammar. `idn-hostname` depends on Unicode's tables and `regex` is a whole language, so they are annotations, as
//! unknown formats are.

mod mail;
mod pointer;
mod template;
#[cfg(test)]
mod tests;
mod time;
mod uri;

use std::net::{Ipv4Addr, Ipv6Addr};

use self::uri::Script;

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
    /// RFC 6531 `Mailbox`.
    IdnEmail,
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
    /// RFC 3987, with a scheme.
    Iri,
    /// RFC 3987, with or without a scheme.
    IriReference,
    /// RFC 6570.
    UriTemplate,
    /// RFC 6901, as a string.
    JsonPointer,
    /// The draft of relative JSON pointers.
    RelativeJsonPointer,
}

impl Format {
    /// Every format that is checked.
    pub const ALL: [Self; 15] = [
        Self::DateTime,
        Self::Date,
        Self::Time,
        Self::Email,
        Self::IdnEmail,
        Self::Hostname,
        Self::Ipv4,
        Self::Ipv6,
        Self::Uri,
        Self::UriReference,
        Self::Iri,
        Self::IriReference,
        Self::UriTemplate,
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
            Self::IdnEmail => "idn-email",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Iri => "iri",
            Self::IriReference => "iri-reference",
            Self::UriTemplate => "uri-template",
            Self::JsonPointer => "json-pointer",
            Self::RelativeJsonPointer => "relative-json-pointer",
        }
    }

    /// The format with this name; `None` if it is not checked.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether a string has this format.
    pub fn matches(self, text: &str) -> bool {
        match self {
            Self::DateTime => time::is_date_time(text),
            Self::Date => time::is_date(text),
            Self::Time => time::is_time(text),
            Self::Email => mail::is_email(text),
            Self::IdnEmail => mail::is_idn_email(text),
            Self::Hostname => mail::is_hostname(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Uri => uri::is_absolute(text, Script::Ascii),
            Self::UriReference => uri::is_reference(text, Script::Ascii),
            Self::Iri => uri::is_absolute(text, Script::Any),
            Self::IriReference => uri::is_reference(text, Script::Any),
            Self::UriTemplate => template::is_uri_template(text),
            Self::JsonPointer => pointer::is_json_pointer(text),
            Self::RelativeJsonPointer => pointer::is_relative_json_pointer(text),
        }
    }

    /// What is wrong with a string that does not have this format, where the name of the format does not say it.
    pub(super) fn fault(self, text: &str) -> Option<&'static str> {
        match self {
            Self::DateTime => Some(time::date_time_fault(text)),
            Self::Date => Some(time::date_fault(text)),
            Self::Time => Some(time::time_fault(text)),
            Self::Uri if uri::is_absolute(text, Script::Any) => Some("letters beyond ASCII are not percent-encoded"),
            Self::Uri | Self::Iri if uri::is_reference(text, Script::Any) => {
                Some("a scheme is missing, as in 'https://example.com/'")
            }
            _ => None,
        }
    }
}
