//! Hides offers to switch to another protocol from the parser.
//!
//! A server may ignore an `Upgrade` (RFC 9110, 7.8), and this one does. actix-http has no setting for it: to `Connection:
//! upgrade` it answers the same and then closes without `close`, so that a client loses what it sends next; after `Upgrade:
//! websocket` it takes all that follows for a body without an end. So the first letter of the option, and of the protocol, is
//! overwritten in each head before the parser sees it. No byte is added or taken away, and bodies stay as they are.

/// What overwrites a letter: part of a name that nothing is called.
const OVERWRITE: u8 = b'-';
/// The longest name of a field that matters here, with its colon.
const LONGEST_NAME: usize = "transfer-encoding:".len();

/// Follows the requests on a connection, to know what is head and what is body.
#[derive(Debug, Default)]
pub(super) struct Offers {
    part: Part,
    line: Line,
    body: Body,
}

/// What comes next.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The first line of a request, or empty lines before it.
    #[default]
    RequestLine,
    /// Fields of a head, and the empty line after them.
    Fields,
    /// The bytes of a body or a chunk; how many are left.
    Bytes(u64),
    /// The line break after the bytes of a chunk.
    ChunkEnd,
    /// The line with a chunk's size.
    ChunkSize,
    /// Lines after the last chunk, and the empty one after them.
    Trailers,
    /// What the parser refuses too, and all after it.
    Nonsense,
}

/// A line so far.
#[derive(Debug, Default)]
struct Line {
    /// Its beginning, in lower case.
    name: [u8; LONGEST_NAME],
    named: usize,
    field: Field,
    /// Whether it holds anything but its end.
    has_text: bool,
    /// Whether an option of a list, or the value of a field, is yet to begin.
    at_start: bool,
}

/// A field of a head, as far as it matters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// Its name has not ended.
    #[default]
    Unknown,
    Connection,
    Upgrade,
    ContentLength,
    TransferEncoding,
    Other,
}

/// What the head says of the body.
#[derive(Debug, Default)]
struct Body {
    length: u64,
    is_chunked: bool,
}

impl Offers {
    /// Overwrites the offers in what the parser gets to see next.
    pub(super) fn hide(&mut self, bytes: &mut [u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = match self.part {
                Part::Nonsense => return,
                Part::Bytes(left) => {
                    let here = left.min(rest.len() as u64);
                    self.part = match left - here {
                        0 if self.body.is_chunked => Part::ChunkEnd,
                        0 => Part::RequestLine,
                        left => Part::Bytes(left),
                    };
                    let here = usize::try_from(here).unwrap_or(usize::MAX);
                    &mut rest[here..]
                }
                _ => {
                    let end = rest.iter().position(|byte| *byte == b'\n');
                    let (line, after) = rest.split_at_mut(end.map_or(rest.len(), |end| end + 1));
                    self.take(line);
                    if end.is_some() {
                        self.part = self.after_line();
                        self.line = Line::default();
                    }
                    after
                }
            };
        }
    }

    /// Reads a line or a part of it, and overwrites the offer in it.
    fn take(&mut self, mut bytes: &mut [u8]) {
        self.line.has_text |= bytes.iter().any(|byte| !matches!(byte, b'\r' | b'\n'));
        match self.part {
            Part::Fields => {
                if self.line.field == Field::Unknown {
                    bytes = self.line.take_name(bytes);
                }
                self.line.take_value(bytes, &mut self.body);
            }
            Part::ChunkSize => self.line.take_size(bytes, &mut self.body),
            _ => {}
        }
    }

    /// What comes after the end of a line.
    fn after_line(&mut self) -> Part {
        match (self.part, self.line.has_text) {
            (Part::RequestLine, false) => Part::RequestLine,
            (Part::RequestLine, true) => {
                self.body = Body::default();
                Part::Fields
            }
            (Part::Fields, true) if self.line.field == Field::Unknown => Part::Nonsense,
            (Part::Fields, true) => Part::Fields,
            (Part::Fields, false) if self.body.is_chunked => self.chunk_size(),
            (Part::Fields, false) if self.body.length > 0 => Part::Bytes(self.body.length),
            (Part::Fields, false) => Part::RequestLine,
            (Part::ChunkEnd, false) => self.chunk_size(),
            (Part::ChunkSize, true) if self.body.length > 0 => Part::Bytes(self.body.length),
            (Part::ChunkSize, true) | (Part::Trailers, true) => Part::Trailers,
            (Part::Trailers, false) => Part::RequestLine,
            (Part::ChunkEnd, true) | (Part::ChunkSize, false) | (Part::Bytes(_) | Part::Nonsense, _) => Part::Nonsense,
        }
    }

    fn chunk_size(&mut self) -> Part {
        self.body.length = 0;
        Part::ChunkSize
    }
}

