//! Images, fonts and style sheets that the browser will not load, because their origins are not allowed.

use domain::resources::{Origins, Resources};
use oxc_ast::{
    AstKind,
    ast::{
        JSXAttributeItem, JSXAttributeName, JSXAttributeValue, JSXChild, JSXElement, JSXElementName, JSXOpeningElement,
    },
};
use oxc_span::{GetSpan, Span};

use super::{
    findings::{Findings, quoted},
    module::Module,
    rule::Rule,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Image,
    Font,
    /// Sound and film, which no origin may send.
    Media,
}

/// Checks the addresses in a source.
pub(super) struct Addresses<'s> {
    declared: &'s Resources,
    source: &'s str,
    /// Whether the source contains any address in CSS. Most do not.
    has_css_addresses: bool,
}

impl<'s> Addresses<'s> {
    pub(super) fn new(declared: &'s Resources, source: &'s str) -> Self {
        Self { declared, source, has_css_addresses: source.contains("url(") || source.contains("@import") }
    }

    /// Reports addresses in attributes of elements, and in texts that contain CSS.
    pub(super) fn check<'a>(&self, module: &Module<'_, 'a>, kind: AstKind<'a>, findings: &mut Findings) {
        match kind {
            AstKind::JSXOpeningElement(element) => self.element(module, element, findings),
            AstKind::StringLiteral(it) if self.has_css_addresses => self.css(it.span, findings),
            AstKind::TemplateElement(it) if self.has_css_addresses => self.css(it.span, findings),
            AstKind::JSXElement(element) if self.has_css_addresses && is_style(element) => {
                for child in &element.children {
                    if let JSXChild::Text(text) = child {
                        self.css(text.span, findings);
                    }
                }
            }
            _ => {}
        }
    }

    fn element<'a>(&self, module: &Module<'_, 'a>, element: &JSXOpeningElement<'a>, findings: &mut Findings) {
        let JSXElementName::Identifier(name) = &element.name else {
            return;
        };
        for item in &element.attributes {
            let JSXAttributeItem::Attribute(attribute) = item else {
                continue;
            };
            let JSXAttributeName::Identifier(attribute_name) = &attribute.name else {
                continue;
            };
            let Some(kind) = loaded_by(&name.name, &attribute_name.name) else {
                continue;
            };
            match &attribute.value {
                Some(JSXAttributeValue::StringLiteral(it)) => {
                    self.address(kind, &it.value, true, it.span.start, findings);
                }
                Some(JSXAttributeValue::ExpressionContainer(it)) => {
                    if let Some(value) = it.expression.as_expression() {
                        let known = module.text(value);
                        self.address(kind, &known.text, known.whole, value.span().start, findings);
                    }
                }
                _ => {}
            }
        }
    }

    fn css(&self, span: Span, findings: &mut Findings) {
        let Some(text) = self.source.get(span.start as usize..span.end as usize) else {
            return;
        };
        for (at, _) in text.match_indices("@import") {
            let address = text[at + "@import".len()..].trim_start();
            if address.starts_with(['"', '\'', '\\']) || address.starts_with("url(") {
                let message = "`@import` loads nothing: a widget has only its own style sheets; copy the rules into the <style> \
                     element, and use `font-family: var(--widget-font)`";
                findings.add(Rule::BlockedResource, offset(span, at), message);
            }
        }
        let (mut end_of_last, mut is_font) = (0, false);
        for (at, _) in text.match_indices("url(") {
            let between = &text[end_of_last..at];
            end_of_last = at;
            // Each rule ends with a brace.
            let (begins_rule, rule) = between.rsplit_once('}').map_or((false, between), |(_, rule)| (true, rule));
            is_font = rule.contains("@font-face") || (is_font && !begins_rule);
            if rule.trim_end().ends_with("@import") {
                continue;
            }
            let rest = text[at + "url(".len()..].trim_start_matches(|c: char| c.is_whitespace() || "\"'\\".contains(c));
            // Ends before the next `url(` too, so that each part of the text is read once.
            let end = rest.find(['"', '\'', '(', ')', '\\']);
            let kind = if is_font { Kind::Font } else { Kind::Image };
            self.address(kind, &rest[..end.unwrap_or(rest.len())], end.is_some(), offset(span, at), findings);
        }
    }

    /// Reports an address that is not allowed. `is_whole` is false if only its beginning is known.
    fn address(&self, kind: Kind, text: &str, is_whole: bool, offset: u32, findings: &mut Findings) {
        let text = text.trim();
        let Some(origin) = origin(text, is_whole) else {
            return;
        };
        let (what, declared) = match kind {
            Kind::Image => ("images", Some(&self.declared.images)),
            Kind::Font => ("fonts", Some(&self.declared.fonts)),
            Kind::Media => ("sound or film", None),
        };
        if declared.is_some_and(|origins| contains(origins, origin)) {
            return;
        }
        let remedy = match kind {
            Kind::Image => "draw it as <svg>, put it into a data: URL, or list its origin in `resources.images`",
            Kind::Font => {
                "use `font-family: var(--widget-font)`, put it into a data: URL, or list its origin in `resources.fonts`"
            }
            Kind::Media => "put it into a data: URL, or link to it with <a href=…>",
        };
        let message = format!("the browser loads no {what} from `{}` in a widget; {remedy}", quoted(origin));
        findings.add(Rule::BlockedResource, offset, message);
    }
}

