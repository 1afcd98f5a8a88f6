use serde_json::Value;

use super::Output;
use domain::{component::Language, resources::Resources};

use crate::check::{Purpose, check_and_compile};

/// Compiles a stored source, to which the policy does not apply.
#[track_caller]
fn compiled(source: &str) -> Output {
    let (report, output) = check_and_compile(source, &Purpose::Render);
    output.unwrap_or_else(|| panic!("{source}\n{report:#?}"))
}

#[track_caller]
fn each_becomes(cases: &[(&str, &str)]) {
    for (source, module) in cases {
        assert_eq!(compiled(source).code, *module, "{source}");
    }
}

#[test]
fn jsx_becomes_calls_of_the_automatic_runtime() {
    each_becomes(&[
        (
            "export default () => <p>{1}</p>;",
            r#"import{jsx as _jsx}from"react/jsx-runtime";export default()=>_jsx(`p`,{children:1});"#,
        ),
        (
            "export default () => <><b/><i/></>;",
            r#"import{jsx as _jsx,Fragment as _Fragment,jsxs as _jsxs}from"react/jsx-runtime";export default()=>_jsxs(_Fragment,{children:[_jsx(`b`,{}),_jsx(`i`,{})]});"#,
        ),
        (
            "export default (p) => <p {...p} key=\"k\"/>;",
            r#"import{createElement as _createElement}from"react";export default p=>_createElement(`p`,{...p,key:`k`});"#,
        ),
        (
            "export default (p) => <p key=\"k\" {...p}/>;",
            r#"import{jsx as _jsx}from"react/jsx-runtime";export default p=>_jsx(`p`,{...p},`k`);"#,
        ),
    ]);
}

#[test]
fn jsx_pragmas_in_comments_have_no_effect() {
    for pragma in [
        "/** @jsxImportSource https://evil.example */",
        "/* @jsxRuntime classic */ /* @jsx eval */ /* @jsxFrag alert */",
        "/** @jsxRuntime classic\n * @jsx location.assign\n */",
        "// @jsxImportSource evil",
        "/*! @license @jsxImportSource evil */",
    ] {
        let module = compiled(&format!("{pragma}\nexport default () => <p/>;")).code;
        assert_eq!(module, r#"import{jsx as _jsx}from"react/jsx-runtime";export default()=>_jsx(`p`,{});"#, "{pragma}");
    }
}

#[test]
fn syntax_is_not_lowered_and_names_are_not_changed() {
    for source in [
        "export default class A extends React.Component{#a=1;static b=2;static{this.c=3}get[x](){return this.#a??=2}}",
        "export default async=>{const{a,...b}=async?.c??{};return[...a,b?.[0],`${a}`,1_0n,a**b,/(?<a>.)/dv]};",
        "export default function A(){label:for(const a of[1])continue label;try{}catch{}return new.target}",
    ] {
        let module = compiled(source).code.replace("1_0n", "10n");
        let kept = source.replace("1_0n", "10n").replace("return[", "return [");
        assert_eq!(module.replace("return[", "return ["), kept, "{source}");
    }
}

#[test]
fn imported_runtime_names_do_not_collide_with_the_authors() {
    let source =
        "const _jsx = 1; export default () => { let _jsxs = 2; return <p>{_jsx}{_jsxs}{typeof _Fragment}<></></p>; };";
    let module = compiled(source).code;
    let import = module.split("from").next().unwrap();
    for name in ["as _jsx,", "as _jsx}", "as _jsxs,", "as _jsxs}", "as _Fragment,", "as _Fragment}"] {
        assert!(!import.contains(name), "{module}");
    }
}

#[test]
fn a_source_map_maps_the_module_to_the_source() {
    let source = "export default function Widget({ data }) {\n  return <p>{data.title}</p>;\n}\n";
    let Output { code, source_map, .. } = compiled(source);
    let map: Value = serde_json::from_str(&source_map).unwrap();
    assert_eq!((&map["version"], &map["sources"][0]), (&3.into(), &"component.jsx".into()));
    assert_eq!(map["sourcesContent"][0], source);
    assert!(!code.trim_end().contains('\n') && !map["mappings"].as_str().unwrap().is_empty());
}

#[test]
fn types_and_the_imports_that_only_they_use_are_erased() {
    each_becomes(&[
        ("export default (a: string): void => {};", "export default a=>{};"),
        ("import { A, b } from 'react'; export default (a: A) => b;", "import{b}from\"react\";export default a=>b;"),
        ("import type { A } from './a'; export default (a: A) => a;", "export default a=>a;"),
        ("import { A } from './a'; export default (a: A) => a;", "export default a=>a;"),
        ("import a from './a'; export default (b: typeof a) => b;", "export default b=>b;"),
        ("export default (a) => a!.b as string;", "export default a=>a.b;"),
        ("export default (a) => (a?.b)!.c;", "export default a=>(a?.b).c;"),
        ("export default (a) => a?.b!.c;", "export default a=>a?.b.c;"),
        ("export default (a) => (a as any)?.b(1 as number);", "export default a=>a?.b(1);"),
        ("export default (a) => ({ b: 1 } as const);", "export default a=>({b:1});"),
        ("export default function a(this: A, b?: string) {}", "export default function a(b){}"),
        ("export default class<T> { private a: T; declare b; c = 1 as T; }", "export default class{a;c=1}"),
        (
            "enum_: for (;;) break enum_; let a: 1; export default a;",
            "enum_:for(;;)break enum_;let a;export default a;",
        ),
        ("type A = 1; export type { A };", "export{};"),
    ]);
}

#[test]
fn pragmas_in_typescript_have_no_effect() {
    for pragma in
        ["/** @jsxImportSource evil */", "/* @jsx a */ /* @jsxRuntime classic */", "/// <reference types='evil' />"]
    {
        let module = compiled(&format!("{pragma}\nimport a from 'react'; export default (b: typeof a) => <p/>;")).code;
        assert_eq!(module, r#"import{jsx as _jsx}from"react/jsx-runtime";export default b=>_jsx(`p`,{});"#, "{pragma}");
    }
}

#[test]
fn a_source_map_of_typescript_points_into_the_source() {
    let source = "interface A {\n  a: string;\n}\nexport default (p: A) =>\n  <p>{p.a as string}</p>;\n";
    let Output { code, source_map, .. } = compiled(source);
    let map: Value = serde_json::from_str(&source_map).unwrap();
    assert_eq!((&map["sources"][0], &map["sourcesContent"][0]), (&"component.tsx".into(), &source.into()));
    // The first segment: where `export default` begins, in line 4 of the source.
    assert_eq!(code.find("export default"), Some(43));
    assert!(map["mappings"].as_str().unwrap().starts_with("2CAGA,"), "{map}");
}

#[test]
fn a_name_that_typescript_exports_twice_is_an_error() {
    for source in [
        "export let a: 1; export { a };",
        "export default function a(): 1; export default function a() {} export { a as default };",
        "export * as a from 'react'; export const { a }: any = 1;",
    ] {
        let (report, output) = check_and_compile(source, &Purpose::Render);
        assert!(output.is_none() && report.errors.len() == 1, "{source}\n{report:#?}");
    }
    for source in [
        "export let a: 1; export type a = 2;",
        "export function a(): 1; export function a() {}",
        "export default interface A {} export default 1;",
    ] {
        compiled(source);
    }
}

#[test]
fn a_module_in_javascript_is_not_read_as_typescript() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/components/corpus");
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let language = if path.extension().unwrap() == "jsx" { Language::Jsx } else { Language::Tsx };
        let source = std::fs::read_to_string(&path).unwrap();
        let (report, _) = check_and_compile(&source, &Purpose::Render);
        assert_eq!(report.language, Some(language), "{}", path.display());
        compared += 1;
    }
    assert!(compared > 30);
}

