//! The library set: the modules that widgets may import, and the files that contain them.

/// A library set. The service keeps the files that a version uses, so that it renders with them even after the set has changed.
#[derive(Debug)]
pub struct Libraries {
    /// The number of the set.
    pub set: u32,
    /// The modules, sorted by specifier.
    pub modules: &'static [LibraryModule],
    /// The files, sorted by `sha256`.
    pub files: &'static [LibraryFile],
    /// `sha256` of the file that exports `createLucideIcon`.
    pub icon_factory: &'static str,
    /// The icons of lucide-react in lines that are sorted by their bytes: a name, a tab, and `["name",nodes]` as JSON, which are the
    /// arguments of `createLucideIcon`, or the name of another line.
    pub icons: &'static str,
}

/// A module that widgets may import.
#[derive(Debug)]
pub struct LibraryModule {
    /// What a widget writes after `from`.
    pub specifier: &'static str,
    /// The npm package, or `widgetd` for the project's own parts.
    pub package: &'static str,
    /// The version of the package.
    pub version: &'static str,
    /// The license of the package as an SPDX expression.
    pub license: &'static str,
    /// `sha256` of the file that exports the names; `None` for React, which the frame provides.
    pub file: Option<&'static str>,
    /// The exported names in alphabetical order, including `default`. The file may export names of other modules too.
    pub names: &'static [&'static str],
}

/// A file of the set: an ECMAScript module that imports other files as `./<sha256>.js`, and React by its specifiers.
#[derive(Debug)]
pub struct LibraryFile {
    /// SHA-256 of `code`, in hexadecimal digits.
    pub sha256: &'static str,
    /// The source.
    pub code: &'static str,
    /// The source compressed with gzip.
    pub gzip: &'static [u8],
    /// The source compressed with Brotli.
    pub brotli: &'static [u8],
    /// `sha256` of the files that it imports.
    pub imports: &'static [&'static str],
}

static LIBRARIES: Option<Libraries> = include!(concat!(env!("OUT_DIR"), "/libraries.rs"));

/// The library set; `None` if the crate was built without Node.js.
pub fn libraries() -> Option<&'static Libraries> {
    LIBRARIES.as_ref()
}

/// The licenses of the npm packages that the web assets contain, as text; empty if the crate was built without Node.js.
pub const fn licenses() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/licenses.txt"))
}

impl Libraries {
    /// The module with this specifier.
    pub fn module(&self, specifier: &str) -> Option<&'static LibraryModule> {
        let at = self.modules.binary_search_by(|module| module.specifier.cmp(specifier)).ok()?;
        self.modules.get(at)
    }

    /// The file with this SHA-256.
    pub fn file(&self, sha256: &str) -> Option<&'static LibraryFile> {
        let at = self.files.binary_search_by(|file| file.sha256.cmp(sha256)).ok()?;
        self.files.get(at)
    }

    /// The icon that lucide-react exports by this name: `["name",nodes]` as JSON. Other names of an icon return the same text.
    pub fn icon(&self, name: &str) -> Option<&'static str> {
        let found = find_line(self.icons, name)?;
        if found.starts_with('[') { Some(found) } else { find_line(self.icons, found) }
    }
}

/// The rest of the line that starts with the key and a tab. The lines are sorted by their keys.
fn find_line(lines: &'static str, key: &str) -> Option<&'static str> {
    let mut rest = lines;
    while !rest.is_empty() {
        let middle = floor_char_boundary(rest, rest.len() / 2);
        let start = rest[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = rest[start..].find('\n').map_or(rest.len(), |at| start + at);
        let (name, value) = rest[start..end].split_once('\t')?;
        match name.cmp(key) {
            std::cmp::Ordering::Equal => return Some(value),
            std::cmp::Ordering::Greater => rest = &rest[..start],
            std::cmp::Ordering::Less => rest = rest.get(end + 1..).unwrap_or_default(),
        }
    }
    None
}

/// The last boundary of characters that is not after the index.
fn floor_char_boundary(text: &str, index: usize) -> usize {
    (0..=index).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn set() -> &'static Libraries {
        libraries().expect("the libraries were not built: the tests need Node.js and npm")
    }

    #[test]
    fn modules_and_files_are_found_by_their_names() {
        let recharts = set().module("recharts").unwrap();
        assert!(recharts.names.contains(&"LineChart"));
        assert!(set().file(recharts.file.unwrap()).unwrap().code.len() > 100_000);
        assert!(set().module("react").unwrap().file.is_none());
        assert!(set().module("left-pad").is_none());
        for module in set().modules {
            assert_eq!(set().module(module.specifier).unwrap().specifier, module.specifier);
            assert!(module.file.is_none_or(|file| set().file(file).is_some()), "{}", module.specifier);
        }
    }

    #[test]
    fn the_files_that_a_file_imports_exist() {
        let files: HashSet<_> = set().files.iter().map(|file| file.sha256).collect();
        for file in set().files {
            for import in file.imports {
                assert!(files.contains(import) && file.code.contains(&format!("\"./{import}.js\"")), "{}", file.sha256);
            }
        }
        assert!(set().file(set().icon_factory).unwrap().code.contains("createLucideIcon"));
    }

    #[test]
    fn every_name_of_an_icon_finds_it() {
        for line in set().icons.lines() {
            let name = line.split('\t').next().unwrap();
            assert!(set().icon(name).is_some_and(|icon| icon.starts_with("[\"")), "{name}");
        }
        for names in [["Camera", "CameraIcon", "LucideCamera"], ["Home", "House", "LucideHome"]] {
            let icons: HashSet<_> = names.iter().map(|name| set().icon(name).unwrap()).collect();
            assert_eq!(icons.len(), 1, "{names:?}");
        }
        for unknown in ["", "A", "Zzz", "camera", "createLucideIcon", "icons"] {
            assert_eq!(set().icon(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn licenses_name_every_package_of_the_set() {
        for module in set().modules.iter().filter(|module| module.package != "widgetd") {
            let line = format!("{} {}\nLicense: {}\n", module.package, module.version, module.license);
            assert!(licenses().contains(&line), "{line}");
        }
    }
}
