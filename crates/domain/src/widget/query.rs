//! What a list asks for, and what it gets.

use schema::field::Invalid;

use super::{Category, Tag, Widget, WidgetSummary};
use crate::limits;

/// Separates the parts of the searched text; no part and no term can hold it.
const SEPARATOR: char = '\u{1f}';

/// A substring to look for in name, description and tags, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SearchTerm(String);

impl SearchTerm {
    /// Takes 1 to 200 characters; `%`, `_` and the like are plain characters.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.is_empty() || text.chars().count() > limits::SEARCH_CHARS || text.chars().any(char::is_control) {
            return Err(Invalid::new(format!(
                "Expected 1 to {} characters, none of them a control character",
                limits::SEARCH_CHARS
            )));
        }
        Ok(Self(fold(text)))
    }

    /// The term in lower case, to be found in a [`search_text`](Widget::search_text).
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Widget {
    /// Name, description and tags in lower case: one text to search in, the same on every database.
    pub fn search_text(&self) -> String {
        let mut text = fold(self.name.as_str());
        text.push(SEPARATOR);
        text.push_str(&fold(self.description.as_str()));
        for tag in self.tags.iter() {
            text.push(SEPARATOR);
            text.push_str(&fold(tag.as_str()));
        }
        text
    }
}

/// Lower case, character by character: what a character becomes must not depend on its neighbors (as the Greek final
/// sigma does in `str::to_lowercase`), or a substring would not be found. For the same reason the two small sigmas are one.
fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// Which widgets a list holds; conditions combine with AND.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct WidgetFilter {
    /// Only this category.
    pub category: Option<Category>,
    /// Only those whose search text holds the term.
    pub search: Option<SearchTerm>,
    /// Only those that have all of these tags, to the letter.
    pub tags: TagSet,
}

/// Up to 20 different tags: what a widget can be asked to have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct TagSet(Vec<Tag>);

impl TagSet {
    /// Takes the tags if there are not too many; one that is named twice is asked for once.
    pub fn new(mut tags: Vec<Tag>) -> Result<Self, Invalid> {
        if tags.len() > limits::TAGS {
            return Err(Invalid::new(format!("Expected at most {} tags", limits::TAGS)));
        }
        tags.sort_unstable();
        tags.dedup();
        Ok(Self(tags))
    }

    /// The tags, each once.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Tag> {
        self.0.iter()
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// Results per page, 1 to 100.
    pub limit: u32,
}

impl Page {
    /// How many results come before this page.
    pub fn offset(self) -> u64 {
        u64::from(self.number.saturating_sub(1)) * u64::from(self.limit)
    }
}

/// One page of a list, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct WidgetPage {
    /// The widgets of this page.
    pub widgets: Vec<WidgetSummary>,
    /// How many there are on all pages.
    pub total: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_does_not_depend_on_neighbors() {
        assert!(fold("ΑΣΤΡΟ").contains(&fold("ΑΣ")));
        assert!(fold("ΣΊΣΥΦΟΣ").contains(&fold("σίσυφος")));
        assert_eq!(SearchTerm::parse("100%_").unwrap().as_str(), "100%_");
        assert!(SearchTerm::parse("a\u{1f}").is_err());
    }

    #[test]
    fn a_deep_page_does_not_overflow() {
        assert_eq!(Page { number: u32::MAX, limit: 100 }.offset(), u64::from(u32::MAX - 1) * 100);
    }
}
