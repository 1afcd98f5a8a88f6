//! The messages between the service and its workers about components.

use std::io;

use domain::module::CompiledModule;
use ports::ComponentReview;
use worker_pool::{decode_fields, encode_fields};

use crate::{
    check::{Purpose, Report},
    compile::Output,
};

const SAVE: &[u8] = b"save";
const RENDER: &[u8] = b"render";

/// Encodes a source and its purpose, with the resources that it declares.
pub(crate) fn encode_source(source: &str, purpose: &Purpose) -> io::Result<Vec<u8>> {
    Ok(match purpose {
        Purpose::Save(resources) => encode_fields(&[SAVE, source.as_bytes(), &serde_json::to_vec(resources)?]),
        Purpose::Render => encode_fields(&[RENDER, source.as_bytes()]),
    })
}

pub(crate) fn decode_source(bytes: &[u8]) -> io::Result<(&str, Purpose)> {
    let fields = decode_fields(bytes)?;
    let (purpose, source) = match fields.as_slice() {
        [SAVE, source, resources] => (Purpose::Save(serde_json::from_slice(resources)?), *source),
        [RENDER, source] => (Purpose::Render, *source),
        _ => return Err(io::Error::other("a source without a purpose")),
    };
    Ok((str::from_utf8(source).map_err(io::Error::other)?, purpose))
}

/// Encodes the report, followed by the module and its source map if the source was compiled. The code of a module without
/// statements is empty.
pub(crate) fn encode_answer(report: &Report, output: Option<&Output>) -> io::Result<Vec<u8>> {
    let report = serde_json::to_vec(report)?;
    Ok(match output {
        Some(output) => encode_fields(&[&report, output.code.as_bytes(), output.source_map.as_bytes()]),
        None => encode_fields(&[&report]),
    })
}

pub(crate) fn decode_answer(bytes: &[u8]) -> io::Result<ComponentReview> {
    let fields = decode_fields(bytes)?;
    let (report, module) = match fields.as_slice() {
        [report] => (report, None),
        [report, code, source_map] => (report, Some(CompiledModule::new(text(code)?.to_owned(), text(source_map)?))),
        _ => return Err(io::Error::other("an answer has one field or three")),
    };
    let Report { errors, warnings, language } = serde_json::from_slice(report)?;
    let outcome = match module {
        Some(module) if errors.is_empty() => Ok(module),
        None if !errors.is_empty() => Err(errors),
        _ => return Err(io::Error::other("a module and errors, or neither")),
    };
    Ok(ComponentReview { outcome, warnings, language })
}

fn text(bytes: &[u8]) -> io::Result<&str> {
    str::from_utf8(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use domain::component::{ComponentError, ComponentWarning, Language};

    use super::*;

    #[test]
    fn a_decoded_source_equals_the_encoded_one() {
        let resources = serde_json::from_str(r#"{"connect":["https://a.example"]}"#).unwrap();
        for (source, purpose) in [("let é", Purpose::Save(resources)), ("", Purpose::Render)] {
            assert_eq!(decode_source(&encode_source(source, &purpose).unwrap()).unwrap(), (source, purpose));
        }
        assert!(decode_source(&encode_fields(&[b"sing", b"x"])).is_err());
        assert!(decode_source(&encode_fields(&[SAVE, b"\xff", b"{}"])).is_err());
    }

    #[test]
    fn a_decoded_answer_equals_the_encoded_one() {
        let error = ComponentError { line: 3, column: 7, message: "a \"b\"\n".into(), code: "no-eval".into() };
        let warning = ComponentWarning { line: 1, column: 2, message: "w".into(), code: "missing-key".into() };
        let report =
            Report { errors: vec![error.clone()], warnings: vec![warning.clone()], language: Some(Language::Tsx) };
        let review = decode_answer(&encode_answer(&report, None).unwrap()).unwrap();
        assert_eq!(
            review,
            ComponentReview { outcome: Err(vec![error]), warnings: vec![warning], language: report.language }
        );
        for code in ["export default 1", ""] {
            let output = Output { code: code.into(), source_map: "{}".into() };
            let answer = encode_answer(&Report::default(), Some(&output)).unwrap();
            assert!(decode_answer(&answer).unwrap().outcome.unwrap().code().starts_with(code));
        }
    }

    #[test]
    fn a_malformed_answer_is_an_error() {
        let accepted: &[u8] = br#"{"errors":[],"warnings":[]}"#;
        let refused: &[u8] = br#"{"errors":[{"line":1,"column":1,"message":"m","code":"c"}],"warnings":[]}"#;
        let answers: [&[&[u8]]; 6] = [
            &[b"{}", b"x", b""],
            &[b"\xff", b"x", b""],
            &[accepted],
            &[refused, b"x", b""],
            &[accepted, b"x"],
            &[accepted, b"\xff", b""],
        ];
        for fields in answers {
            assert!(decode_answer(&encode_fields(fields)).is_err(), "{fields:?}");
        }
        assert!(decode_answer(b"").is_err());
    }
}
