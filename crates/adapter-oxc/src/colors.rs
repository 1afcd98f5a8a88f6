//! Colors as shadcn/ui wrote them until Tailwind 4: `hsl(var(--primary))`.
//!
//! Its variables were the channels of a color. Those of the service are colors, so `hsl(…)` around one is no color. The function is
//! removed from the strings of a component, unless the component gives the variable a value itself.

use std::borrow::Cow;

use oxc_allocator::Allocator;
use oxc_ast::ast::{Program, StringLiteral, TemplateElement};
use oxc_ast_visit::VisitMut;

const START: &str = "hsl(var(--";

/// The variables that the service defines, without the dashes.
const NAMES: [&str; 27] = [
    "background",
    "foreground",
    "card",
    "card-foreground",
    "popover",
    "popover-foreground",
    "primary",
    "primary-foreground",
    "secondary",
    "secondary-foreground",
    "muted",
    "muted-foreground",
    "accent",
    "accent-foreground",
    "destructive",
    "destructive-foreground",
    "border",
    "input",
    "ring",
    "chart-1",
    "chart-2",
    "chart-3",
    "chart-4",
    "chart-5",
    "sidebar",
    "sidebar-foreground",
    "sidebar-border",
];

/// Changes the strings of a program. Its scopes and symbols stay as they are.
pub(crate) fn rewrite<'a>(allocator: &'a Allocator, program: &mut Program<'a>) {
    let source = program.source_text;
    if source.contains(START) {
        Change { allocator, source }.visit_program(program);
    }
}

struct Change<'a> {
    allocator: &'a Allocator,
    source: &'a str,
}

impl<'a> VisitMut<'a> for Change<'a> {
    fn visit_string_literal(&mut self, it: &mut StringLiteral<'a>) {
        if let Cow::Owned(text) = rewritten(&it.value, self.source) {
            it.value = self.allocator.alloc_str(&text).into();
            it.raw = None;
        }
    }

    fn visit_template_element(&mut self, it: &mut TemplateElement<'a>) {
        if let Cow::Owned(text) = rewritten(&it.value.raw, self.source) {
            it.value.raw = self.allocator.alloc_str(&text).into();
        }
        let cooked = it.value.cooked.map(|cooked| rewritten(cooked.as_str(), self.source).into_owned());
        it.value.cooked = cooked.map(|text| self.allocator.alloc_str(&text).into());
    }
}

/// The text with `var(--name)` for each `hsl(var(--name))`, and a mixed color for each `hsl(var(--name) / alpha)`.
fn rewritten<'t>(text: &'t str, source: &str) -> Cow<'t, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(START) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let after = &found[START.len()..];
        match color(after, source) {
            Some((color, length)) => {
                out.push_str(&color);
                rest = &after[length..];
            }
            None => {
                out.push_str(START);
                rest = after;
            }
        }
    }
    if out.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The color for what follows [`START`], and how much of the text it replaces.
fn color(after: &str, source: &str) -> Option<(String, usize)> {
    let (name, rest) = after.split_once(')')?;
    let (alpha, _) = rest.split_once(')')?;
    let length = name.len() + alpha.len() + 2;
    if !NAMES.contains(&name) || gives_value(source, name) {
        return None;
    }
    let Some(alpha) = alpha.replace('_', " ").trim().strip_prefix('/').map(|alpha| alpha.trim().to_owned()) else {
        return alpha.is_empty().then(|| (format!("var(--{name})"), length));
    };
    let percent = match alpha.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok()?,
        None => alpha.parse::<f64>().ok()? * 100.0,
    };
    // In the brackets of a class name, a space is an underscore.
    let is_in_class = after[length..].starts_with(']');
    let space = if is_in_class { '_' } else { ' ' };
    Some((format!("rgb(from{space}var(--{name}){space}r{space}g{space}b{space}/{space}{percent}%)"), length))
}

/// Whether the source gives the variable a value: `--primary: 0 0% 9%` or `'--primary': …`.
fn gives_value(source: &str, name: &str) -> bool {
    let variable = format!("--{name}");
    source.match_indices(&variable).any(|(at, _)| {
        let rest = source[at + variable.len()..].trim_start_matches(['\'', '"', '`', ']', ' ']);
        rest.starts_with(':') || rest.starts_with(',')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Purpose, check_and_compile};

    #[test]
    fn a_color_of_the_service_needs_no_function() {
        for (text, expected) in [
            ("hsl(var(--primary))", "var(--primary)"),
            ("1px solid hsl(var(--border)), hsl(var(--chart-5))", "1px solid var(--border), var(--chart-5)"),
            ("hsl(var(--muted) / 0.5)", "rgb(from var(--muted) r g b / 50%)"),
            ("bg-[hsl(var(--card)/20%)] p-2", "bg-[rgb(from_var(--card)_r_g_b_/_20%)] p-2"),
            ("text-[hsl(var(--destructive))]", "text-[var(--destructive)]"),
        ] {
            assert_eq!(rewritten(text, ""), expected);
        }
    }

    #[test]
    fn other_colors_stay() {
        for text in
            ["", "hsl(var(--brand))", "hsl(var(--primary), 1)", "hsl(var(--primary", "hsl(0 0% 9%)", "var(--primary)"]
        {
            assert_eq!(rewritten(text, ""), text);
        }
        for source in
            ["<style>{`:root { --primary: 0 0% 9% }`}</style>", "style={{ '--primary': x }}", "set('--primary', x)"]
        {
            assert_eq!(rewritten("hsl(var(--primary))", source), "hsl(var(--primary))", "{source}");
        }
    }

    #[test]
    fn strings_of_a_component_are_changed() {
        let source = "export default ({ c }) => <p fill=\"hsl(var(--chart-1))\" style={{ color: `hsl(var(--ring)) ${c}` }}>{'hsl(var(--card))'}</p>;";
        let code = check_and_compile(source, &Purpose::Render).1.unwrap().code;
        assert!(
            !code.contains("hsl(") && code.contains("var(--chart-1)") && code.contains("`var(--ring) ${c}`"),
            "{code}"
        );
    }
}
