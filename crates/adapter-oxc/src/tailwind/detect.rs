//! Detects Tailwind by the class names of a component.

use std::collections::BTreeSet;

use super::{
    candidates::Token,
    sheet::has_class,
    utility::{is_marker, is_telling, may_be_utility},
};

/// Minimum number of different utilities whose form is Tailwind's.
const MIN_TELLING: usize = 2;

/// The different class names of a component.
pub(super) struct ClassNames<'a>(BTreeSet<&'a str>);

impl<'a> ClassNames<'a> {
    pub(super) fn new(tokens: &[Token<'a>]) -> Self {
        let classes = tokens.iter().filter(|token| token.is_class && !is_marker(token.text));
        Self(classes.map(|token| token.text).collect())
    }

    /// Whether the names look like Tailwind's. Costs nothing compared with the compiler.
    pub(super) fn may_be_tailwind(&self) -> bool {
        self.are(may_be_utility)
    }

    /// Whether the names are Tailwind's, by the style sheet compiled from them.
    pub(super) fn are_tailwind(&self, css: &str) -> bool {
        self.are(|name| has_class(css, name))
    }

    /// Whether enough names are utilities: at least half of them, and two that have a hyphen, a colon or a bracket.
    fn are(&self, is_utility: impl Fn(&str) -> bool) -> bool {
        let utilities: Vec<&str> = self.0.iter().copied().filter(|name| is_utility(name)).collect();
        let telling = utilities.iter().filter(|name| is_telling(name)).count();
        telling >= MIN_TELLING && utilities.len() * 2 >= self.0.len()
    }
}
