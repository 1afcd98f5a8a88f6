//! What the pool and a worker say to each other: frames of a big-endian `u32` length and as many bytes.
//!
//! A worker greets; then, for each source (what it is for, and UTF-8), it says that it has it, and answers with three frames:
//! a report (JSON), a module and its source map, both empty if there is none. So a worker that is gone before it began is told
//! from one that a source ended. Both ends are the same binary.

use std::io;

use domain::component::{ComponentError, ComponentReport};
use serde::{Deserialize, Serialize};

use crate::{check::Purpose, compile::Output};

/// What a worker sends when it is ready to work.
pub(crate) const GREETING: [u8; 8] = *b"wgt-chk2";

/// What a worker sends when it has a source and begins.
pub(crate) const TAKEN: u8 = b'!';

/// What a source is for.
const SAVE: u8 = b's';
const RENDER: u8 = b'r';

/// Length of a frame's length.
pub(crate) const LENGTH_BYTES: usize = 4;

/// Longest report that is taken: 100 messages of 400 characters, and room to spare.
pub(crate) const REPORT_BYTES: usize = 1024 * 1024;

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

/// The frame of a source, with its purpose between length and text.
pub(crate) fn source_frame(source: &str, purpose: Purpose) -> Vec<u8> {
    let mut frame = frame(source.as_bytes());
    let purpose = match purpose {
        Purpose::Save => SAVE,
        Purpose::Render => RENDER,
    };
    frame.insert(LENGTH_BYTES, purpose);
    frame
}

/// Reads the byte of a purpose.
pub(crate) fn parse_purpose(byte: u8) -> io::Result<Purpose> {
    match byte {
        SAVE => Ok(Purpose::Save),
        RENDER => Ok(Purpose::Render),
        _ => Err(io::Error::other("a source without a purpose")),
    }
}

/// The frames of an answer; `retire` says that the worker ends after it.
pub(crate) fn answer_frames(report: ComponentReport, output: Option<&Output>, retire: bool) -> Vec<u8> {
    let (code, source_map) = output.map_or(("", ""), |output| (&output.code, &output.source_map));
    [report_frame(report, retire), frame(code.as_bytes()), frame(source_map.as_bytes())].concat()
}

fn report_frame(report: ComponentReport, retire: bool) -> Vec<u8> {
    let errors = report.errors.into_iter().map(|ComponentError { line, column, message, code }| Error {
        line,
        column,
        message,
        code,
    });
    let answer = Answer { errors: errors.collect(), warnings: report.warnings, retire };
    frame(&serde_json::to_vec(&answer).expect("numbers and strings can be written as JSON"))
}

/// Reads a report's bytes: the report, and whether the worker ends.
pub(crate) fn parse_report(bytes: &[u8]) -> io::Result<(ComponentReport, bool)> {
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
        let frame = report_frame(report.clone(), true);
        assert_eq!(frame[..LENGTH_BYTES], u32::try_from(frame.len() - LENGTH_BYTES).unwrap().to_be_bytes());
        assert_eq!(parse_report(&frame[LENGTH_BYTES..]).unwrap(), (report, true));
    }

    #[test]
    fn what_is_no_report_is_an_error() {
        for bytes in [&b""[..], b"{}", b"\xff", b"{\"errors\":[],\"warnings\":[]}"] {
            assert!(parse_report(bytes).is_err());
        }
    }
}
