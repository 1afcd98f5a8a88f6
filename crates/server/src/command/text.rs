//! Output to stdout and stderr.

use std::{
    fmt::{self, Write as _},
    io::{self, Write as _},
};

use super::CommandError;

/// Displays text with its control characters escaped, so that text of a caller or a file can neither control the terminal nor
/// begin a new line.
pub(super) struct Escaped<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(EscapingWriter(f), "{}", self.0)
    }
}

/// A writer that escapes control characters.
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

/// Writes one or more lines to stdout.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{text}")
        .and_then(|()| stdout.flush())
        .map_err(|error| CommandError::Failed(format!("cannot write to stdout: {error}")))
}

/// Writes one or more lines to stderr. Errors are ignored, since there is no other place to report them.
pub(super) fn print_to_stderr(text: &str) {
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
