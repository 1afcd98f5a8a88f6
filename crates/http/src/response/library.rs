use domain::library::{Library, LibrarySet};
use serde::Serialize;
use utoipa::ToSchema;

/// The libraries that components may import.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LibraryList<'a> {
    /// The number of the set. A set with other libraries or other versions of them has another number.
    set: u32,
    /// Sorted by their specifiers.
    libraries: Vec<LibraryView<'a>>,
}

/// A library.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Library)]
pub(crate) struct LibraryView<'a> {
    /// What a component writes after `from`.
    #[schema(example = "recharts")]
    specifier: &'a str,
    /// The npm package.
    #[schema(example = "recharts")]
    package: &'a str,
    #[schema(example = "3.11.1")]
    version: &'a str,
    /// An SPDX expression.
    #[schema(example = "MIT")]
    license: &'a str,
    /// What it exports.
    names: Vec<&'a str>,
    /// The size of its files with gzip, in bytes; 0 for what the frame provides. Libraries share files.
    bytes: u64,
}

impl<'a> From<&'a LibrarySet> for LibraryList<'a> {
    fn from(set: &'a LibrarySet) -> Self {
        let libraries = set.libraries.iter().map(|(specifier, library)| view(set, specifier, library));
        Self { set: set.number, libraries: libraries.collect() }
    }
}

fn view<'a>(set: &'a LibrarySet, specifier: &'a str, library: &'a Library) -> LibraryView<'a> {
    let icons = set.icons.filter(|icons| icons.specifier == specifier);
    let names = library.names.iter().copied().chain(icons.iter().flat_map(|icons| icons.names()));
    LibraryView {
        specifier,
        package: library.package,
        version: library.version,
        license: library.license,
        names: names.collect(),
        bytes: set.load_bytes(library.file),
    }
}
