//! Redaction of API keys in logs.

use std::{io, ops::Range};

use tracing_subscriber::fmt::MakeWriter;

/// The prefix of every key.
const PREFIX: &[u8] = b"wgt_";
/// Minimum number of characters after the prefix that are redacted as a secret.
const MIN_SECRET_CHARS: usize = 16;

/// A writer that redacts API keys in everything that is logged.
///
/// A client may send its key in the wrong place, such as a path or a name. Without redaction, everyone who can read the log
/// could then use the key.
#[derive(Clone)]
pub(super) struct Redacting<W>(pub(super) W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Redacting<W> {
    type Writer = Redacting<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Redacting(self.0.make_writer())
    }
}

/// tracing-subscriber writes each event with one call, so no key is split between calls.
impl<W: io::Write> io::Write for Redacting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = 0;
        for secret in secrets(bytes) {
            self.0.write_all(&bytes[written..secret.start])?;
            self.0.write_all("…".as_bytes())?;
            written = secret.end;
        }
        self.0.write_all(&bytes[written..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The ranges of the secret parts of keys, plain or percent-escaped, in order.
fn secrets(bytes: &[u8]) -> Vec<Range<usize>> {
    if !bytes.contains(&b'%') {
        return secrets_among(bytes, |index| index..index + 1);
    }
    let characters = unescape(bytes);
    let values: Vec<u8> = characters.iter().map(|character| character.value).collect();
    secrets_among(&values, |index| characters[index].span.clone())
}

/// As [`secrets`], for unescaped characters. `span` maps the index of a character to its range in the text.
fn secrets_among(characters: &[u8], span: impl Fn(usize) -> Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut index = 0;
    while index + PREFIX.len() < characters.len() {
        let secret = index + PREFIX.len();
        let length = match characters[index..secret].eq_ignore_ascii_case(PREFIX) {
            true => characters[secret..].iter().take_while(|character| character.is_ascii_alphanumeric()).count(),
            false => 0,
        };
        if length >= MIN_SECRET_CHARS {
            found.push(span(secret).start..span(secret + length - 1).end);
            index = secret + length;
        } else {
            index += 1;
        }
    }
    found
}

/// A character of a text whose escapes are resolved, and its range in the original text.
struct Character {
    value: u8,
    span: Range<usize>,
}

/// Resolves percent-escapes, including nested ones (`%2577` becomes `%77` becomes `w`), in one pass: whenever the last three
/// characters form an escape, they are replaced with the escaped character.
fn unescape(bytes: &[u8]) -> Vec<Character> {
    let mut characters = Vec::with_capacity(bytes.len());
    for (index, value) in bytes.iter().copied().enumerate() {
        characters.push(Character { value, span: index..index + 1 });
        while let [.., percent, high, low] = &characters[..]
            && percent.value == b'%'
            && let (Some(high), Some(digit)) = (hex(high.value), hex(low.value))
        {
            let escape = Character { value: high << 4 | digit, span: percent.span.start..low.span.end };
            characters.truncate(characters.len() - 3);
            characters.push(escape);
        }
    }
    characters
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn redacted(text: &str) -> String {
        let mut writer = Redacting(Vec::new());
        writer.write_all(text.as_bytes()).unwrap();
        String::from_utf8(writer.0).unwrap()
    }

    #[test]
    fn keys_are_redacted_anywhere_and_other_text_is_unchanged() {
        let key = "wgt_5MybTOLQOXN3DqVTCCtMi71YjfqB";
        for (text, expected) in [
            (format!("path=/peer/{key}/widgets {key}"), "path=/peer/wgt_…/widgets wgt_…".to_owned()),
            (format!("\"{key}x\""), "\"wgt_…\"".to_owned()),
            (key.replace('_', "%5F"), "wgt%5F…".to_owned()),
            (format!("50%{key} 5%5{key}"), "50%wgt_… 5%5wgt_…".to_owned()),
            (format!("www{key}\n"), "wwwwgt_…\n".to_owned()),
            (
                "wgt_short wgt_ w widget_01h455vb4pex5vsknk084sn02q wgt".to_owned(),
                "wgt_short wgt_ w widget_01h455vb4pex5vsknk084sn02q wgt".to_owned(),
            ),
        ] {
            assert_eq!(redacted(&text), expected);
        }
    }

    /// Percent-escapes the character `levels` times, with hexadecimal digits in upper or lower case.
    fn escaped(character: char, levels: usize, upper: bool) -> String {
        let digits = if upper { format!("{:02X}", character as u32) } else { format!("{:02x}", character as u32) };
        format!("%{}{digits}", "25".repeat(levels - 1))
    }

    /// Resolves all escapes repeatedly, as a reader of the log could.
    fn resolved(text: &str) -> String {
        let resolve = |text: &str| {
            let (mut out, mut rest) = (String::new(), text);
            while let Some(at) = rest.find('%') {
                let value = rest.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
                out.push_str(&rest[..at]);
                out.push(value.map_or('%', char::from));
                rest = &rest[at + if value.is_some() { 3 } else { 1 }..];
            }
            out + rest
        };
        let mut text = text.to_owned();
        for _ in 0..8 {
            text = resolve(&text);
        }
        text
    }

    #[test]
    fn an_escaped_key_is_redacted() {
        let key = "wgt_5MybTOLQOXN3DqVTCCtMi71YjfqB";
        // Escapes every n-th character, nested `levels` deep.
        for (every, levels, upper) in
            (1..=5).flat_map(|every| [(every, 1, true), (every, 1, false), (every, 2, true), (every, 3, false)])
        {
            for first in 0..every {
                let text: String = key
                    .chars()
                    .enumerate()
                    .map(|(n, c)| if n % every == first { escaped(c, levels, upper) } else { c.to_string() })
                    .collect();
                let line = format!("path=/peer/{text}/widgets?search={text} status=404");
                let log = redacted(&line);
                assert!(!resolved(&log).contains(&key[4..20]), "{line}: {log}");
                assert!(log.starts_with("path=/peer/") && log.ends_with(" status=404"), "{line}: {log}");
                assert_eq!(log.matches('…').count(), 2, "{line}: {log}");
            }
        }
        // An escape whose own digits are escaped.
        assert_eq!(redacted("%25%37%37gt_5MybTOLQOXN3DqVTCCtMi71YjfqB."), "%25%37%37gt_….");
        assert_eq!(redacted("%%37%37gt_5MybTOLQOXN3DqVTCCtMi71YjfqB."), "%%37%37gt_….");
    }

    #[test]
    fn escapes_without_a_key_are_unchanged() {
        for text in ["/peer/%70eer%3a1?search=100%25", "%", "%%%%", "%2", "%zz", "wgt%5Fshort", "%2525252525"] {
            assert_eq!(redacted(text), text);
        }
        let long = "%25".repeat(100_000);
        assert_eq!(redacted(&long), long);
    }
}
