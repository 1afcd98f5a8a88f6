//! The messages between the service and its workers about components.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
};

use domain::{
    library::{LibrarySet, UsedLibraries},
    module::{AssetDigest, CompiledModule},
    styles::Styles,
};
use flate2::{Compression, write::GzEncoder};
use ports::ComponentReview;
use serde::{Deserialize, Serialize};
use worker_pool::{decode_fields, encode_fields};

use crate::{
    check::{Purpose, Report},
    compile::Output,
};

const SAVE: &[u8] = b"save";
const RENDER: &[u8] = b"render";

/// A source to review.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request<'a> {
    pub(crate) source: &'a str,
    pub(crate) purpose: Purpose,
    pub(crate) styles: Styles,
}

/// Encodes a source with its purpose, its setting of styles and the resources that it declares.
pub(crate) fn encode_request(source: &str, purpose: &Purpose, styles: Styles) -> io::Result<Vec<u8>> {
    let styles = styles.as_str().as_bytes();
    Ok(match purpose {
        Purpose::Save(resources) => encode_fields(&[SAVE, source.as_bytes(), styles, &serde_json::to_vec(resources)?]),
        Purpose::Render => encode_fields(&[RENDER, source.as_bytes(), styles]),
    })
}

pub(crate) fn decode_request(bytes: &[u8]) -> io::Result<Request<'_>> {
    let fields = decode_fields(bytes)?;
    let (purpose, source, styles) = match fields.as_slice() {
        [SAVE, source, styles, resources] => (Purpose::Save(serde_json::from_slice(resources)?), *source, *styles),
        [RENDER, source, styles] => (Purpose::Render, *source, *styles),
        _ => return Err(io::Error::other("a source without a purpose")),
    };
    let styles = Styles::parse(text(styles)?).map_err(io::Error::other)?;
    Ok(Request { source: text(source)?, purpose, styles })
}

/// The imports and sizes of a module in an answer.
#[derive(Serialize, Deserialize)]
struct Details {
    imports: Vec<String>,
    /// The digests of the files that it imports itself, as text.
    files: Vec<String>,
    /// The bytes of module and style sheet with gzip.
    gzip_bytes: u64,
}

/// Encodes the report and, if the source was compiled, the module, its source map, its details, and its style sheet if it has one. The
/// code of a module without statements is empty.
pub(crate) fn encode_answer(report: &Report, output: Option<&Output>) -> io::Result<Vec<u8>> {
    let report = serde_json::to_vec(report)?;
    let Some(output) = output else { return Ok(encode_fields(&[&report])) };
    let stylesheet = output.stylesheet.as_deref();
    let details = serde_json::to_vec(&Details {
        imports: output.used.imports.iter().cloned().collect(),
        files: output.used.files.iter().map(ToString::to_string).collect(),
        gzip_bytes: gzip_bytes(&output.code)? + stylesheet.map_or(Ok(0), gzip_bytes)?,
    })?;
    let mut fields = vec![report.as_slice(), output.code.as_bytes(), output.source_map.as_bytes(), &details];
    fields.extend(stylesheet.map(str::as_bytes));
    Ok(encode_fields(&fields))
}

/// Decodes an answer of a worker that has the same libraries.
pub(crate) fn decode_answer(bytes: &[u8], libraries: &LibrarySet) -> io::Result<ComponentReview> {
    let fields = decode_fields(bytes)?;
    let (report, module) = match fields.as_slice() {
        [report] => (report, None),
        [report, code, map, details] => (report, Some(decode_module(code, map, details, libraries)?)),
        [report, code, map, details, stylesheet] => {
            (report, Some(decode_module(code, map, details, libraries)?.with_stylesheet(text(stylesheet)?)))
        }
        _ => return Err(io::Error::other("an answer has one field, four or five")),
    };
    let Report { errors, warnings, language } = serde_json::from_slice(report)?;
    let outcome = match module {
        Some(module) if errors.is_empty() => Ok(module),
        None if !errors.is_empty() => Err(errors),
        _ => return Err(io::Error::other("a module and errors, or neither")),
    };
    Ok(ComponentReview { outcome, warnings, language })
}

fn decode_module(code: &[u8], map: &[u8], details: &[u8], libraries: &LibrarySet) -> io::Result<CompiledModule> {
    let Details { imports, files, gzip_bytes } = serde_json::from_slice(details)?;
    let files: Result<Vec<_>, _> = files.iter().map(|digest| AssetDigest::parse(digest)).collect();
    let closure = libraries.closure(files.map_err(io::Error::other)?);
    let files: BTreeMap<_, _> = closure.iter().filter_map(|it| Some((*it, libraries.files.get(it)?.code))).collect();
    let used = (!files.is_empty()).then_some(UsedLibraries { set: libraries.number, files });
    let load_bytes = gzip_bytes + libraries.load_bytes(closure);
    Ok(CompiledModule::new(text(code)?.to_owned(), text(map)?).with_imports(imports, used, load_bytes))
}

