//! The rules of the check.

/// A rule of the check. Each has a section in `docs/component-checking.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    WrappedSource,
    Syntax,
    TypeScript,
    UnsupportedSyntax,
    TooComplex,
    NoDefaultExport,
    MultipleDefaultExports,
    InvalidDefaultExport,
    NoImport,
    NoLibraries,
    MissingExport,
    UndeclaredName,
    NoDynamicImport,
    NoRequire,
    NoImportMeta,
    NoTopLevelAwait,
    NoEval,
    NoNewFunction,
    NoStringTimer,
    NoDangerousHtml,
    NoRawHtml,
    ForbiddenElement,
    StyleText,
    NoScriptUrl,
    NoStorage,
    NoParentWindow,
    NoNetwork,
    StyleJsx,
    InlineStyle,
    MissingKey,
    ConditionalHook,
    NoDialog,
    NoNavigation,
    OtherHost,
    DefaultProps,
    BlockedResource,
    ImageAlt,
    ButtonName,
    UnmatchedStyle,
    CssImport,
    UnstyledClass,
    ChosenExport,
}

impl Rule {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 42] = [
        Self::WrappedSource,
        Self::Syntax,
        Self::TypeScript,
        Self::UnsupportedSyntax,
        Self::TooComplex,
        Self::NoDefaultExport,
        Self::MultipleDefaultExports,
        Self::InvalidDefaultExport,
        Self::NoImport,
        Self::NoLibraries,
        Self::MissingExport,
        Self::UndeclaredName,
        Self::NoDynamicImport,
        Self::NoRequire,
        Self::NoImportMeta,
        Self::NoTopLevelAwait,
        Self::NoEval,
        Self::NoNewFunction,
        Self::NoStringTimer,
        Self::NoDangerousHtml,
        Self::NoRawHtml,
        Self::ForbiddenElement,
        Self::StyleText,
        Self::NoScriptUrl,
        Self::NoStorage,
        Self::NoParentWindow,
        Self::NoNetwork,
        Self::StyleJsx,
        Self::InlineStyle,
        Self::MissingKey,
        Self::ConditionalHook,
        Self::NoDialog,
        Self::NoNavigation,
        Self::OtherHost,
        Self::DefaultProps,
        Self::BlockedResource,
        Self::ImageAlt,
        Self::ButtonName,
        Self::UnmatchedStyle,
        Self::CssImport,
        Self::UnstyledClass,
        Self::ChosenExport,
    ];

    /// The stable code of the rule in errors.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::TypeScript => "typescript",
            Self::UnsupportedSyntax => "unsupported-syntax",
            Self::TooComplex => "too-complex",
            Self::NoDefaultExport => "no-default-export",
            Self::MultipleDefaultExports => "multiple-default-exports",
            Self::InvalidDefaultExport => "invalid-default-export",
            Self::NoImport => "no-import",
            Self::NoLibraries => "no-libraries",
            Self::CssImport => "css-import",
            Self::NoDynamicImport => "no-dynamic-import",
            Self::NoRequire => "no-require",
            Self::NoImportMeta => "no-import-meta",
            Self::NoTopLevelAwait => "no-top-level-await",
            Self::NoEval => "no-eval",
            Self::NoNewFunction => "no-new-function",
            Self::NoStringTimer => "no-string-timer",
            Self::NoDangerousHtml => "no-dangerous-html",
            Self::NoRawHtml => "no-raw-html",
            Self::NoScriptUrl => "no-script-url",
            Self::NoStorage => "no-storage",
            Self::NoParentWindow => "no-parent-window",
            Self::NoNetwork => "no-network",
            Self::StyleJsx => "style-jsx",
            Self::InlineStyle => "inline-style",
            Self::MissingKey => "missing-key",
            Self::ConditionalHook => "conditional-hook",
            Self::NoDialog => "no-dialog",
            Self::NoNavigation => "no-navigation",
            Self::OtherHost => "other-host",
            Self::DefaultProps => "default-props",
            Self::BlockedResource => "blocked-resource",
            Self::ImageAlt => "image-alt",
            Self::ButtonName => "button-name",
            Self::WrappedSource => "wrapped-source",
            Self::MissingExport => "missing-export",
            Self::UndeclaredName => "undeclared-name",
            Self::StyleText => "style-text",
            Self::ForbiddenElement => "forbidden-element",
            Self::UnmatchedStyle => "unmatched-style",
            Self::UnstyledClass => "unstyled-class",
            Self::ChosenExport => "chosen-export",
        }
    }

    /// Whether a violation is only a warning, so that the component is accepted.
    pub(crate) const fn is_warning(self) -> bool {
        matches!(
            self,
            Self::InlineStyle
                | Self::MissingKey
                | Self::ConditionalHook
                | Self::NoDialog
                | Self::NoNavigation
                | Self::OtherHost
                | Self::DefaultProps
                | Self::BlockedResource
                | Self::ImageAlt
                | Self::ButtonName
                | Self::UnmatchedStyle
                | Self::CssImport
                | Self::UnstyledClass
                | Self::ChosenExport
        )
    }

    /// Whether only the first violation is reported.
    pub(crate) const fn is_reported_once(self) -> bool {
        matches!(self, Self::InlineStyle)
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;

    /// Codes of errors that other crates report before this check.
    const OTHER_CODES: [&str; 1] = ["source"];

    #[test]
    fn every_rule_has_a_section_in_the_documentation() {
        let page =
            fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/component-checking.md")).unwrap();
        let sections: BTreeSet<&str> =
            page.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`')).collect();
        let codes: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        assert_eq!(codes.len(), Rule::ALL.len(), "two rules share a code");
        assert_eq!(sections, codes.into_iter().chain(OTHER_CODES).collect());
    }
}