fn is_style(element: &JSXElement<'_>) -> bool {
    matches!(&element.opening_element.name, JSXElementName::Identifier(name) if name.name == "style")
}

/// Whether one of the origins is that of an address, which may leave out the scheme.
fn contains(origins: &Origins, origin: &str) -> bool {
    let authority = |text: &str| text.split_once("//").map(|(_, authority)| authority.to_ascii_lowercase());
    let is_https = origin.starts_with("//") || origin.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("https:"));
    is_https && authority(origin).is_some_and(|wanted| origins.iter().any(|it| it.authority() == wanted))
}

/// What the browser loads from the address in an attribute.
fn loaded_by(element: &str, attribute: &str) -> Option<Kind> {
    match (element, attribute) {
        ("img" | "input", "src") | ("img" | "source", "srcSet") | ("video", "poster") => Some(Kind::Image),
        ("image" | "feImage" | "use", "href" | "xlinkHref") => Some(Kind::Image),
        ("video" | "audio" | "source" | "track", "src") => Some(Kind::Media),
        _ => None,
    }
}

/// The origin of an address, or the address itself if it is relative to the widget's document, which nothing is. `None` if the browser
/// requests nothing, or if the known part of the address does not tell.
fn origin(address: &str, is_whole: bool) -> Option<&str> {
    let lower = |prefix: &str| address.get(..prefix.len()).is_some_and(|it| it.eq_ignore_ascii_case(prefix));
    let authority = ["https://", "http://", "//"].into_iter().find(|prefix| lower(prefix)).map(str::len);
    if let Some(from) = authority {
        let end = address[from..].find(['/', '?', '#', ' ', ',']).map(|it| from + it);
        return match end {
            Some(end) => Some(&address[..end]).filter(|it| it.len() > from),
            None => Some(address).filter(|it| is_whole && it.len() > from),
        };
    }
    let is_path = address.starts_with('/') || address.starts_with("./") || address.starts_with("../");
    let is_file = is_whole && !address.contains(':') && has_extension(address);
    (is_path || is_file).then_some(address)
}

/// Whether the address names a file, as `logo.png` does.
fn has_extension(address: &str) -> bool {
    let path = address.split(['?', '#', ' ']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    (2..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric())
}

fn offset(span: Span, at: usize) -> u32 {
    span.start + u32::try_from(at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_of_an_address_is_determined_if_the_known_part_tells_it() {
        for (address, is_whole, expected) in [
            ("https://a.example/x.png", true, Some("https://a.example")),
            ("HTTPS://a.example", true, Some("HTTPS://a.example")),
            ("//a.example/x", false, Some("//a.example")),
            ("https://a.example/", false, Some("https://a.example")),
            ("https://a.exam", false, None),
            ("https://", false, None),
            ("/logo.png", true, Some("/logo.png")),
            ("./", false, Some("./")),
            ("logo.png", true, Some("logo.png")),
            ("logo.", false, None),
            ("data:image/png;base64,x.png", true, None),
            ("blob:https://a.example/x", true, None),
            ("#gradient", true, None),
            ("", true, None),
            ("é", false, None),
        ] {
            assert_eq!(origin(address, is_whole), expected, "{address}");
        }
    }
}
