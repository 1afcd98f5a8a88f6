//! Imports of libraries.

mod check;
mod exporter;
#[cfg(test)]
pub(crate) mod fixture;
mod remedy;
mod rewrite;
mod specifier;
#[cfg(test)]
mod tests;

pub(crate) use check::check;
pub(crate) use exporter::{exporter, is_imported};
pub(crate) use rewrite::{Used, rewrite};

/// Whether an import asks for a style sheet. It is left out, with a warning.
fn is_stylesheet(specifier: &str) -> bool {
    [".css", ".scss", ".sass", ".less"].iter().any(|extension| specifier.ends_with(extension))
}
