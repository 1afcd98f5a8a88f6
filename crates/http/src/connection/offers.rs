//! Hides offers to switch to another protocol from the parser.
//!
//! This module stays because actix-http has no setting to ignore an `Upgrade`, as a server may (RFC 9110, 7.8). It answers
//! `Connection: upgrade`, which Java's HTTP client sends with every request, with the same and then closes the connection
//! without `close`, so the client loses its next request. After `Upgrade: websocket` it reads everything as one endless
//! body. No response and no middleware can change that, so the first letter of the option and of the protocol is
//! overwritten in each head before the parser sees it. No byte is added or removed, and bodies stay as they are.

/// Replaces a letter: no option and no protocol begins with it.
const OVERWRITE: u8 = b'-';
/// This much of a line is kept: longer than every name and number that matters.
const MAX_KEPT: usize = 64;

/// Follows the requests on a connection, to tell heads from bodies. What the parser refuses needs no care: the parser
/// closes the connection.
#[derive(Debug, Default)]
pub(super) struct Offers {
    part: Part,
    line: Line,
    body: Body,
}

/// What the next byte belongs to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The first line of a request, or empty lines before it.
    #[default]
    RequestLine,
    /// Fields of a head, and the empty line after them.
    Fields,
    /// A body or a chunk of which this many bytes are left.
    Data(u64),
    /// The line break after a chunk.
    DataEnd,
    ChunkSize,
    /// Lines after the last chunk, and the empty line after them.
    Trailers,
}

/// The current line, as far as it has come.
#[derive(Debug, Default)]
struct Line {
    /// Its beginning, in lower case.
    start: Vec<u8>,
    length: usize,
    /// Whether an option of the current list has begun.
    in_option: bool,
}

/// How the current request's head says that its body is sent.
#[derive(Debug, Default)]
struct Body {
    length: u64,
    is_chunked: bool,
}

impl Offers {
    /// Overwrites the offers in bytes that the parser reads next.
    pub(super) fn hide(&mut self, bytes: &mut [u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            if let Part::Data(left) = self.part {
                let skipped = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
                self.part = match left - skipped as u64 {
                    0 if self.body.is_chunked => Part::DataEnd,
                    0 => Part::RequestLine,
                    left => Part::Data(left),
                };
                rest = &mut rest[skipped..];
                continue;
            }
            let end = rest.iter().position(|byte| *byte == b'\n');
            let (line, after) = rest.split_at_mut(end.map_or(rest.len(), |end| end + 1));
            self.line.append(line, self.part == Part::Fields);
            if end.is_some() {
                self.part = self.part_after_line();
                self.line.clear();
            }
            rest = after;
        }
    }

    /// Whether the bytes so far end with the end of a request.
    pub(super) fn is_between_requests(&self) -> bool {
        self.part == Part::RequestLine && self.line.length == 0
    }

    fn part_after_line(&mut self) -> Part {
        let line = self.line.start.trim_ascii_end();
        match self.part {
            Part::RequestLine if line.is_empty() => Part::RequestLine,
            Part::RequestLine => {
                self.body = Body::default();
                Part::Fields
            }
            Part::Fields if line.is_empty() => match self.body {
                Body { is_chunked: true, .. } => Part::ChunkSize,
                Body { length: 0, .. } => Part::RequestLine,
                Body { length, .. } => Part::Data(length),
            },
            Part::Fields => {
                if let Some(length) = line.strip_prefix(b"content-length:") {
                    self.body.length = number(length.trim_ascii(), 10);
                }
                // The parser ignores `identity` and refuses the other encodings.
                if let Some(encoding) = line.strip_prefix(b"transfer-encoding:") {
                    self.body.is_chunked |= encoding.trim_ascii() == b"chunked";
                }
                Part::Fields
            }
            Part::ChunkSize => match number(line, 16) {
                0 => Part::Trailers,
                size => Part::Data(size),
            },
            Part::DataEnd => Part::ChunkSize,
            Part::Trailers if line.is_empty() => Part::RequestLine,
            Part::Trailers | Part::Data(_) => self.part,
        }
    }
}

impl Line {
    /// Reads on, and overwrites the offer of a field of a head.
    fn append(&mut self, bytes: &mut [u8], is_field: bool) {
        let read_before = self.length;
        self.length += bytes.len();
        let room = MAX_KEPT - self.start.len();
        self.start.extend(bytes.iter().take(room).map(u8::to_ascii_lowercase));
        let name: &[u8] = match () {
            () if is_field && self.start.starts_with(b"connection:") => b"connection:",
            () if is_field && self.start.starts_with(b"upgrade:") => b"upgrade:",
            () => return,
        };
        for byte in bytes.iter_mut().skip(name.len().saturating_sub(read_before)) {
            match *byte {
                b',' => self.in_option = false,
                b' ' | b'\t' | b'\r' | b'\n' => {}
                letter if !self.in_option => {
                    self.in_option = true;
                    // To the parser an option that begins with a `u` is `upgrade` or means nothing.
                    if name == b"upgrade:" || letter.eq_ignore_ascii_case(&b'u') {
                        *byte = OVERWRITE;
                    }
                }
                _ => {}
            }
        }
    }

    fn clear(&mut self) {
        self.start.clear();
        (self.length, self.in_option) = (0, false);
    }
}

/// The number that the text begins with. The parser refuses one that is too large for it.
fn number(text: &[u8], base: u32) -> u64 {
    let digits = text.iter().map_while(|byte| char::from(*byte).to_digit(base));
    digits.fold(0_u64, |number, digit| number.saturating_mul(u64::from(base)).saturating_add(u64::from(digit)))
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
}
