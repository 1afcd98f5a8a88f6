//! The library that an author probably forgot to import a name from.

use domain::library::{Library, LibrarySet};
use oxc_ast::ast::{Program, Statement};

use super::specifier::{self, canonical};

/// The specifier of the library that exports this name, if one is most likely meant. Likelier than the others are those that the
/// program imports already, then the kit, recharts and the icons.
pub(crate) fn exporter<'s>(set: &'s LibrarySet, program: &Program<'_>, name: &str) -> Option<&'s str> {
    let exporters: Vec<(&str, &Library)> = set
        .libraries
        .iter()
        .map(|(specifier, library)| (*specifier, library))
        .filter(|(specifier, library)| library.names.contains(&name) || has_icon(set, specifier, name))
        .collect();
    let ranks = exporters.iter().map(|(specifier, _)| rank(set, program, specifier));
    let best = ranks.clone().min()?;
    let mut likeliest = exporters.iter().zip(ranks).filter(|(_, rank)| *rank == best).map(|(it, _)| it);
    let (specifier, library) = likeliest.next()?;
    // Two specifiers may have the same file, such as `framer-motion` and `motion/react`.
    likeliest.all(|(_, other)| other.file == library.file).then_some(*specifier)
}

fn has_icon(set: &LibrarySet, specifier: &str, name: &str) -> bool {
    set.icons.is_some_and(|icons| icons.specifier == specifier && icons.find(name).is_some())
}

/// Whether the program imports from this library.
pub(crate) fn is_imported(set: &LibrarySet, program: &Program<'_>, specifier: &str) -> bool {
    program.body.iter().any(|statement| {
        matches!(statement, Statement::ImportDeclaration(it) if canonical(set, &it.source.value) == specifier)
    })
}

/// How likely a library is meant: the lowest number is the likeliest.
fn rank(set: &LibrarySet, program: &Program<'_>, specifier: &str) -> u8 {
    if is_imported(set, program, specifier) {
        0
    } else if specifier.starts_with(specifier::PROJECT) {
        1
    } else if specifier == "recharts" {
        2
    } else if set.icons.is_some_and(|icons| icons.specifier == specifier) {
        3
    } else {
        4
    }
}
