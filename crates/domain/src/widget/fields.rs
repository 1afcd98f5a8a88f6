//! Fields of a widget that its author writes.

use std::fmt;

use schema::field::Invalid;

use crate::limits;

macro_rules! text_field {
    ($(#[$doc:meta])* $name:ident, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Accepts the text unchanged, or returns what is wrong with it.
            pub fn parse(text: impl Into<String>) -> Result<Self, Invalid> {
                let text = text.into();
                let check: fn(&str) -> Result<(), Invalid> = $check;
                check(&text).map(|()| Self(text))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_field!(
    /// The key that requests name a widget by: lower-case words joined by single hyphens, at most 64 characters.
    WidgetKey,
    |text| {
        let words_ok = text.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        if words_ok && text.len() <= limits::MAX_KEY_CHARS {
            return Ok(());
        }
        Err(Invalid::new(format!(
            "Expected lower-case letters and digits in words joined by single hyphens, at most {} characters",
            limits::MAX_KEY_CHARS
        )))
    }
);
text_field!(
    /// A widget's name: 1 to 120 characters, not blank, no control characters.
    WidgetName,
    |text| one_line(text, limits::MAX_NAME_CHARS)
);
text_field!(
    /// A widget's description: up to 2,000 characters, possibly empty, no control characters except line breaks and tabs.
    Description,
    |text| {
        at_most(text, limits::MAX_DESCRIPTION_CHARS)?;
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(Invalid::new("Must not contain control characters other than line breaks and tabs"));
        }
        Ok(())
    }
);
text_field!(
    /// A tag: 1 to 50 characters, not blank, no control characters, no commas, which separate tags in the filter of a list.
    Tag,
    |text| {
        one_line(text, limits::MAX_TAG_CHARS)?;
        if text.contains(',') {
            return Err(Invalid::new("Must not contain a comma, which separates tags in a filter: send two tags instead"));
        }
        if text.trim() != text {
            return Err(Invalid::new("Must not begin or end with white space, which a filter leaves out: send it without"));
        }
        Ok(())
    }
);

impl Tag {
    /// A tag that was checked when it was stored, by the rules of that time.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

fn one_line(text: &str, max_chars: usize) -> Result<(), Invalid> {
    at_most(text, max_chars)?;
    if text.trim().is_empty() {
        return Err(Invalid::new("Must not be empty"));
    }
    if text.chars().any(char::is_control) {
        return Err(Invalid::new("Must not contain control characters"));
    }
    Ok(())
}

fn at_most(text: &str, max_chars: usize) -> Result<(), Invalid> {
    match text.chars().count() {
        count if count > max_chars => {
            Err(Invalid::new(format!("Expected at most {max_chars} characters, received {count}")))
        }
        _ => Ok(()),
    }
}

/// The empty description.
impl Default for Description {
    fn default() -> Self {
        Self(String::new())
    }
}

/// Up to 20 tags, in the order in which they were sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[serde(transparent)]
pub struct Tags(Vec<Tag>);

impl Tags {
    /// Accepts up to [`limits::MAX_TAGS`] tags.
    pub fn new(tags: Vec<Tag>) -> Result<Self, Invalid> {
        if tags.len() > limits::MAX_TAGS {
            return Err(Invalid::new(format!("Expected at most {} tags, received {}", limits::MAX_TAGS, tags.len())));
        }
        Ok(Self(tags))
    }

    /// The tags, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Tag> {
        self.0.iter()
    }
}

/// The reference's categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Charts, dashboards, metrics.
    Analytics,
    /// Tasks, calendars, project management.
    Productivity,
    /// CRM, pipeline, forecasting.
    Sales,
    /// Tickets, support metrics.
    CustomerService,
    /// Invoices, payments, reports.
    Finance,
    /// Miscellaneous widgets.
    #[default]
    General,
}

impl Category {
    /// All categories, in the reference's order.
    pub const ALL: [Self; 6] =
        [Self::Analytics, Self::Productivity, Self::Sales, Self::CustomerService, Self::Finance, Self::General];

    /// The name in requests and responses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Analytics => "analytics",
            Self::Productivity => "productivity",
            Self::Sales => "sales",
            Self::CustomerService => "customer-service",
            Self::Finance => "finance",
            Self::General => "general",
        }
    }

    /// Parses the name of a category.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Self::ALL.into_iter().find(|category| category.as_str() == text).ok_or_else(|| {
            let names = Self::ALL.map(Self::as_str).join(", ");
            Invalid::new(format!("Expected one of {names}"))
        })
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_lower_case_words_joined_by_hyphens() {
        for key in ["a", "sales-dashboard", "a1-2b", &"x".repeat(64)] {
            assert_eq!(WidgetKey::parse(key).unwrap().as_str(), key);
        }
        for key in ["", "-", "a-", "-a", "a--b", "A", "a_b", "a b", "é", &"x".repeat(65)] {
            assert!(WidgetKey::parse(key).is_err(), "{key}");
        }
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert!(WidgetName::parse("é".repeat(120)).is_ok());
        assert!(WidgetName::parse("é".repeat(121)).is_err());
        assert!(Description::parse("𝒳".repeat(2_000)).is_ok());
        assert!(Tag::parse("日".repeat(51)).is_err());
    }

    #[test]
    fn blank_names_and_control_characters_are_refused() {
        for name in ["", "  ", "a\0", "a\nb", "\u{85}"] {
            assert!(WidgetName::parse(name).is_err(), "{name:?}");
        }
        assert!(Description::parse("two\nlines\tand a tab").is_ok());
        assert!(Description::parse("NUL \0").is_err());
    }

    #[test]
    fn a_category_is_one_of_the_references_six() {
        for category in Category::ALL {
            assert_eq!(Category::parse(category.as_str()), Ok(category));
            assert_eq!(serde_json::to_value(category).unwrap(), category.as_str());
        }
        assert_eq!(
            Category::parse("misc").unwrap_err().0,
            "Expected one of analytics, productivity, sales, customer-service, finance, general"
        );
    }

    #[test]
    fn a_tag_that_no_filter_could_name_is_refused() {
        for tag in ["a,b", ",", "a,", " a", "a ", "a\u{3000}"] {
            assert!(Tag::parse(tag).is_err(), "{tag:?}");
        }
        for tag in ["a b", "a;b", "a，b", "a/b"] {
            assert_eq!(Tag::parse(tag).unwrap().as_str(), tag);
        }
    }

    proptest! {
        #[test]
        fn an_accepted_name_is_unchanged(text in "\\PC{0,130}") {
            if let Ok(name) = WidgetName::parse(text.clone()) {
                prop_assert_eq!(name.as_str(), text);
            }
        }

        #[test]
        fn keys_follow_their_pattern(text in "[a-c0-1A-]{0,6}") {
            let pattern = regex::Regex::new("^[a-z0-9]+(-[a-z0-9]+)*$").unwrap();
            prop_assert_eq!(WidgetKey::parse(text.clone()).is_ok(), pattern.is_match(&text));
        }
    }
}
