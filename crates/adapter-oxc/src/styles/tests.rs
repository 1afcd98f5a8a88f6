use domain::resources::Resources;

use crate::check::{Purpose, check_and_compile};

/// The module of a source, without the code that all modules with styles have. Classes of scopes are written `jsx-0`, `jsx-1`.
#[track_caller]
fn compiled(source: &str) -> String {
    // Without the policy, since most sources use names that they do not declare.
    let (report, output) = check_and_compile(source, &Purpose::Render);
    let code = output.unwrap_or_else(|| panic!("{source}\n{report:#?}")).code;
    let mut code = code.split_once("_style0Names=").map_or(code.as_str(), |(_, rest)| rest).to_owned();
    code = code.split_once("):value;").map_or(code.as_str(), |(_, rest)| rest).to_owned();
    let mut classes = Vec::new();
    while let Some(at) = code.find("jsx-").filter(|at| code.len() >= at + 20).and_then(|_| next_class(&code)) {
        let class = code[at..at + 20].to_owned();
        code = code.replace(&class, &format!("jsx_{}", classes.len()));
        classes.push(class);
    }
    code.replace("jsx_", "jsx-").replace("_style0", "$")
}

/// The offset of a class with its 16 digits.
fn next_class(code: &str) -> Option<usize> {
    code.match_indices("jsx-")
        .map(|(at, _)| at)
        .find(|at| code.get(at + 4..at + 20).is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit())))
}

/// What becomes of `element` next to a style of the component, and of the style.
#[track_caller]
fn each_element_becomes(cases: &[(&str, &str)]) {
    for (element, expected) in cases {
        let source = format!("export default p => <>{element}<style jsx>{{`i {{}}`}}</style></>;");
        let module = compiled(&source);
        assert!(module.contains(&format!("children:[{expected},_jsx($Style,")), "{element}\n{module}");
    }
}

#[track_caller]
fn each_is_refused(cases: &[(&str, u32, &str)]) {
    for (markup, column, message) in cases {
        let source = format!("const bold = `b {{}}`, made = String(1);\nexport default p => {markup};");
        let (report, output) = check_and_compile(&source, &Purpose::Save(Resources::default()));
        let [error] = &report.errors[..] else {
            panic!("{markup}\n{report:#?}");
        };
        let place = (error.line, error.column - "export default p => ".len() as u32, error.code.as_str());
        assert_eq!(place, (2, *column, "style-jsx"), "{markup}\n{error:?}");
        assert!(error.message.starts_with(message), "{markup}\n{error:?}");
        assert!(output.is_none());
    }
}

#[test]
fn elements_get_the_class_with_whatever_they_have_as_class_name() {
    each_element_becomes(&[
        ("<i/>", "_jsx(`i`,{className:`jsx-0`})"),
        ("<i className=\"a &gt; b\"/>", "_jsx(`i`,{className:`jsx-0 a > b`})"),
        ("<i className/>", "_jsx(`i`,{className:`jsx-0`})"),
        ("<i className={p.a}/>", "_jsx(`i`,{className:`jsx-0`+` `+(p.a||``)})"),
        ("<i className={`a ${p.b}`}/>", "_jsx(`i`,{className:`jsx-0`+` `+`a ${p.b}`})"),
        ("<i {...p}/>", "_jsx(`i`,{className:`jsx-0`,...$Own(`jsx-0`,p)})"),
        ("<i {...p} className=\"a\"/>", "_jsx(`i`,{...p,className:`jsx-0 a`})"),
        ("<i className=\"a\" {...p()}/>", "_jsx(`i`,{className:`jsx-0 a`,...$Own(`jsx-0`,p())})"),
        ("<i key=\"k\" {...p}/>", "_jsx(`i`,{className:`jsx-0`,...$Own(`jsx-0`,p)},`k`)"),
        ("<my-i/>", "_jsx(`my-i`,{className:`jsx-0`})"),
        ("{p.map(() => <i/>)}", "p.map(()=>_jsx(`i`,{className:`jsx-0`}))"),
    ]);
}

#[test]
fn components_and_plain_styles_get_no_class() {
    let module = compiled(
        "import { memo } from \"react\"; const A = () => <i/>, B = memo(A), C = \"b\"; export default ({ as: D = \"u\", ...p }) => { \
         const E = p.big ? \"h1\" : \"h2\", F = p.icon, G = () => <s/>; return <><A/><B/><p.a/><style>{`a {}`}</style><C/><D/><E/><F/>\
         <G/><style jsx>{`i {}`}</style></>; };",
    );
    for own in ["_jsx(C,{className:`jsx-0`})", "_jsx(D,{className:`jsx-0`})", "_jsx(E,{className:`jsx-0`})"] {
        assert!(module.contains(own), "{own}\n{module}");
    }
    for other in [
        "_jsx(A,{})",
        "_jsx(B,{})",
        "_jsx(p.a,{})",
        "_jsx(F,{})",
        "_jsx(G,{})",
        "_jsx(`s`,{})",
        "_jsx(`style`,{children:`a {}`})",
    ] {
        assert!(module.contains(other), "{other}\n{module}");
    }
}

