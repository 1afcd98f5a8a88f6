use std::fmt::{self, Write as _};

use reqwest::header::HeaderMap;
use serde_json::Value;

/// A response.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    /// Method and path, for messages.
    pub(super) request: String,
}

impl Response {
    /// Returns the answer if it has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {self}", self.request);
        self
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// The body as a value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{}: {error}: {self}", self.request))
    }

    /// `data` of a success.
    #[track_caller]
    pub(crate) fn data(&self) -> Value {
        let mut body = self.json();
        assert_eq!(body["success"], true, "{}: {self}", self.request);
        body["data"].take()
    }

    /// `data.id`, or `data.messageId` of a message.
    #[track_caller]
    pub(crate) fn id(&self) -> String {
        let data = self.data();
        let id = data.get("id").or_else(|| data.get("messageId"));
        id.and_then(Value::as_str).unwrap_or_else(|| panic!("no id in {self}")).to_owned()
    }

    /// `code` of a failure.
    #[track_caller]
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_else(|| panic!("{}: no code in {self}", self.request)).to_owned()
    }

    /// `details` of a failure.
    #[track_caller]
    pub(crate) fn details(&self) -> Value {
        self.json()["details"].take()
    }

    /// Each of `details.errors` as `field: message`.
    #[track_caller]
    pub(crate) fn errors(&self) -> Vec<String> {
        let details = self.details();
        let errors = details["errors"].as_array().unwrap_or_else(|| panic!("{}: no errors in {self}", self.request));
        let line = |error: &Value| format!("{}: {}", text_of(error, "field"), text_of(error, "message"));
        errors.iter().map(line).collect()
    }

    /// A header, or the empty text.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Checks the promises of every answer.
    #[track_caller]
    /// Whether pages of any origin load it to show widgets.
    fn is_for_any_origin(&self) -> bool {
        let path = self.request.split(' ').nth(1).unwrap_or_default();
        self.status < 400 && (path.starts_with("/embed/") || path.starts_with("/assets/"))
    }

    pub(super) fn assert_promises_of_all(&self, may_fail: bool) {
        let request = &self.request;
        assert!(self.status != 500 || may_fail, "{request}: {self}");
        assert!(!self.header("x-request-id").is_empty(), "{request}: an answer without its id");
        assert_eq!(self.header("x-content-type-options"), "nosniff", "{request}");
        assert!(!self.header("cache-control").is_empty(), "{request}: caches would guess");
        assert_eq!(self.header("referrer-policy"), "no-referrer", "{request}");
        let may_embed = if self.is_for_any_origin() { "cross-origin" } else { "same-origin" };
        assert_eq!(self.header("cross-origin-resource-policy"), may_embed, "{request}");
        let policy = self.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-eval"), "{request}: {policy}");
        let may_be_framed = self.is_for_any_origin() && self.request.contains("/embed/v1/frame");
        assert_eq!(policy.contains("frame-ancestors 'none'"), !may_be_framed, "{request}: {policy}");
        assert!(self.header("server").is_empty() && self.header("x-powered-by").is_empty(), "{request}");
        if self.status >= 400 && !self.request.starts_with("HEAD ") {
            let body = self.json();
            assert_eq!(body["success"], false, "{request}: {self}");
            assert!(body["error"].as_str().is_some_and(|error| !error.is_empty()), "{request}: {self}");
            let documented = http::error_codes();
            let code = body["code"].as_str().unwrap_or_default();
            assert!(
                documented.iter().any(|(known, status, _)| *known == code && *status == self.status),
                "{request}: {self}"
            );
        }
    }
}

fn text_of<'a>(error: &'a Value, member: &str) -> &'a str {
    error[member].as_str().unwrap_or_else(|| panic!("no {member} in {error}"))
}

/// Headers that are the same in every answer, or differ each time.
const NOT_SHOWN: [&str; 9] = [
    "connection",
    "content-length",
    "content-security-policy",
    "cross-origin-resource-policy",
    "date",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "x-request-id",
];

/// Status, relevant headers and body, for snapshots. Members keep their order and numbers their digits; ids are reduced to
/// their kind.
impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.status)?;
        let usual = |name: &str, value: &str| {
            matches!((name, value), ("cache-control", "no-store") | ("content-type", "application/json"))
        };
        let mut headers: Vec<(&str, &str)> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap_or("?"))).collect();
        headers.retain(|(name, value)| !NOT_SHOWN.contains(name) && !usual(name, value));
        headers.sort_unstable();
        for (name, value) in headers {
            writeln!(f, "{name}: {}", without_ids(value))?;
        }
        match std::str::from_utf8(&self.bytes) {
            Ok(text) if self.header("content-type") == "application/json" => f.write_str(&without_ids(&indented(text))),
            Ok(text) => f.write_str(text),
            Err(_) => write!(f, "{} bytes", self.bytes.len()),
        }
    }
}

/// The JSON text with line breaks and indentation, otherwise unchanged.
fn indented(text: &str) -> String {
    let (mut out, mut depth, mut in_string, mut escaped) = (String::new(), 0_usize, false, false);
    let mut chars = text.chars().peekable();
    let new_line = |out: &mut String, depth: usize| {
        let _ = write!(out, "\n{}", "  ".repeat(depth));
    };
    while let Some(c) = chars.next() {
        if in_string {
            out.push(c);
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '{' | '[' => {
                out.push(c);
                if matches!(chars.peek(), Some('}' | ']')) {
                    out.extend(chars.next());
                } else {
                    depth += 1;
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c => {
                in_string = c == '"';
                out.push(c);
            }
        }
    }
    out
}

/// `widget_…` for each id that the service makes.
fn without_ids(text: &str) -> String {
    const SUFFIX: usize = 26;
    let mut out = String::new();
    let mut rest = text;
    while let Some(place) =
        ["widget_", "msg_"].iter().filter_map(|prefix| Some(rest.find(prefix)? + prefix.len())).min()
    {
        let suffix =
            rest.as_bytes().iter().skip(place).take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit()).count();
        out.push_str(&rest[..place]);
        rest = &rest[place..];
        if suffix == SUFFIX {
            out.push('…');
            rest = &rest[SUFFIX..];
        }
    }
    out + rest
}
