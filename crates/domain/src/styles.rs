//! Whether a component is styled with the utility classes of Tailwind CSS.

use schema::field::Invalid;
use serde::{Deserialize, Serialize};

/// A widget's setting for Tailwind CSS. It takes part in compiling, so a change of it makes a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Styles {
    /// A style sheet is made if the component uses utility classes.
    #[default]
    Auto,
    /// A style sheet is always made.
    Tailwind,
    /// No style sheet is made.
    None,
}

impl Styles {
    /// Every setting.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Tailwind, Self::None];

    /// Parses the name of a setting.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|styles| styles.as_str() == text);
        found.ok_or_else(|| Invalid::new("Must be \"auto\", \"tailwind\" or \"none\""))
    }

    /// The name of the setting.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Tailwind => "tailwind",
            Self::None => "none",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_read_by_its_name() {
        for styles in Styles::ALL {
            assert_eq!(Styles::parse(styles.as_str()), Ok(styles));
            assert_eq!(serde_json::to_value(styles).unwrap(), styles.as_str());
        }
        assert!(Styles::parse("Tailwind").is_err());
    }
}
