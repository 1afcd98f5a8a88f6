//! The inputs and outputs of schema jobs.

use std::{io, time::Duration};

use schema::{Schema, SchemaDigest, field::FieldError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use worker_pool::{decode_fields, encode_fields};

use crate::compiled::MemoryUse;

/// Maximum length of an answer, in bytes: 50 errors and 50 warnings, each with a path and a sentence of up to 1,000
/// characters.
pub(crate) const MAX_ANSWER_BYTES: usize = 1024 * 1024;

const REVIEW: &[u8] = b"review";
const CHECK: &[u8] = b"check";
const FIRST_FITTING: &[u8] = b"first-fitting";

/// A request to a worker.
#[derive(Debug, PartialEq)]
pub(crate) enum Request<'a> {
    /// Parses and compiles the text of a schema.
    Review { text: &'a str },
    /// Checks data. Paths of errors begin with `root`.
    Check { schema: SchemaText<'a>, data: &'a str, root: &'a str },
    /// Finds the first valid document.
    FirstFitting { schema: SchemaText<'a>, candidates: Vec<&'a str> },
}

/// An accepted schema, with the digest under which a worker caches it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SchemaText<'a> {
    pub(crate) digest: SchemaDigest,
    pub(crate) text: &'a str,
}

impl<'a> From<&'a Schema> for SchemaText<'a> {
    fn from(schema: &'a Schema) -> Self {
        Self { digest: schema.digest(), text: schema.text().as_str() }
    }
}

impl<'a> Request<'a> {
    pub(crate) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Review { text } => encode_fields(&[REVIEW, text.as_bytes()]),
            Self::Check { schema, data, root } => {
                encode_fields(&[CHECK, &schema.digest.0, schema.text.as_bytes(), data.as_bytes(), root.as_bytes()])
            }
            Self::FirstFitting { schema, candidates } => {
                let mut fields = vec![FIRST_FITTING, &schema.digest.0[..], schema.text.as_bytes()];
                fields.extend(candidates.iter().map(|candidate| candidate.as_bytes()));
                encode_fields(&fields)
            }
        }
    }

    pub(crate) fn decode(bytes: &'a [u8]) -> io::Result<Self> {
        let fields = decode_fields(bytes)?;
        match fields.as_slice() {
            [REVIEW, text] => Ok(Self::Review { text: self::text(text)? }),
            [CHECK, digest, schema, data, root] => {
                Ok(Self::Check { schema: schema_text(digest, schema)?, data: text(data)?, root: text(root)? })
            }
            [FIRST_FITTING, digest, schema, candidates @ ..] => {
                let candidates = candidates.iter().map(|candidate| text(candidate)).collect::<io::Result<_>>()?;
                Ok(Self::FirstFitting { schema: schema_text(digest, schema)?, candidates })
            }
            _ => Err(io::Error::other("an unknown request about a schema")),
        }
    }
}

fn schema_text<'a>(digest: &[u8], text: &'a [u8]) -> io::Result<SchemaText<'a>> {
    let digest = digest.try_into().map_err(io::Error::other)?;
    Ok(SchemaText { digest: SchemaDigest(digest), text: self::text(text)? })
}

fn text(bytes: &[u8]) -> io::Result<&str> {
    str::from_utf8(bytes).map_err(io::Error::other)
}

/// A worker's answer to [`Request::Review`], or the engine's reason why the schema does not compile.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReviewAnswer {
    pub(crate) errors: Vec<ErrorRow>,
    pub(crate) warnings: Vec<String>,
}

/// A worker's answer to the other requests.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DataAnswer {
    pub(crate) outcome: DataOutcome,
    /// The cost of compiling the schema; `None` if it cannot be compiled.
    pub(crate) compiling: Option<CompileCost>,
}

/// The cost of compiling a schema in the worker.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct CompileCost {
    /// Processor time.
    pub(crate) time: Duration,
    pub(crate) memory: MemoryUse,
}

/// The result of a request about data.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum DataOutcome {
    /// The errors in the data.
    Errors(Vec<ErrorRow>),
    /// The index of the first valid document.
    FirstFitting(Option<usize>),
    /// A bug, described for the log.
    Failed(String),
}

/// The field and the message of an error.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ErrorRow(String, String);

pub(crate) fn to_rows(errors: Vec<FieldError>) -> Vec<ErrorRow> {
    errors.into_iter().map(|error| ErrorRow(error.field, error.message)).collect()
}

pub(crate) fn from_rows(rows: Vec<ErrorRow>) -> Vec<FieldError> {
    rows.into_iter().map(|ErrorRow(field, message)| FieldError { field, message }).collect()
}

pub(crate) fn encode_answer(answer: &impl Serialize) -> io::Result<Vec<u8>> {
    Ok(serde_json::to_vec(answer)?)
}

pub(crate) fn decode_answer<A: DeserializeOwned>(bytes: &[u8]) -> io::Result<A> {
    Ok(serde_json::from_slice(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoded_requests_equal_the_encoded_ones() {
        let schema = SchemaText { digest: SchemaDigest([7; 32]), text: r#"{"type":"object"}"# };
        for request in [
            Request::Review { text: "é" },
            Request::Check { schema, data: "{}", root: "data" },
            Request::FirstFitting { schema, candidates: vec![] },
            Request::FirstFitting { schema, candidates: vec!["{}", ""] },
        ] {
            assert_eq!(Request::decode(&request.encode()).unwrap(), request);
        }
        assert!(Request::decode(&encode_fields(&[CHECK, b"short", b"{}", b"{}", b"data"])).is_err());
        assert!(Request::decode(&encode_fields(&[b"sing"])).is_err());
    }
}
