//! The messages between the service and its workers about renders.

use std::io;

use serde::{Deserialize, Serialize};
use worker_pool::{decode_fields, encode_fields};

/// What a worker renders.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Input<'a> {
    /// The widget's module.
    pub(super) code: &'a str,
    /// JSON.
    pub(super) data: &'a str,
    /// A JSON object.
    pub(super) props: &'a str,
}

impl<'a> Input<'a> {
    pub(super) fn encode(&self) -> Vec<u8> {
        encode_fields(&[self.code.as_bytes(), self.data.as_bytes(), self.props.as_bytes()])
    }

    pub(super) fn decode(bytes: &'a [u8]) -> io::Result<Self> {
        match decode_fields(bytes)?.as_slice() {
            [code, data, props] => Ok(Self { code: text(code)?, data: text(data)?, props: text(props)? }),
            _ => Err(io::Error::other("a module, data and props")),
        }
    }
}

fn text(bytes: &[u8]) -> io::Result<&str> {
    str::from_utf8(bytes).map_err(io::Error::other)
}

/// A worker's answer, as JSON: a report, or the defect that prevents all reports.
pub(super) type Answer = Result<Rendered, String>;

/// What came of a render. Positions are those of the module.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rendered {
    pub(super) outcome: Outcome,
    pub(super) warnings: Vec<Problem>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Outcome {
    Text { text: String, is_truncated: bool },
    Problem(Problem),
}

/// An error or a warning.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) position: Option<ModulePosition>,
}

impl Problem {
    /// A problem that has no position.
    pub(super) fn new(message: &str) -> Self {
        Self { message: message.to_owned(), position: None }
    }
}

/// A position in a module. Line and column count from 1; columns are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ModulePosition {
    pub(super) line: u32,
    pub(super) column: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoded_input_equals_the_encoded_one() {
        let input = Input { code: "let é", data: "[]", props: "{}" };
        assert_eq!(Input::decode(&input.encode()).unwrap(), input);
        for wrong in [&b""[..], &encode_fields(&[b"x", b"y"]), &encode_fields(&[b"\xff", b"1", b"{}"])] {
            assert!(Input::decode(wrong).is_err());
        }
    }
}
