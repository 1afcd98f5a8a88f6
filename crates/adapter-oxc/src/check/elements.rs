//! Elements that the frame refuses to create, and `style` as text.

use oxc_ast::{
    AstKind,
    ast::{CallExpression, Expression, JSXElementName, JSXOpeningElement, MemberExpression},
};
use oxc_span::GetSpan;

use super::{
    findings::Findings,
    module::{Module, peeled},
    react,
    rule::Rule,
};
use crate::styles::declarations;

/// Why the author wanted the element, and so what to do instead.
const REMEDIES: [(&[&str], &str); 4] = [
    (
        &["iframe", "frame", "fencedframe", "portal", "object", "embed"],
        "draw the content itself in JSX, or link to it with <a href=…>",
    ),
    (&["link"], "put the rules of the style sheet into a <style> element"),
    (&["base", "meta"], "remove it, since the page around the widget decides this"),
    (&["script"], "put the code into the component; libraries cannot be loaded"),
];

/// Maximum length of a suggested style object, in characters. A longer one would be cut off.
const MAX_SUGGESTION_CHARS: usize = 200;

/// Reports elements that the frame refuses, in JSX and in calls of `createElement`.
pub(super) fn check<'a>(module: &Module<'_, 'a>, kind: AstKind<'a>, findings: &mut Findings) {
    match kind {
        AstKind::JSXOpeningElement(element) => opening_element(module, element, findings),
        AstKind::CallExpression(call) => called(module, call, findings),
        _ => {}
    }
}

fn opening_element<'a>(module: &Module<'_, 'a>, element: &JSXOpeningElement<'a>, findings: &mut Findings) {
    match &element.name {
        JSXElementName::Identifier(name) => refused(&name.name, element.span.start, findings),
        // `const Tag = "iframe"` and `<Tag />`
        JSXElementName::IdentifierReference(name) => {
            if let Some(value) = module.constant(name) {
                let known = module.text(value);
                if known.whole {
                    refused(&known.text, element.span.start, findings);
                }
            }
        }
        _ => {}
    }
}

fn called<'a>(module: &Module<'_, 'a>, call: &CallExpression<'a>, findings: &mut Findings) {
    let method = |name: &str| {
        let member = peeled(&call.callee).get_member_expr();
        member.is_some_and(|it| it.static_property_name() == Some(name) && is_document(module, it.object()))
    };
    let position = if react::is_export(module, &call.callee, "createElement") || method("createElement") {
        0
    } else if method("createElementNS") {
        1
    } else {
        return;
    };
    if let Some(name) = call.arguments.get(position).and_then(|it| it.as_expression()) {
        let known = module.text(name);
        if known.whole {
            refused(&known.text.to_ascii_lowercase(), call.span.start, findings);
        }
    }
}

/// Whether an expression is a document: the global, or `element.ownerDocument`.
fn is_document<'a>(module: &Module<'_, 'a>, expression: &Expression<'a>) -> bool {
    let is_owner = |it: &MemberExpression<'a>| it.static_property_name() == Some("ownerDocument");
    module.global(expression) == Some("document") || peeled(expression).get_member_expr().is_some_and(is_owner)
}

fn refused(name: &str, offset: u32, findings: &mut Findings) {
    if let Some((_, remedy)) = REMEDIES.iter().find(|(names, _)| names.contains(&name)) {
        findings.add(Rule::ForbiddenElement, offset, format!("A widget may not create <{name}> elements; {remedy}"));
    }
}

/// Reports a `style` that is text. React throws when it renders one.
pub(super) fn style_text<'a>(module: &Module<'_, 'a>, value: &Expression<'a>, findings: &mut Findings) -> bool {
    let is_text = module.is_text(value);
    if is_text {
        let known = module.text(value);
        note_style_text(known.whole.then_some(&*known.text), value.span().start, findings);
    }
    is_text
}

/// Reports the text of a `style`, if it is known.
pub(super) fn note_style_text(text: Option<&str>, offset: u32, findings: &mut Findings) {
    let object = text.and_then(style_object).filter(|it| it.chars().count() <= MAX_SUGGESTION_CHARS);
    let remedy = match object {
        Some(object) => format!("write style={{{object}}}"),
        None if text.is_some_and(|text| text.trim().is_empty()) => "remove it".into(),
        None => "write an object, for example style={{ color: \"red\", marginTop: 4 }}".into(),
    };
    findings.add(Rule::StyleText, offset, format!("React takes `style` as an object, not as text; {remedy}"));
}

/// The declarations of CSS as an object literal; `None` if the text has none.
fn style_object(text: &str) -> Option<String> {
    let members: Option<Vec<String>> = declarations(text)?
        .into_iter()
        .filter(|it| !it.trim().is_empty())
        .map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            Some(format!("{}: {:?}", property_name(name.trim()), value.trim()))
        })
        .collect();
    members.filter(|it| !it.is_empty()).map(|it| format!("{{ {} }}", it.join(", ")))
}

/// `margin-top` is `marginTop`; `--gap` stays, in quotes.
fn property_name(name: &str) -> String {
    if name.starts_with("--") {
        return format!("{name:?}");
    }
    let mut words = name.trim_start_matches("-ms-").split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|it| it.to_ascii_uppercase());
        name + &capital.into_iter().chain(letters).collect::<String>()
    })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;

    #[test]
    fn the_refused_elements_are_those_of_the_frame_and_scripts() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../web-assets/browser/frame/elements.ts");
        let source = fs::read_to_string(path).unwrap();
        let list = source.split("REFUSED = new Set([").nth(1).unwrap().split(']').next().unwrap();
        let frame: BTreeSet<&str> = list.split('\'').skip(1).step_by(2).chain(["script"]).collect();
        let ours: BTreeSet<&str> = REMEDIES.iter().flat_map(|(names, _)| names.iter().copied()).collect();
        assert_eq!(ours, frame);
    }

    #[test]
    fn the_text_of_a_style_becomes_an_object() {
        for (text, object) in [
            ("color: red", "{ color: \"red\" }"),
            ("margin-top:4px;-webkit-mask: none;", "{ marginTop: \"4px\", WebkitMask: \"none\" }"),
            ("background: url(data:a;b); top: 0", "{ background: \"url(data:a;b)\", top: \"0\" }"),
            ("content: ';'", "{ content: \"';'\" }"),
            ("--gap: 1px; background: url(a:b)", "{ \"--gap\": \"1px\", background: \"url(a:b)\" }"),
        ] {
            assert_eq!(style_object(text).as_deref(), Some(object));
        }
        assert_eq!(style_object(""), None);
        assert_eq!(style_object("red"), None);
    }
}
