mod compiled;
mod hostile;

use domain::styles::Styles;
use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

use super::*;
use crate::check::Report;

/// Compiles every candidate but those of `other`, and lists them.
struct Lists<'a> {
    other: &'a [&'a str],
}

impl StyleCompiler for Lists<'_> {
    fn compile(&self, candidates: &[&str]) -> Result<String, StyleError> {
        let rules = candidates.iter().filter(|candidate| !self.other.contains(candidate));
        let rules: Vec<String> = rules.map(|candidate| format!(".{} {{ }}", sheet::escaped(candidate))).collect();
        Ok(format!("@layer utilities {{ {} }}", rules.join(" ")))
    }
}

fn review(source: &str, setting: Styles, compiler: Option<&dyn StyleCompiler>) -> (Option<String>, Report) {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::jsx()).parse();
    assert!(parsed.diagnostics.is_empty(), "{source}");
    let built = SemanticBuilder::new().with_build_nodes(true).build(&parsed.program);
    let module = Module { semantic: &built.semantic, may_request: false };
    let mut findings = Findings::default();
    let css = stylesheet(&module, setting, compiler, &mut findings);
    (css, findings.into_report(source))
}

fn auto(source: &str) -> (Option<String>, Report) {
    review(source, Styles::Auto, Some(&Lists { other: &[] }))
}

/// The classes that the compiler gets, in their order.
fn candidates_of(source: &str) -> String {
    let (css, report) = review(source, Styles::Tailwind, Some(&Lists { other: &[] }));
    assert_eq!(report.errors, [], "{source}");
    css.unwrap().replace("@layer utilities { ", "").replace(" { }", "").replace(" }", "").replace('\\', "")
}

/// The first warnings, as `line:column message`.
fn warnings_of(source: &str) -> Vec<String> {
    let (_, report) = review(source, Styles::Tailwind, Some(&Lists { other: &[] }));
    report.warnings.iter().map(|it| format!("{}:{} {}", it.line, it.column, it.message)).collect()
}