#[test]
fn the_same_source_always_compiles_to_the_same_module() {
    for widget in ["task-kanban", "skills-comparison-radar"] {
        let path = format!("{}/../prebuilt/widgets/{widget}/component.jsx", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(path).unwrap();
        let first = compiled(&source);
        for _ in 0..10 {
            assert!(compiled(&source) == first, "{widget}");
        }
    }
}

#[test]
fn a_source_that_the_policy_refuses_is_compiled_only_if_it_was_saved_before() {
    let source = "eval(\"1\"); export default () => null;";
    let (report, output) = check_and_compile(source, &Purpose::Save(Resources::default()));
    assert!(!report.errors.is_empty() && output.is_none());
    let (report, output) = check_and_compile(source, &Purpose::Render);
    assert!(report.errors.is_empty() && output.unwrap().code.contains("eval"));
    let (report, output) = check_and_compile("export default (", &Purpose::Render);
    assert!(!report.errors.is_empty() && output.is_none());
}

#[test]
fn syntax_that_the_transform_does_not_support_is_refused_with_its_position() {
    let (report, output) =
        check_and_compile("export default () => <ul>\n  <li key />\n</ul>;", &Purpose::Save(Resources::default()));
    let error = &report.errors[0];
    assert_eq!((error.line, error.column, error.code.as_str()), (2, 7, "unsupported-syntax"), "{error:?}");
    assert!(output.is_none() && error.message.starts_with("Please provide an explicit key value"), "{error:?}");
}

#[test]
fn a_module_that_is_too_large_is_an_error_of_the_component() {
    // The transform then calls the runtime's `jsx` by an even longer name, which every element repeats.
    let source = format!("let {0}jsx; export default () => [{1}];", "_".repeat(2_000), "<a/>,".repeat(2_000));
    let (report, output) = check_and_compile(&source, &Purpose::Save(Resources::default()));
    assert!(output.is_none());
    assert_eq!((report.errors[0].code.as_str(), report.errors[0].line), ("too-complex", 1));
    assert!(report.errors[0].message.contains("larger than 1024 KiB"), "{}", report.errors[0].message);
}

#[test]
fn the_component_that_is_shown_becomes_the_default_export() {
    each_becomes(&[
        ("export function A() {}", "export function A(){}export{A as default};"),
        ("const A = () => 1; export { A as B };", "const A=()=>1;export{A as B};export{A as default};"),
        ("export const A: FC = () => 1, b = 2;", "export const A=()=>1,b=2;export{A as default};"),
        (
            "export function A() {} export const B = () => A;",
            "export function A(){}export const B=()=>A;export{B as default};",
        ),
        ("export const A = () => 1, B = () => 2;", "export const A=()=>1,B=()=>2;"),
    ]);
    let source = "export function A() { return <p/>; }";
    let (_, saved) = check_and_compile(source, &Purpose::Save(Resources::default()));
    assert_eq!(saved, Some(compiled(source)));
    let mappings = |source: &str| {
        let map: Value = serde_json::from_str(&compiled(source).source_map).unwrap();
        map["mappings"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        mappings("export const A = () => 1, B = () => A, C = 1;"),
        mappings("export const A = () => 1, b = () => A, C = 1;")
    );
}
