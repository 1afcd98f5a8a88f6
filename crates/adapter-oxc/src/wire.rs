//! What the service and a worker send each other about components.

use std::io;

use domain::{
    component::{ComponentError, ComponentReport},
    module::CompiledModule,
};
use ports::Compilation;
use serde::{Deserialize, Serialize};
use worker_pool::{decode_fields, encode_fields};

use crate::{check::Purpose, compile::Output};

const SAVE: &[u8] = b"save";
const RENDER: &[u8] = b"render";

#[derive(Serialize, Deserialize)]
struct Report {
    errors: Vec<Error>,
    warnings: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Error {
    line: u32,
    column: u32,
    message: String,
    code: String,
}

/// A source, and what it is for.
pub(crate) fn encode_source(source: &str, purpose: Purpose) -> Vec<u8> {
    let purpose = match purpose {
        Purpose::Save => SAVE,
        Purpose::Render => RENDER,
    };
    encode_fields(&[purpose, source.as_bytes()])
}

pub(crate) fn decode_source(bytes: &[u8]) -> io::Result<(&str, Purpose)> {
    let fields = decode_fields(bytes)?;
    let (purpose, source) = match fields.as_slice() {
        [SAVE, source] => (Purpose::Save, *source),
        [RENDER, source] => (Purpose::Render, *source),
        _ => return Err(io::Error::other("a source without a purpose")),
    };
    Ok((str::from_utf8(source).map_err(io::Error::other)?, purpose))
}

/// The report, and the module and its source map, which are both empty when there is no module.
pub(crate) fn encode_answer(report: ComponentReport, output: Option<&Output>) -> io::Result<Vec<u8>> {
    let (code, source_map) = output.map_or(("", ""), |output| (&output.code, &output.source_map));
    let errors = report.errors.into_iter().map(|ComponentError { line, column, message, code }| Error {
        line,
        column,
        message,
        code,
    });
    let report = serde_json::to_vec(&Report { errors: errors.collect(), warnings: report.warnings })?;
    Ok(encode_fields(&[&report, code.as_bytes(), source_map.as_bytes()]))
}

pub(crate) fn decode_answer(bytes: &[u8]) -> io::Result<Compilation> {
    let fields = decode_fields(bytes)?;
    let [report, code, source_map] = fields.as_slice() else {
        return Err(io::Error::other("an answer has three fields"));
    };
    let report: Report = serde_json::from_slice(report)?;
    let errors = report.errors.into_iter().map(|Error { line, column, message, code }| ComponentError {
        line,
        column,
        message,
        code,
    });
    let report = ComponentReport { errors: errors.collect(), warnings: report.warnings };
    if report.is_accepted() == code.is_empty() {
        return Err(io::Error::other("a module and errors, or neither"));
    }
    let text = |bytes: &[u8]| str::from_utf8(bytes).map(str::to_owned).map_err(io::Error::other);
    let module = match report.is_accepted() {
        true => Some(CompiledModule::new(text(code)?, &text(source_map)?)),
        false => None,
    };
    Ok(Compilation { report, module })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_arrives_as_it_was_sent() {
        for (source, purpose) in [("let é", Purpose::Save), ("", Purpose::Render)] {
            assert_eq!(decode_source(&encode_source(source, purpose)).unwrap(), (source, purpose));
        }
        assert!(decode_source(&encode_fields(&[b"sing", b"x"])).is_err());
        assert!(decode_source(&encode_fields(&[SAVE, b"\xff"])).is_err());
    }

    #[test]
    fn an_answer_arrives_as_it_was_sent() {
        let error = ComponentError { line: 3, column: 7, message: "a \"b\"\n".into(), code: "no-eval".into() };
        let report = ComponentReport { errors: vec![error], warnings: vec!["w".into()] };
        let compilation = decode_answer(&encode_answer(report.clone(), None).unwrap()).unwrap();
        assert_eq!(compilation, Compilation { report, module: None });
        let output = Output { code: "export default 1".into(), source_map: "{}".into() };
        let compilation = decode_answer(&encode_answer(ComponentReport::default(), Some(&output)).unwrap()).unwrap();
        assert!(compilation.module.unwrap().code().starts_with("export default 1"));
    }

    #[test]
    fn a_malformed_answer_is_an_error() {
        let [module, none] = [b"x".as_slice(), b""];
        for fields in
            [[b"{}".as_slice(), module, none], [b"\xff", module, none], [br#"{"errors":[],"warnings":[]}"#, none, none]]
        {
            assert!(decode_answer(&encode_fields(&fields)).is_err());
        }
        assert!(decode_answer(b"").is_err());
    }
}