#[test]
fn candidates_are_the_words_of_strings_and_templates_that_may_be_utilities() {
    for (source, expected) in [
        (r#"<p className="p-4  flex card p-4" />"#, ".flex .p-4"),
        ("<p className={`p-1 ${a} m-2`} />", ".m-2 .p-1"),
        ("const tone = { good: 'bg-green-100', bad: \"text-red-500 Hello\" };", ".bg-green-100 .text-red-500"),
        ("<p>p-4 {'m-1'}</p>", ".m-1"),
        (r#"const data = '[1,2] ["a:b"] https://a.example {x}';"#, ""),
        ("<p className={`\n  p-1\n\tm-2 `} />", ".m-2 .p-1"),
    ] {
        assert_eq!(candidates_of(source).trim(), expected, "{source}");
    }
}

#[test]
fn tailwind_is_detected_by_half_of_the_class_names() {
    for source in [
        r#"<p className="p-4 m-2" />"#,
        r#"<p className="p-4 m-2 card title" />"#,
        r#"<p class={a ? "p-4" : "hover:flex"} />"#,
        "<p className={cn('p-4', on && 'm-2', { 'w-4': b })} />",
        "const button = cva('p-4 m-2', { variants: { size: { sm: 'h-8' } }, defaultVariants: { size: 'default' } });",
        "<p className={['p-4', `m-${2} w-3`].concat()} />; <b className='m-2 h-1' />",
    ] {
        assert!(auto(source).0.is_some(), "{source}");
    }
    for source in [
        r#"<p className="p-4" />"#,
        r#"<p className="flex grid" />"#,
        r#"<p className="p-4 m-2 card title body" />"#,
        r#"<p className="card-title card-body btn-primary" />"#,
        r#"<p title="p-4 m-2" />"#,
        "<p className={styles['p-4 m-2']} />",
        "<p className={name === 'p-4 m-2' ? 'a' : 'b'} />",
        "const a = 'p-4 m-2';",
    ] {
        assert_eq!(auto(source), (None, Report::default()), "{source}");
    }
}

#[test]
fn what_the_compiler_does_not_know_is_no_utility() {
    let source = r#"<p className="text-block list-view p-4 m-2" />"#;
    assert!(auto(source).0.is_some());
    let other = Lists { other: &["text-block", "list-view", "p-4"] };
    assert_eq!(review(source, Styles::Auto, Some(&other)), (None, Report::default()));
    assert!(review(source, Styles::Tailwind, Some(&other)).0.is_some());
}

#[test]
fn the_compiler_does_not_run_without_class_names_that_may_be_utilities() {
    struct Panics;
    impl StyleCompiler for Panics {
        fn compile(&self, candidates: &[&str]) -> Result<String, StyleError> {
            panic!("compiled {candidates:?}");
        }
    }
    for source in ["<p className='card-title is-active p-4' />", "export default () => <p>p-4 m-2</p>"] {
        assert_eq!(review(source, Styles::Auto, Some(&Panics)).0, None);
    }
    assert_eq!(review("<p className='p-4 m-2' />", Styles::None, Some(&Panics)), (None, Report::default()));
}

#[test]
fn a_service_without_tailwind_warns_if_a_widget_asks_for_it() {
    let source = "<p className='p-4 m-2' />";
    assert_eq!(review(source, Styles::Auto, None), (None, Report::default()));
    let (css, report) = review(source, Styles::Tailwind, None);
    assert_eq!((css, report.warnings[0].code.as_str()), (None, "unstyled-class"));
}

#[test]
fn class_names_put_together_at_run_time_are_warnings() {
    for (source, expected) in [
        ("<p className={`p-1 bg-${c}-500 m-1`} />", "1:20 `bg-${…}-500` is put together"),
        ("<p className={`hover:text-${size}`} />", "1:16 `hover:text-${…}` is put together"),
        ("<p className={`w-[${n}px]`} />", "1:16 `w-[${…}px]` is put together"),
        ("const c = `text-${tone}-700`;", "1:12 `text-${…}-700` is put together"),
        ("<p className={'p-1 text-' + color} />", "1:15 `'text-' + …` is put together"),
        ("<p className={'p-1 ' + 'text-' + color} />", "1:24 `'text-' + …` is put together"),
        ("<p className={cn(`${color}-500`)} />", "1:19 `${…}-500` is put together"),
    ] {
        let warnings = warnings_of(source);
        assert!(warnings.len() == 1 && warnings[0].starts_with(expected), "{source}: {warnings:?}");
    }
    for source in [
        "<p className={`p-1 ${active ? 'bg-red-500' : ''}`} />",
        "<p className={`card-${kind}`} />",
        "<p key={`row-${i}`} id={'text-' + i} />",
        "<p className={'p-1 ' + color} />",
        "<p className={a + 'text-'} />",
        "<p style={{ width: `${a}-1` }} />",
    ] {
        assert_eq!(warnings_of(source), [""; 0], "{source}");
    }
}

#[test]
fn utilities_that_tailwind_4_removed_are_warnings() {
    assert_eq!(
        warnings_of("<p className='p-1 hover:bg-opacity-50' />"),
        ["1:14 Tailwind 4 has no `bg-opacity-50`; write the opacity after the color: `bg-black/50`"]
    );
    assert_eq!(warnings_of("<p className='opacity-50' title='bg-opacity-50' />"), [""; 0]);
}

#[test]
fn past_a_limit_a_component_is_too_complex_or_a_class_is_left_out() {
    let many: Vec<String> = (0..1001).map(|n| format!("p-{n}")).collect();
    let list = "[&_a,&_b]:".repeat(5);
    let stack = (0..9).map(|n| format!("data-{n}:")).collect::<String>();
    let source = format!("<p className=\"p-1 m-1 {}\" />", many.join(" "));
    let (css, report) = auto(&source);
    let message = format!("{TOO_COMPLEX}: it has more than 1000 different class names");
    assert_eq!((css, report.errors[0].message.as_str()), (None, message.as_str()));
    assert!(auto(&format!("<p className=\"m-1 {}\" />", many[..999].join(" "))).0.is_some());
    for (classes, reason) in [
        (format!("w-[{}]", "1".repeat(200)), "this class name is longer than 200 bytes"),
        (format!("{list}flex"), "the variants of this class name have more than 4 commas"),
        (format!("{stack}flex"), "this class name has more than 8 variants"),
    ] {
        let warnings = warnings_of(&format!("<p className=\"p-1 m-1 {classes}\" />"));
        assert_eq!(warnings, [format!("1:14 {reason}, so it gets no style; use a `<style>`")]);
        assert_eq!(warnings_of(&format!("<p className=\"p-1 m-1\" title=\"{classes}\" />")), [""; 0]);
    }
}

#[test]
fn an_error_of_the_compiler_is_one_of_the_component() {
    struct Fails(fn() -> Result<String, StyleError>);
    impl StyleCompiler for Fails {
        fn compile(&self, _: &[&str]) -> Result<String, StyleError> {
            (self.0)()
        }
    }
    let results: [fn() -> Result<String, StyleError>; 3] = [
        || Ok("@layer utilities { } body { }".into()),
        || Err(StyleError::TooComplex("compiling its class names takes more than 1 second".into())),
        || Err(StyleError::Internal("x".into())),
    ];
    for result in results {
        let (css, report) = review("<p className='p-1 m-2' />", Styles::Auto, Some(&Fails(result)));
        assert_eq!((css, report.errors[0].code.as_str()), (None, "too-complex"));
    }
}

#[test]
fn a_class_name_that_could_leave_its_rule_is_not_compiled() {
    for class in [
        "[}body{color:red]",
        "[color:red}body{color:red]",
        "[color:red;}]",
        "w-[/*]",
        "bg-[url(a'b)'c)]",
        "content-[\"]",
        "text-[\\]",
        "w-[url(\\)]",
        "[@import_url(x)]:flex",
        "[@layer_frame]:flex",
        "[@font-face]:flex",
        "[&_@import]:flex",
        "supports-[/*]:flex",
        "supports-[x:y){}]:flex",
        "data-[x=a\"{\"b]:flex",
        "data-[x='{']:flex",
        "[&{]:flex",
        "w-[a)(b]",
        "marker:marker:flex",
        "bg-[u\\rl(a'b)]",
        "bg-[\\75rl(a'b)]",
        "w-[@import]",
    ] {
        assert!(!limits::is_whole(class), "{class}");
    }
    for class in [
        "flex",
        "content-['{']",
        "bg-[url(data:image/png;base64,AA==)]",
        "bg-[url('a;b')]",
        "[&>a]:p-1",
        "[&_p,&_a]:p-1",
        "*:*:p-1",
        "[@media(min-width:3px)]:flex",
        "[@supports(display:grid)]:grid",
        "@md:flex",
        "@container/main",
        "data-[state=open]:flex",
        "data-[state='open']:flex",
        "has-[[data-a=\"b\"]]:flex",
        "w-[calc(100%-(1px*2))]",
        "before:content-['\\201C']",
        "w-[a\\_b]",
        "[--x:1px]",
        "supports-[display:grid]:grid",
        "font-['Open_Sans']",
        "hover:not-first:p-1",
    ] {
        assert!(limits::is_whole(class), "{class}");
    }
}