impl Line {
    /// Reads the name of a field and returns what follows it.
    fn take_name<'a>(&mut self, bytes: &'a mut [u8]) -> &'a mut [u8] {
        for place in 0..bytes.len() {
            if self.named == LONGEST_NAME {
                self.field = Field::Other;
                return &mut bytes[place..];
            }
            self.name[self.named] = bytes[place].to_ascii_lowercase();
            self.named += 1;
            if bytes[place] == b':' {
                self.field = match &self.name[..self.named] {
                    b"connection:" => Field::Connection,
                    b"upgrade:" => Field::Upgrade,
                    b"content-length:" => Field::ContentLength,
                    b"transfer-encoding:" => Field::TransferEncoding,
                    _ => Field::Other,
                };
                self.at_start = true;
                return &mut bytes[place + 1..];
            }
        }
        &mut []
    }

    /// Reads the value of a field, or a part of it.
    fn take_value(&mut self, bytes: &mut [u8], body: &mut Body) {
        match self.field {
            Field::Connection | Field::Upgrade => bytes.iter_mut().for_each(|byte| self.hide_option(byte)),
            // The parser refuses what is no number, and one that is too large for it.
            Field::ContentLength => {
                let digits = bytes.iter().filter_map(|byte| char::from(*byte).to_digit(10));
                body.length = digits.fold(body.length, |length, digit| append(length, 10, digit));
            }
            // The parser refuses every other one.
            Field::TransferEncoding => body.is_chunked = true,
            Field::Unknown | Field::Other => {}
        }
    }

    /// Overwrites the first letter of an option `upgrade`, or of a protocol. To the parser an option that begins with a `u` is
    /// that one or none.
    fn hide_option(&mut self, byte: &mut u8) {
        match *byte {
            b',' => self.at_start = true,
            b' ' | b'\t' | b'\r' | b'\n' => {}
            letter if self.at_start => {
                self.at_start = false;
                if self.field == Field::Upgrade || letter.eq_ignore_ascii_case(&b'u') {
                    *byte = OVERWRITE;
                }
            }
            _ => {}
        }
    }

    /// Reads the size of a chunk, up to its extensions.
    fn take_size(&mut self, bytes: &[u8], body: &mut Body) {
        for byte in bytes {
            match char::from(*byte).to_digit(16) {
                Some(digit) if self.field == Field::Unknown => body.length = append(body.length, 16, digit),
                _ => self.field = Field::Other,
            }
        }
    }
}

/// The number with one more digit. The parser refuses one that is too large for it.
fn append(number: u64, base: u64, digit: u32) -> u64 {
    number.saturating_mul(base).saturating_add(u64::from(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the parser gets to see if the bytes come in parts of this size.
    fn seen(sent: &str, part: usize) -> String {
        let mut offers = Offers::default();
        let mut bytes = sent.as_bytes().to_vec();
        bytes.chunks_mut(part).for_each(|part| offers.hide(part));
        String::from_utf8(bytes).unwrap()
    }

    fn check(sent: &str, expected: &str) {
        for part in 1..=sent.len() {
            assert_eq!(seen(sent, part), expected, "in parts of {part}");
        }
    }

    #[test]
    fn an_offer_is_hidden_however_it_is_written_and_cut() {
        check(
            "GET / HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nHost: upgrade\r\nUpgrade: h2c\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: -pgrade, HTTP2-Settings\r\nHost: upgrade\r\nUpgrade: -2c\r\n\r\n",
        );
        check(
            "\r\nGET / HTTP/1.1\nconnection:keep-alive ,\tupgrade\nUPGRADE:\t websocket , h2c\n\n",
            "\r\nGET / HTTP/1.1\nconnection:keep-alive ,\t-pgrade\nUPGRADE:\t -ebsocket , -2c\n\n",
        );
        check(
            "GET / HTTP/1.1\r\nConnection: close\r\nConnection: upgrade\r\nConnection:\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\nConnection: -pgrade\r\nConnection:\r\n\r\n",
        );
    }

    #[test]
    fn no_body_is_touched_and_every_head_is() {
        const OFFER: &str = "GET / HTTP/1.1\r\nConnection: upgrade\r\n\r\n";
        const HIDDEN: &str = "GET / HTTP/1.1\r\nConnection: -pgrade\r\n\r\n";
        let length = OFFER.len();
        for head in [
            format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{OFFER}"),
            format!(
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{length:X};a=\"b\"\r\n{OFFER}\r\n0\r\nA: b\r\n\r\n"
            ),
            format!(
                "POST / HTTP/1.1\r\ntransfer-encoding:chunked\r\n\r\n1\r\nU\r\n{length:x}\r\n{OFFER}\r\n00\r\n\r\n"
            ),
            "PUT / HTTP/1.1\r\nContent-Length: 0\r\nX-Content-Length: 9\r\nX-Connection: upgrade\r\n\r\n".to_owned(),
            "GET /connection: HTTP/1.1\r\n\r\n".to_owned(),
        ] {
            check(&format!("{head}{OFFER}{head}{OFFER}"), &format!("{head}{HIDDEN}{head}{HIDDEN}"));
        }
    }

    #[test]
    fn after_what_is_no_request_nothing_is_touched() {
        for sent in [
            "GET / HTTP/1.1\r\nno field\r\nConnection: upgrade\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nUU\r\nConnection: upgrade\r\n\r\n",
        ] {
            check(sent, sent);
        }
    }
}