fn gzip_bytes(text: &str) -> io::Result<u64> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 3), Compression::default());
    encoder.write_all(text.as_bytes())?;
    Ok(encoder.finish()?.len() as u64)
}

fn text(bytes: &[u8]) -> io::Result<&str> {
    str::from_utf8(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use domain::{
        component::{ComponentError, ComponentWarning, Language},
        library::LibraryFile,
    };

    use super::*;
    use crate::libraries::Used;

    #[test]
    fn a_decoded_request_equals_the_encoded_one() {
        let resources = serde_json::from_str(r#"{"connect":["https://a.example"]}"#).unwrap();
        for (source, purpose) in [("let é", Purpose::Save(resources)), ("", Purpose::Render)] {
            let bytes = encode_request(source, &purpose, Styles::Tailwind).unwrap();
            assert_eq!(decode_request(&bytes).unwrap(), Request { source, purpose, styles: Styles::Tailwind });
        }
        for wrong in [[b"sing".as_slice(), b"x", b"auto"], [RENDER, b"\xff", b"auto"], [RENDER, b"x", b"Auto"]] {
            assert!(decode_request(&encode_fields(&wrong)).is_err());
        }
    }

    #[test]
    fn a_decoded_answer_equals_the_encoded_one() {
        let none = LibrarySet::default();
        let error = ComponentError { line: 3, column: 7, message: "a \"b\"\n".into(), code: "no-eval".into() };
        let warning = ComponentWarning { line: 1, column: 2, message: "w".into(), code: "missing-key".into() };
        let report =
            Report { errors: vec![error.clone()], warnings: vec![warning.clone()], language: Some(Language::Tsx) };
        let review = decode_answer(&encode_answer(&report, None).unwrap(), &none).unwrap();
        assert_eq!(
            review,
            ComponentReview { outcome: Err(vec![error]), warnings: vec![warning], language: report.language }
        );
        for (code, stylesheet) in [("export default 1", None), ("", None), ("x", Some(".a{}"))] {
            let answer = encode_answer(&Report::default(), Some(&output(code, stylesheet))).unwrap();
            let module = decode_answer(&answer, &none).unwrap().outcome.unwrap();
            assert!(module.code().starts_with(code));
            assert_eq!(module.stylesheet(), stylesheet);
        }
    }

    #[test]
    fn a_module_has_all_files_that_it_loads() {
        let (own, shared) = (AssetDigest([1; 32]), AssetDigest([2; 32]));
        let file = |code, imports: &[AssetDigest]| LibraryFile { code, gzip_bytes: 1000, imports: imports.to_vec() };
        let files = BTreeMap::from([(own, file("own", &[shared])), (shared, file("shared", &[]))]);
        let set = LibrarySet { number: 5, files, ..LibrarySet::default() };
        let used = Used { imports: ["b".to_owned(), "a".to_owned()].into(), files: [own].into() };
        let answer = encode_answer(&Report::default(), Some(&Output { used, ..output("x", None) })).unwrap();
        let module = decode_answer(&answer, &set).unwrap().outcome.unwrap();
        let files = BTreeMap::from([(own, "own"), (shared, "shared")]);
        assert_eq!(module.libraries(), Some(&UsedLibraries { set: 5, files }));
        let summary = module.summary();
        assert_eq!(
            (summary.imports.as_slice(), summary.library_set),
            (["a".to_owned(), "b".to_owned()].as_slice(), Some(5))
        );
        assert!((2001..2100).contains(&summary.load_bytes.unwrap()));
    }

    #[test]
    fn a_malformed_answer_is_an_error() {
        let accepted: &[u8] = br#"{"errors":[],"warnings":[]}"#;
        let refused: &[u8] = br#"{"errors":[{"line":1,"column":1,"message":"m","code":"c"}],"warnings":[]}"#;
        let details: &[u8] = br#"{"imports":[],"files":[],"gzip_bytes":1}"#;
        let answers: [&[&[u8]]; 7] = [
            &[b"{}", b"x", b"", details],
            &[b"\xff", b"x", b"", details],
            &[accepted],
            &[refused, b"x", b"", details],
            &[accepted, b"x", b""],
            &[accepted, b"\xff", b"", details],
            &[accepted, b"x", b"", br#"{"imports":[],"files":["x"],"gzip_bytes":1}"#],
        ];
        for fields in answers {
            assert!(decode_answer(&encode_fields(fields), &LibrarySet::default()).is_err(), "{fields:?}");
        }
        assert!(decode_answer(b"", &LibrarySet::default()).is_err());
    }

    fn output(code: &str, stylesheet: Option<&str>) -> Output {
        let (used, stylesheet) = (Used::default(), stylesheet.map(Into::into));
        Output { code: code.into(), source_map: "{}".into(), used, stylesheet }
    }
}
