//! What the pool and a worker say to each other: frames of a big-endian `u32` length and as many bytes.
//!
//! A worker greets; then, for each source (UTF-8), it says that it has it, and answers with a report (JSON). So a worker that is
//! gone before it began is told from one that a source ended. Both ends are the same binary.

use std::io;

use domain::component::{ComponentError, ComponentReport};
use serde::{Deserialize, Serialize};

/// What a worker sends when it is ready to work.
pub(crate) const GREETING: [u8; 8] = *b"wgt-chk1";

/// What a worker sends when it has a source and begins.
pub(crate) const TAKEN: u8 = b'!';

/// Length of a frame's length.
pub(crate) const LENGTH_BYTES: usize = 4;

/// Longest answer that is taken: 100 messages of 400 characters, and room to spare.
pub(crate) const ANSWER_BYTES: usize = 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct Answer {
    errors: Vec<Error>,
    warnings: Vec<String>,
    retire: bool,
}

#[derive(Serialize, Deserialize)]
struct Error {
    line: u32,
    column: u32,
    message: String,
    code: String,
}

/// The frame of a source.
pub(crate) fn source_frame(source: &str) -> Vec<u8> {
    frame(source.as_bytes())
}

/// The frame of an answer; `retire` says that the worker ends after it.
pub(crate) fn answer_frame(report: ComponentReport, retire: bool) -> Vec<u8> {
    let errors = report.errors.into_iter().map(|ComponentError { line, column, message, code }| Error {
        line,
        column,
        message,
        code,
    });
    let answer = Answer { errors: errors.collect(), warnings: report.warnings, retire };
    frame(&serde_json::to_vec(&answer).expect("numbers and strings can be written as JSON"))
}

/// Reads an answer's bytes: the report, and whether the worker ends.
pub(crate) fn parse_answer(bytes: &[u8]) -> io::Result<(ComponentReport, bool)> {
    let answer: Answer = serde_json::from_slice(bytes)?;
    let errors = answer.errors.into_iter().map(|Error { line, column, message, code }| ComponentError {
        line,
        column,
        message,
        code,
    });
    Ok((ComponentReport { errors: errors.collect(), warnings: answer.warnings }, answer.retire))
}

fn frame(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("sources and answers are far shorter than 4 GiB");
    [&length.to_be_bytes(), bytes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_arrives_as_it_was_sent() {
        let error = ComponentError { line: 3, column: 7, message: "a \"b\"\n".into(), code: "no-eval".into() };
        let report = ComponentReport { errors: vec![error], warnings: vec!["w".into()] };
        let frame = answer_frame(report.clone(), true);
        assert_eq!(frame[..LENGTH_BYTES], u32::try_from(frame.len() - LENGTH_BYTES).unwrap().to_be_bytes());
        assert_eq!(parse_answer(&frame[LENGTH_BYTES..]).unwrap(), (report, true));
    }

    #[test]
    fn what_is_no_report_is_an_error() {
        for bytes in [&b""[..], b"{}", b"\xff", b"{\"errors\":[],\"warnings\":[]}"] {
            assert!(parse_answer(bytes).is_err());
        }
    }
}
