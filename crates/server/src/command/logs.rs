//! Logging to stderr: readable lines if it is a terminal, JSON objects otherwise.

mod redact;

use std::{
    fmt::{self, Write as _},
    io::{self, IsTerminal as _},
};

use tracing::{Subscriber, field::Field};
use tracing_subscriber::{
    Layer,
    fmt::{
        FormatFields, MakeWriter,
        format::{Writer, debug_fn},
    },
    layer::SubscriberExt as _,
    registry::LookupSpan,
    util::SubscriberInitExt as _,
};

use self::redact::Redacting;
use super::text::EscapingWriter;
use crate::config::LogFilter;

/// Starts logging. Does nothing if the process already has a logger.
pub(super) fn start(filter: &LogFilter) {
    let layer = if io::stderr().is_terminal() { for_people(io::stderr).boxed() } else { as_json(io::stderr).boxed() };
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter.filter())).try_init();
}

fn as_json<S, W>(writer: W) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + 'static,
{
    tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(Redacting(writer))
}

/// Lines for a terminal, with escaped fields.
///
/// tracing-subscriber escapes terminal control sequences, but not line breaks: a value could contain a line that looks like
/// another event. So [`write_field`] escapes all control characters.
fn for_people<S, W>(writer: W) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + 'static,
{
    tracing_subscriber::fmt::layer().fmt_fields(fields()).with_writer(Redacting(writer))
}

fn fields() -> impl for<'writer> FormatFields<'writer> + 'static {
    use tracing_subscriber::field::MakeExt as _;
    debug_fn(write_field).delimited(" ")
}

fn write_field(writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug) -> fmt::Result {
    let mut writer = EscapingWriter(writer);
    match field.name() {
        "message" => write!(writer, "{value:?}"),
        name => write!(writer, "{name}={value:?}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    const HOSTILE: &str = "x\n2026-01-01T00:00:00Z ERROR forged\u{1b}[2J\r";

    fn log_hostile_values<L: Layer<tracing_subscriber::Registry> + Send + Sync>(
        layer: impl FnOnce(Lines) -> L,
    ) -> String {
        let lines = Lines::default();
        let subscriber = tracing_subscriber::registry().with(layer(lines.clone()));
        tracing::subscriber::with_default(subscriber, || {
            let _span = tracing::info_span!("request", path = %HOSTILE).entered();
            let error = io::Error::other(HOSTILE);
            tracing::error!(shown = %HOSTILE, debugged = ?HOSTILE, error = &error as &dyn std::error::Error, "failed: {HOSTILE}");
        });
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_value_cannot_forge_a_line_for_people() {
        let log = log_hostile_values(|lines| for_people(move || lines.clone()));
        let escaped = HOSTILE.escape_default().to_string();
        assert!(log.contains(&format!("failed: {escaped}")), "{log}");
        assert!(log.contains(&format!("shown={escaped}")), "{log}");
        assert!(log.contains(&format!("path={escaped}")), "{log}");
        // The formatter itself writes colors and the end of the line.
        let uncolored: String =
            log.replace("\u{1b}[0m", "").replace("\u{1b}[1m", "").replace("\u{1b}[2m", "").replace("\u{1b}[31m", "");
        assert_eq!(uncolored.find(char::is_control), Some(uncolored.len() - 1), "{uncolored:?}");
    }

    #[test]
    fn an_event_is_one_line_of_json() {
        let log = log_hostile_values(|lines| as_json(move || lines.clone()));
        let (line, rest) = log.split_once('\n').unwrap();
        assert_eq!(rest, "");
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(event["message"], format!("failed: {HOSTILE}"));
        assert_eq!(event["shown"], HOSTILE);
        assert_eq!(event["level"], "ERROR");
    }
}
