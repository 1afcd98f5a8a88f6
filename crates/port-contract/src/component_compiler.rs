//! Checks of [`ComponentCompiler`](ports::ComponentCompiler).

use domain::{component::ComponentSource, id::ApiKeyId};
use futures_util::future::join_all;
use ports::{ComponentChecker, ComponentCompiler};

use super::fresh;

/// Sources that compile: all forms in which a component may be written.
const ACCEPTED: &[&str] = &[
    "export default function Widget({ data }) { return <p className=\"x\">{data.title} &amp; more</p>; }",
    "import React, { useState as state } from \"react\"; export default class A extends React.Component { render() { return <></>; } }",
    "export const A = ({ k, ...rest }) => <b {...rest} key={k}><i/>text</b>; export { A as default };",
    "export default () => null;",
];

/// Sources that break a rule, and whether they can be parsed and so compiled.
const REFUSED: &[(&str, bool)] = &[
    ("export default () => eval(\"1\");", true),
    ("export default () => fetch(\"/\");", true),
    ("export const a = 1;", true),
    ("export default () => <p>;", false),
    ("export default (", false),
];

/// The report equals the checker's, and there is a module exactly if the report has no errors.
pub async fn what_the_checker_accepts_is_compiled(checker: &dyn ComponentChecker, compiler: &dyn ComponentCompiler) {
    for text in ACCEPTED.iter().chain(REFUSED.iter().map(|(text, _)| text)) {
        let (source, caller) = subject(text);
        let report = checker.check(&source, caller).await.expect("check");
        let compilation = compiler.compile(&source, caller).await.expect("compile");
        assert_eq!(compilation.report, report, "{text}");
        assert_eq!(compilation.module.is_some(), report.is_accepted(), "{text}");
        assert_eq!(report.is_accepted(), ACCEPTED.contains(text), "{text}: {report:?}");
    }
}

/// Concurrent compilations for several callers return identical modules.
pub async fn the_same_source_gets_the_same_module(compiler: &dyn ComponentCompiler) {
    for text in ACCEPTED {
        let source = ComponentSource::parse(text).expect("a source");
        let callers: Vec<_> = (0..16).map(|_| ApiKeyId::from_uuid(fresh::uuid())).collect();
        let compilations = join_all(callers.iter().map(|caller| compiler.compile(&source, *caller))).await;
        let mut modules = compilations.into_iter().map(|it| it.expect("compile").module.expect("a module"));
        let first = modules.next().expect("sixteen");
        assert!(modules.all(|module| module == first), "{text}");
    }
}

/// Even a comment makes a difference, as the source map contains it.
pub async fn different_sources_get_different_modules(compiler: &dyn ComponentCompiler) {
    let (source, caller) = subject("export default () => <p/>;");
    let (commented, _) = subject("/* mine */ export default () => <p/>;");
    let first = compiler.compile(&source, caller).await.expect("compile").module.expect("a module");
    let second = compiler.compile(&commented, caller).await.expect("compile").module.expect("a module");
    assert_ne!(first.digest(), second.digest());
    assert_ne!(first.source_map_digest(), second.source_map_digest());
    assert!(second.source_map().contains("/* mine */") && !second.code().contains("mine"));
}

/// New rules do not apply to saved components, so their messages can still be rendered.
pub async fn what_was_saved_is_compiled_whatever_the_rules_say(compiler: &dyn ComponentCompiler) {
    for (text, parses) in REFUSED {
        let (source, caller) = subject(text);
        let compilation = compiler.compile_kept(&source, caller).await.expect("compile");
        assert_eq!((compilation.module.is_some(), compilation.report.is_accepted()), (*parses, *parses), "{text}");
    }
    for text in ACCEPTED {
        let (source, caller) = subject(text);
        let saved = compiler.compile(&source, caller).await.expect("compile").module;
        let kept = compiler.compile_kept(&source, caller).await.expect("compile").module;
        assert!(saved.is_some() && saved == kept, "{text}");
    }
}

/// Found by searching the module's text, which is reliable as `import` is a statement.
pub async fn a_module_imports_react_and_its_runtime_alone(compiler: &dyn ComponentCompiler) {
    for pragma in ["", "/** @jsxImportSource https://evil.example */", "/* @jsxRuntime classic */ /* @jsx evil */"] {
        for text in ACCEPTED {
            let (source, caller) = subject(&format!("{pragma}{text}"));
            let module = compiler.compile(&source, caller).await.expect("compile").module.expect("a module");
            let rest = module.code().replace("\"react\"", "").replace("\"react/jsx-runtime\"", "");
            assert!(
                !rest.contains("from\"") && !rest.contains("from \"") && !rest.contains("evil"),
                "{}",
                module.code()
            );
        }
    }
}

fn subject(text: &str) -> (ComponentSource, ApiKeyId) {
    (ComponentSource::parse(text).expect("a source"), ApiKeyId::from_uuid(fresh::uuid()))
}
