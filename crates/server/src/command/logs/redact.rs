use std::io;

use tracing_subscriber::fmt::MakeWriter;

/// How a key begins, as it is and as an address may have it escaped.
const PREFIXES: [&[u8]; 2] = [b"wgt_", b"wgt%5f"];
/// So many characters after it are a secret, not a word of somebody's.
const LEAST: usize = 16;

/// Leaves the keys out of what is logged, whoever logs it: a client may have put its key where it does not belong, into a
/// path or a name, and a line that holds it would be as good as the key.
#[derive(Clone)]
pub(super) struct Redacting<W>(pub(super) W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Redacting<W> {
    type Writer = Redacting<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Redacting(self.0.make_writer())
    }
}

/// An event is written in one piece, so no key is cut in two.
impl<W: io::Write> io::Write for Redacting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some((secret, end)) = next_secret(rest) {
            self.0.write_all(&rest[..secret])?;
            self.0.write_all("…".as_bytes())?;
            rest = &rest[end..];
        }
        self.0.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Where the secret part of the first key begins and ends.
fn next_secret(bytes: &[u8]) -> Option<(usize, usize)> {
    (0..bytes.len()).filter(|at| bytes[*at].eq_ignore_ascii_case(&b'w')).find_map(|at| {
        let is_prefix =
            |prefix: &&&[u8]| bytes[at..].get(..prefix.len()).is_some_and(|b| b.eq_ignore_ascii_case(prefix));
        let secret = at + PREFIXES.iter().find(is_prefix)?.len();
        let length = bytes[secret..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        (length >= LEAST).then_some((secret, secret + length))
    })
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
    fn a_key_is_left_out_wherever_it_stands_and_nothing_else() {
        let key = "wgt_5MybTOLQOXN3DqVTCCtMi71YjfqB";
        for (text, expected) in [
            (format!("path=/peer/{key}/widgets {key}"), "path=/peer/wgt_…/widgets wgt_…".to_owned()),
            (format!("\"{key}x\""), "\"wgt_…\"".to_owned()),
            (key.replace('_', "%5F"), "wgt%5F…".to_owned()),
            (format!("www{key}\n"), "wwwwgt_…\n".to_owned()),
            (
                "wgt_short wgt_ w widget_01h455vb4pex5vsknk084sn02q wgt".to_owned(),
                "wgt_short wgt_ w widget_01h455vb4pex5vsknk084sn02q wgt".to_owned(),
            ),
        ] {
            assert_eq!(redacted(&text), expected);
        }
    }
}
