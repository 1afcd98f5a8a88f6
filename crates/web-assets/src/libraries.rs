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
    /// The file with this SHA-256.
    pub fn file(&self, sha256: &str) -> Option<&'static LibraryFile> {
        let at = self.files.binary_search_by(|file| file.sha256.cmp(sha256)).ok()?;
        self.files.get(at)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn set() -> &'static Libraries {
        libraries().expect("the libraries were not built: the tests need Node.js and npm")
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
    fn licenses_name_every_package_of_the_set() {
        for module in set().modules.iter().filter(|module| module.package != "widgetd") {
            let line = format!("{} {}\nLicense: {}\n", module.package, module.version, module.license);
            assert!(licenses().contains(&line), "{line}");
        }
    }
}
