//! `<style jsx>`: styles that apply only to the elements of the component that contains them, as with styled-jsx.
//!
//! [`Plan::new`] reads a parsed module: which elements belong to which style, and what the styles say, with scoped
//! selectors. [`apply()`] changes the module's tree accordingly, before JSX is compiled. Both run in worker processes only.
//!
//! The scope of a style is the outermost element that has a `<style jsx>` as a child. Its class is computed from the text of
//! its styles and its place among the module's scopes. Styles with expressions get a class for each set of values, so
//! instances of a component with different values differ.

mod apply;
pub(crate) mod css;
mod find;
#[cfg(test)]
mod tests;
mod text;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use oxc_ast::ast::{Expression, JSXAttributeItem, JSXAttributeName, JSXElement, JSXElementName};

pub(crate) use self::{apply::apply, css::declarations};
use crate::check::Module;

/// The styles of a module. Elements are named by the byte offset of their start.
#[derive(Default)]
pub(crate) struct Plan {
    scopes: Vec<Scope>,
    styles: BTreeMap<u32, Style>,
    /// The scopes that elements start.
    roots: BTreeMap<u32, usize>,
    /// The scopes whose class elements get.
    elements: BTreeMap<u32, usize>,
    /// What cannot be compiled.
    pub(crate) problems: Vec<(u32, Cow<'static, str>)>,
    /// Selectors that match nothing.
    pub(crate) warnings: Vec<(u32, Cow<'static, str>)>,
}

/// An element whose styles apply to the elements in it.
struct Scope {
    class: String,
    keyframes: BTreeSet<String>,
    /// The number of values in all of its styles. The class depends on them.
    values: usize,
}

struct Style {
    /// `None` for a global style.
    scope: Option<usize>,
    /// The place among the module's styles.
    order: usize,
    /// The scoped text, with markers for the class and the values.
    css: String,
    /// The indices of the values among the expressions of its template.
    values: Vec<usize>,
    /// The number of values of the scope's styles before it.
    first_value: usize,
}

impl Plan {
    /// Finds and scopes the styles of a module.
    pub(crate) fn new(module: &Module<'_, '_>) -> Self {
        find::find(module)
    }

    /// Whether nothing needs to be changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.styles.is_empty()
    }
}

/// The attributes of a `<style jsx>`.
struct Attributes {
    is_global: bool,
    /// The offset of an attribute that has no effect.
    unknown: Option<u32>,
}

/// The attributes of an element, if it is a `<style jsx>`.
fn attributes(element: &JSXElement<'_>) -> Option<Attributes> {
    let opening = &element.opening_element;
    if !matches!(&opening.name, JSXElementName::Identifier(name) if name.name == "style") {
        return None;
    }
    let (mut is_scoped, mut found) = (false, Attributes { is_global: false, unknown: None });
    for item in &opening.attributes {
        match item {
            JSXAttributeItem::Attribute(attribute) => match &attribute.name {
                JSXAttributeName::Identifier(name) if name.name == "jsx" => is_scoped = true,
                JSXAttributeName::Identifier(name) if name.name == "global" => found.is_global = true,
                JSXAttributeName::Identifier(name) if matches!(name.name.as_str(), "key" | "id" | "type") => {}
                _ => {
                    found.unknown.get_or_insert(attribute.span.start);
                }
            },
            JSXAttributeItem::SpreadAttribute(spread) => {
                found.unknown.get_or_insert(spread.span.start);
            }
        }
    }
    is_scoped.then_some(found)
}

/// The start of an element or a fragment.
fn start(expression: &Expression<'_>) -> Option<u32> {
    match expression {
        Expression::JSXElement(element) => Some(element.span.start),
        Expression::JSXFragment(fragment) => Some(fragment.span.start),
        _ => None,
    }
}
