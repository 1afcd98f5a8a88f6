//! Queries for lists of widgets, and their results.

use schema::field::Invalid;

use super::{Category, Tag, Widget, WidgetSummary, fold::fold};
use crate::limits;

/// Separates the parts of the searched text. It is a control character, so no search term contains it.
const SEPARATOR: char = '\u{1f}';

/// A substring to search for in name, description and tags, folded as [`search_text`] is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SearchTerm(String);

impl SearchTerm {
    /// Accepts 1 to 200 characters, none of them a control character. `%` and `_` are plain characters.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.is_empty() || text.chars().count() > limits::MAX_SEARCH_CHARS || text.chars().any(char::is_control) {
            return Err(Invalid::new(format!(
                "Expected 1 to {} characters, none of them a control character",
                limits::MAX_SEARCH_CHARS
            )));
        }
        Ok(Self(fold(text)))
    }

    /// The folded term: a substring of the [`search_text`] of the widgets that match.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Widget {
    /// See [`search_text`].
    pub fn search_text(&self) -> String {
        search_text(self.name.as_str(), self.description.as_str(), self.tags.iter().map(Tag::as_str))
    }
}

/// Name, description and tags without the differences that a search ignores: the text that is searched, the same on every
/// database.
pub fn search_text<'a>(name: &str, description: &'a str, tags: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = fold(name);
    for part in [description].into_iter().chain(tags) {
        text.push(SEPARATOR);
        text.push_str(&fold(part));
    }
    text
}

/// Which widgets a list contains. Conditions combine with AND.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct WidgetFilter {
    /// Only this category.
    pub category: Option<Category>,
    /// Only widgets whose search text contains the term.
    pub search: Option<SearchTerm>,
    /// Only widgets that have all of these tags, compared exactly.
    pub tags: TagSet,
}

/// Up to 20 distinct tags to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct TagSet(Vec<Tag>);

impl TagSet {
    /// Accepts up to [`limits::MAX_TAGS`] tags, and removes duplicates.
    pub fn new(mut tags: Vec<Tag>) -> Result<Self, Invalid> {
        if tags.len() > limits::MAX_TAGS {
            return Err(Invalid::new(format!("Expected at most {} tags", limits::MAX_TAGS)));
        }
        tags.sort_unstable();
        tags.dedup();
        Ok(Self(tags))
    }

    /// The tags, sorted, each once.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Tag> {
        self.0.iter()
    }
}

/// Which page of a list a caller requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// Results per page, 1 to 100.
    pub limit: u32,
}

impl Page {
    /// The number of results before this page.
    pub fn offset(self) -> u64 {
        u64::from(self.number.saturating_sub(1)) * u64::from(self.limit)
    }
}

/// One page of a list, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct WidgetPage {
    /// The widgets of this page.
    pub widgets: Vec<WidgetSummary>,
    /// The number of matching widgets on all pages.
    pub total: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_may_hold_wildcards_but_no_control_characters() {
        assert_eq!(SearchTerm::parse("100%_").unwrap().as_str(), "100%_");
        assert!(SearchTerm::parse("a\u{1f}").is_err());
    }

    #[test]
    fn a_deep_page_does_not_overflow() {
        assert_eq!(Page { number: u32::MAX, limit: 100 }.offset(), u64::from(u32::MAX - 1) * 100);
    }
}