#[test]
fn a_scope_is_the_outermost_element_with_a_style() {
    let module = compiled(
        "export default p => <div><i/><p><b/><style jsx>{`b {}`}</style></p>{p.map(() => <u><style jsx>{`u {}`}</style></u>)}</div>;",
    );
    assert_eq!(
        module,
        "export default p=>_jsxs(`div`,{children:[_jsx(`i`,{}),_jsxs(`p`,{className:`jsx-0`,children:[_jsx(`b`,{className:`jsx-0`}),\
         _jsx($Style,{order:0,text:()=>`b.jsx-0{}`})]}),p.map(()=>_jsx(`u`,{className:`jsx-1`,children:_jsx($Style,{order:1,\
         text:()=>`u.jsx-1{}`})}))]});"
    );
}

#[test]
fn values_are_evaluated_once_and_constants_are_part_of_the_text() {
    let module = compiled(
        "const red = \"re\" + \"d\", size = 2; export default p => <i className=\"a\">{p.x}<style jsx>{`i { color: ${red}; top: ${p.top}px; \
         left: ${size}px }`}</style><style jsx>{`.b-${p.n} { width: ${p.w} }`}</style></i>;",
    );
    assert!(
        module.ends_with(
            "export default p=>($=>_jsxs(`i`,{className:$[0]+` a`,children:[p.x,_jsx($Style,{order:0,id:$[0],\
             text:()=>`i.${$[0]}{color: red;top: ${$[1]}px;left: 2px;}`}),_jsx($Style,{order:1,id:$[0],\
             text:()=>`.b-${$[2]}.${$[0]}{width: ${$[3]};}`})]}))($Values(`jsx-0`,p.top,p.n,p.w));"
        ),
        "{module}"
    );
}

#[test]
fn names_of_keyframes_are_scoped_in_inline_styles_and_values() {
    let module = compiled(
        "export default p => <i style={{ animation: \"a 1s\", color: \"a\" }} title={{ animation: \"a\" }}><style jsx>{`@keyframes a {} \
         i { animation: ${p.b} 2s }`}</style></i>;",
    );
    assert!(
        module.contains("style:{animation:$Names(`a 1s`,$Frames0,$[0]),color:`a`},title:{animation:`a`}"),
        "{module}"
    );
    assert!(
        module.contains("@keyframes a-${$[0]}{}i.${$[0]}{animation:${$Names($[1],$Frames0,$[0])} 2s;}"),
        "{module}"
    );
}

#[test]
fn global_styles_are_not_scoped() {
    let module = compiled("export default p => <b><style jsx global>{`i { top: 0 }`}</style></b>;");
    assert!(module.ends_with("_jsx(`b`,{children:_jsx($Style,{order:0,text:()=>`i { top: 0 }`})});"), "{module}");
    let module = compiled("export default p => <b>{p.a && <style jsx global>{`i { top: ${p.b} }`}</style>}</b>;");
    let expected = "p.a&&($=>_jsx($Style,{order:0,id:$[0],text:()=>`i { top: ${$[1]} }`}))($Values(``,p.b))";
    assert!(module.contains(expected), "{module}");
    let module = compiled("export default p => <style jsx global>{p.css}</style>;");
    assert!(
        module.ends_with("p=>($=>_jsx($Style,{order:0,id:$[0],text:()=>`${$[1]}`}))($Values(``,p.css));"),
        "{module}"
    );
}

#[test]
fn text_may_be_a_string_or_a_constant_and_escapes_are_those_of_css() {
    for (text, css) in [
        ("`i { top: \\f6 }`", "i.jsx-0{top: \\\\f6;}"),
        ("`i { top: \\\\f6 }`", "i.jsx-0{top: \\\\f6;}"),
        ("`i { top: '\\`\\${1}' }`", "i.jsx-0{top: '`${1}';}"),
        ("'i { top: \\\\f6 }'", "i.jsx-0{top: \\\\f6;}"),
        ("bold", "b.jsx-0{}"),
    ] {
        let module =
            compiled(&format!("const bold = `b {{}}`; export default () => <i><style jsx>{{{text}}}</style></i>;"));
        assert!(module.contains(css), "{text}: {css}\n{module}");
    }
}

