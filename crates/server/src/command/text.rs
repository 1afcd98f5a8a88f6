//! Writing for people and pipes.

use std::{
    fmt::{self, Write as _},
    io::{self, Write as _},
};

use super::CommandError;

/// Text with its control characters escaped: what a caller or a file holds must not move the cursor of a terminal, nor
/// begin a line of its own.
pub(super) struct Escaped<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(EscapingWriter(f), "{}", self.0)
    }
}

/// Escapes the control characters of what is written through it.
pub(super) struct EscapingWriter<W>(pub(super) W);

impl<W: fmt::Write> fmt::Write for EscapingWriter<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut plain_from = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_control()) {
            self.0.write_str(&text[plain_from..at])?;
            write!(self.0, "{}", c.escape_default())?;
            plain_from = at + c.len_utf8();
        }
        self.0.write_str(&text[plain_from..])
    }
}

/// Writes a line, or lines, to stdout.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{text}")
        .and_then(|()| stdout.flush())
        .map_err(|error| CommandError::Failed(format!("cannot write to stdout: {error}")))
}

/// Writes a line, or lines, to stderr; if nobody reads it there is nobody to tell.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_and_nothing_else() {
        assert_eq!(
            Escaped("é\u{1b}[2J\r\n\u{9b}\u{7f}\t\0 \\ 日").to_string(),
            r"é\u{1b}[2J\r\n\u{9b}\u{7f}\t\u{0} \ 日"
        );
    }
}
