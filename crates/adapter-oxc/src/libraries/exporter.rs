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
    // A module of the kit may have two specifiers.
    likeliest.all(|(_, other)| *other == *library).then_some(*specifier)
}

fn has_icon(set: &LibrarySet, specifier: &str, name: &str) -> bool {
    set.icons.is_some_and(|icons| icons.specifier == specifier && icons.find(name).is_some())
}

/// How likely a library is meant: the lowest number is the likeliest.
fn rank(set: &LibrarySet, program: &Program<'_>, specifier: &str) -> u8 {
    let is_imported = |statement: &Statement<'_>| matches!(statement, Statement::ImportDeclaration(it) if canonical(set, &it.source.value) == specifier);
    if program.body.iter().any(is_imported) {
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
