//! With Tailwind's compiler.

use std::sync::LazyLock;

use adapter_quickjs::Tailwind;

use super::{hostile::HOSTILE, *};
use crate::styles::css::find;

static TAILWIND: LazyLock<Tailwind> =
    LazyLock::new(|| Tailwind::new(web_assets::tailwind().expect("the tests need Node.js and npm")));

/// Pieces that class names are put together from.
const PIECES: [&str; 32] = [
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "'",
    "\"",
    "\\",
    "/*",
    "*/",
    ";",
    ":",
    ",",
    "_",
    "@media",
    "@import",
    "url(",
    "&",
    "&>a",
    "w-[",
    "bg-[",
    "content-[",
    "data-[x=",
    "supports-[",
    "[&",
    "hover:",
    "dark:",
    "]:flex",
    "]:p-1",
    "1px",
    "--x",
];

/// Class names of random pieces, the same each time.
fn random_names(count: usize) -> Vec<String> {
    let mut state = 1_u32;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % bound
    };
    let mut name = || {
        let middle: String = (0..1 + next(4)).map(|_| PIECES[next(PIECES.len())]).collect();
        match next(5) {
            0 => format!("w-[{middle}]"),
            1 => format!("[&{middle}]:flex"),
            2 => format!("data-[x={middle}]:flex"),
            3 => format!("[--x:{middle}]"),
            _ => format!("bg-[url({middle})]"),
        }
    };
    (0..count).map(|_| name()).collect()
}

/// The rules in the layer of the utilities.
fn rules(css: &str) -> Vec<&str> {
    let start = css.find("@layer utilities {").unwrap() + "@layer utilities {".len();
    let end = find(css, start, |byte| byte == b'}').unwrap();
    let mut rest = css[start..end].trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let open = find(rest, 0, |byte| byte == b'{').unwrap();
        let close = find(rest, open + 1, |byte| byte == b'}').unwrap();
        found.push(&rest[..=close]);
        rest = rest[close + 1..].trim();
    }
    found
}

#[test]
fn every_rule_is_that_of_a_class_name_and_leaves_the_others_alone() {
    let names = random_names(4000);
    let mut names: Vec<&str> =
        names.iter().map(String::as_str).chain(HOSTILE).filter(|name| limits::is_whole(name)).collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() > 300, "{}", names.len());
    let mut compiled = 0;
    for some in names.chunks(150) {
        let plain = ["flex", "p-1", "zoom-out-77"];
        let css = TAILWIND.compile(&[some, &plain].concat()).unwrap();
        assert!(sheet::is_whole(&css), "{css}");
        let rules = rules(&css);
        for rule in [".flex {\n    display: flex;\n  }", ".p-1 {\n    padding: var(--spacing);\n  }"] {
            assert!(rules.contains(&rule), "{rule} is not in {css}");
        }
        for rule in &rules {
            assert!(some.iter().chain(&plain).any(|name| sheet::has_class(rule, name)), "{rule}");
        }
        compiled += rules.len() - plain.len();
    }
    assert!(compiled > 100, "{compiled}");
}

#[test]
fn a_component_with_utilities_gets_their_rules() {
    let source = r#"
        export default function Plans({ data }) {
          return (
            <div className="mx-auto max-w-3xl rounded-2xl bg-white p-6 shadow-lg dark:bg-slate-900">
              <button className="rounded-full bg-indigo-600 px-4 hover:bg-indigo-500">{data.label}</button>
            </div>
          );
        }"#;
    let (css, report) = review(source, Styles::Auto, Some(&*TAILWIND));
    assert_eq!(report, Report::default());
    let css = css.unwrap();
    for class in ["mx-auto", "rounded-2xl", "dark:bg-slate-900", "hover:bg-indigo-500"] {
        assert!(sheet::has_class(&css, class), "{class}");
    }
}

#[test]
fn a_component_with_styles_of_its_own_gets_none() {
    let source = r#"
        export default function App({ data }) {
          return (
            <div className="page">
              <style>{`.page{min-height:100vh;padding:24px} .card{background:#fff}`}</style>
              <div className="card content-block text-label"><h1 className="table-title">{data.text}</h1></div>
            </div>
          );
        }"#;
    assert_eq!(review(source, Styles::Auto, Some(&*TAILWIND)), (None, Report::default()));
}

#[test]
fn a_component_with_hostile_class_names_is_accepted() {
    for classes in HOSTILE {
        let source = hostile::component(classes);
        assert_eq!(crate::check::check_source(&source).errors, [], "{source}");
        let (css, report) = review(&source, Styles::Auto, Some(&*TAILWIND));
        assert!(css.is_some() && report == Report::default(), "{classes}: {report:?}");
    }
}

#[test]
fn past_a_limit_a_component_is_too_complex() {
    for (name, source) in hostile::past_limits() {
        let (css, report) = review(&source, Styles::Auto, Some(&*TAILWIND));
        assert!(css.is_none() && report.errors[0].code == "too-complex", "{name}: {report:?}");
    }
}