#[test]
fn a_static_style_may_be_under_a_condition() {
    let module = compiled("export default p => <i>{p.a && <style jsx>{`i {}`}</style>}</i>;");
    assert!(
        module.ends_with("_jsx(`i`,{className:`jsx-0`,children:p.a&&_jsx($Style,{order:0,text:()=>`i.jsx-0{}`})});"),
        "{module}"
    );
}

#[test]
fn what_cannot_be_compiled_is_refused_at_its_place() {
    each_is_refused(&[
        ("<style jsx>{`i {}`}</style>", 1, "a `<style jsx>` styles the element that it is a direct child of"),
        (
            "<p><i><style jsx>{`i {}`}</style></i><style jsx>{`p {}`}</style></p>",
            7,
            "a `<style jsx>` styles the element",
        ),
        ("<p>{p.map(() => <style jsx>{`i {}`}</style>)}</p>", 17, "a `<style jsx>` styles the element"),
        ("<p><style jsx/></p>", 4, "`<style jsx>` needs its CSS as one template"),
        ("<p><style jsx>a</style></p>", 4, "`<style jsx>` needs its CSS as one template"),
        ("<p><style jsx>{p.css}</style></p>", 16, "the text of a `<style jsx>` is scoped when the component is saved"),
        ("<p><style jsx>{made}</style></p>", 16, "the text of a `<style jsx>` is scoped when the component is saved"),
        ("<p><style jsx media=\"print\">{`i {}`}</style></p>", 15, "a `<style jsx>` has no attributes but"),
        ("<p>{p.a && <style jsx>{`i { top: ${p.a} }`}</style>}</p>", 12, "a `<style jsx>` under a condition"),
        ("<p><style jsx>{`i { top: 0 `}</style></p>", 19, "this `{` is not closed"),
        ("<p><style jsx>{`i { } \\` ${bold} // x`}</style></p>", 24, "``` cannot stand here"),
        ("<p><style jsx>{`i { } ${bold} a { b: 'c }`}</style></p>", 38, "a string is not closed"),
        ("<p><style jsx>{`${p.a}`}</style></p>", 19, "an expression cannot stand for rules"),
    ]);
    let source = "export default function* () { return <p><style jsx>{`i { top: ${yield} }`}</style>{yield 1}</p>; }";
    let (report, _) = check_and_compile(source, &Purpose::Save(Resources::default()));
    let message = &report.errors.iter().find(|error| error.code == "style-jsx").unwrap().message;
    assert!(message.starts_with("`await` and `yield` cannot stand"), "{report:?}");
}

#[test]
fn constants_that_would_make_a_style_too_long_are_refused() {
    let source = format!(
        "const a = `{}`; export default () => <p><style jsx>{{`{}`}}</style></p>;",
        " ".repeat(60_000),
        "${a}".repeat(500)
    );
    let errors = check_and_compile(&source, &Purpose::Save(Resources::default())).0.errors;
    assert!(errors.len() == 1 && errors[0].message.starts_with("the styles of a component are longer"), "{errors:?}");
}

#[test]
fn a_rule_for_the_document_gets_a_warning() {
    let source = "export default () => <p>\n<style jsx>{`body { top: 0 }`}</style></p>;";
    let report = check_and_compile(source, &Purpose::Save(Resources::default())).0;
    assert!(report.warnings[0].message.starts_with("`body` is no element of this component"), "{report:?}");
}

#[test]
fn a_stored_style_that_cannot_be_scoped_stays_as_it_is() {
    let source = "export default p => <p><style jsx>{p.css}</style></p>;";
    let module = check_and_compile(source, &Purpose::Render).1.unwrap().code;
    assert!(module.contains("_jsx(`style`,{jsx:!0,children:p.css})") || module.contains("jsx:true"), "{module}");
}

#[test]
fn the_names_of_the_runtime_are_not_the_authors() {
    let source = "const _style0 = 1, _style1Own = 2; export default () => <p>{_style0}{_style1Own}<style jsx>{`p {}`}</style></p>;";
    let module = check_and_compile(source, &Purpose::Save(Resources::default())).1.unwrap().code;
    assert!(module.contains("function _style2Style("), "{module}");
}

#[test]
fn the_case_of_the_reference_compiles() {
    let source = include_str!("../../../../tests/browser/cases/style-jsx.jsx");
    let (report, output) = check_and_compile(source, &Purpose::Save(Resources::default()));
    assert!(report.errors.is_empty() && report.warnings.is_empty(), "{report:#?}");
    let output = output.unwrap();
    assert!(!output.source_map.is_empty() && output.code.len() < source.len() + 4_000, "{}", output.code.len());
}
