//! The refusals that actix-http writes by itself, before any of our code sees a request: a status and no body.

use super::refusal::Reason;

/// Longer than any of them.
const LONGEST: usize = 256;

/// Where a bare refusal begins that the output ends with, and what for.
///
/// Our own answers are told from it by their `X-Request-Id`, and nearly all by their last byte already.
pub(super) fn bare_refusal(output: &[u8]) -> Option<(usize, Reason)> {
    if !output.ends_with(b"\r\n\r\n") {
        return None;
    }
    let window = output.len().saturating_sub(LONGEST);
    let tail = &output[window..];
    let start = tail.windows(9).rposition(|bytes| bytes == b"HTTP/1.1 " || bytes == b"HTTP/1.0 ")?;
    let head = std::str::from_utf8(&tail[start..]).ok()?;
    if head.contains("x-request-id") || !head.contains("content-length: 0\r\n") {
        return None;
    }
    let reason = match head.get(9..12)? {
        "400" => Reason::NotHttp,
        "431" => Reason::FieldsTooLong,
        _ => return None,
    };
    Some((window + start, reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_refusal_is_found_at_the_end() {
        let bare = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\ndate: x\r\n\r\n";
        assert_eq!(bare_refusal(bare), Some((0, Reason::NotHttp)));
        let before = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-request-id: a\r\n\r\n{}";
        assert_eq!(bare_refusal(&[&before[..], bare].concat()), Some((before.len(), Reason::NotHttp)));
        let fields = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(bare_refusal(fields), Some((0, Reason::FieldsTooLong)));
    }

    #[test]
    fn our_own_answers_are_none() {
        for ours in [
            "HTTP/1.1 304 Not Modified\r\nx-request-id: a\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nx-request-id: a\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "\r\n\r\n",
        ] {
            assert_eq!(bare_refusal(ours.as_bytes()), None, "{ours}");
        }
    }
}
