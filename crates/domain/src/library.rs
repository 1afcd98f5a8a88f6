//! The libraries that components may import.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::module::AssetDigest;

/// The libraries of this build of the service. It is empty if the service was built without them.
///
/// A compiled module imports the files of a set by their digests. They are stored with the version, so a later set, or none, does not
/// change how it renders.
#[derive(Default)]
pub struct LibrarySet {
    /// The number of the set. A set with other libraries or other versions of them has another number.
    pub number: u32,
    /// The libraries by what a component writes after `from`.
    pub libraries: BTreeMap<&'static str, Library>,
    /// The files by their digests.
    pub files: BTreeMap<AssetDigest, LibraryFile>,
    /// The icons, which become part of the module.
    pub icons: Option<Icons>,
}

/// One library that a component can import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// The npm package; of the kit, the service itself.
    pub package: &'static str,
    /// The version of the package.
    pub version: &'static str,
    /// The SPDX expression of its license.
    pub license: &'static str,
    /// The file that has its exports; `None` for those that the frame itself provides, such as `react`.
    pub file: Option<AssetDigest>,
    /// The names that it exports.
    pub names: &'static [&'static str],
}

/// A file that modules load: an ES module that imports other files of the set as `./<digest>.js`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryFile {
    /// The text of the file.
    pub code: &'static str,
    /// Its size with gzip, in bytes.
    pub gzip_bytes: u64,
    /// The files that it imports.
    pub imports: Vec<AssetDigest>,
}

/// Icons that are written into the module that imports them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icons {
    /// The library that they are imported from.
    pub specifier: &'static str,
    /// The file whose `createLucideIcon` makes a component of an icon.
    pub factory: AssetDigest,
    /// A line for each name, sorted by the bytes of the names: the name, a tab, and the arguments of the factory as a JSON array, or the
    /// name of another line that has them.
    pub lines: &'static str,
}

impl LibrarySet {
    /// Whether the service was built without libraries.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The library with this specifier.
    pub fn library(&self, specifier: &str) -> Option<&Library> {
        self.libraries.get(specifier)
    }

    /// These files and all that they import, sorted by their digests.
    pub fn closure(&self, files: impl IntoIterator<Item = AssetDigest>) -> BTreeSet<AssetDigest> {
        let mut found = BTreeSet::new();
        let mut open: Vec<AssetDigest> = files.into_iter().collect();
        while let Some(digest) = open.pop() {
            if let Some(file) = self.files.get(&digest)
                && found.insert(digest)
            {
                open.extend(&file.imports);
            }
        }
        found
    }

    /// What a browser loads for these files and all that they import, in bytes with gzip.
    pub fn load_bytes(&self, files: impl IntoIterator<Item = AssetDigest>) -> u64 {
        self.closure(files).iter().filter_map(|digest| self.files.get(digest)).map(|file| file.gzip_bytes).sum()
    }
}

impl fmt::Debug for LibrarySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LibrarySet")
            .field("number", &self.number)
            .field("libraries", &self.libraries.keys())
            .field("files", &self.files.len())
            .finish()
    }
}

impl Icons {
    /// The arguments of the factory for the icon with this name, as a JSON array.
    pub fn find(&self, name: &str) -> Option<&'static str> {
        let found = self.line(name)?;
        if found.starts_with('[') { Some(found) } else { self.line(found) }
    }

    fn line(&self, name: &str) -> Option<&'static str> {
        let lines = self.lines.as_bytes();
        let (mut low, mut high) = (0, lines.len());
        while low < high {
            // `low` and `high` are beginnings of lines.
            let middle = low + (high - low) / 2;
            let start = lines[low..middle].iter().rposition(|byte| *byte == b'\n').map_or(low, |at| low + at + 1);
            let end = lines[middle..].iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| middle + at);
            let (found, arguments) = self.lines[start..end].split_once('\t')?;
            match found.cmp(name) {
                std::cmp::Ordering::Equal => return Some(arguments),
                std::cmp::Ordering::Less => low = (end + 1).min(lines.len()),
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }

    /// The names of all icons.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.lines.lines().filter_map(|line| line.split_once('\t')).map(|(name, _)| name)
    }
}

/// What a compiled module uses of a library set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedLibraries {
    /// The number of the set.
    pub set: u32,
    /// The texts of all files that a browser loads for it.
    pub files: BTreeMap<AssetDigest, &'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: AssetDigest = AssetDigest([1; 32]);
    const B: AssetDigest = AssetDigest([2; 32]);
    const C: AssetDigest = AssetDigest([3; 32]);

    #[test]
    fn a_closure_has_each_file_once() {
        let file = |imports: &[AssetDigest]| LibraryFile { code: "", gzip_bytes: 1, imports: imports.to_vec() };
        let files = BTreeMap::from([(A, file(&[B, C])), (B, file(&[C])), (C, file(&[]))]);
        let set = LibrarySet { files, ..LibrarySet::default() };
        assert_eq!(set.closure([A]), BTreeSet::from([A, B, C]));
        assert_eq!(set.closure([C, B]), BTreeSet::from([B, C]));
        assert_eq!(set.closure([AssetDigest([9; 32])]), BTreeSet::new());
    }

    #[test]
    fn an_icon_is_found_by_its_name() {
        let names = ["Camera", "CameraIcon", "Edit", "LucideCamera", "Zap"];
        let lines: String = names.iter().map(|name| format!("{name}\t[\"{name}\",[]]\n")).collect();
        for lines in [lines.as_str(), lines.trim_end()] {
            let icons = Icons { specifier: "lucide-react", factory: A, lines: lines.to_owned().leak() };
            assert!(icons.names().eq(names));
            for name in names {
                assert_eq!(icons.find(name), Some(format!("[\"{name}\",[]]").as_str()));
            }
            for missing in ["", "A", "Cam", "Camera2", "Zapp", "camera"] {
                assert_eq!(icons.find(missing), None, "{missing}");
            }
        }
    }

    #[test]
    fn other_names_of_an_icon_find_it() {
        let icons =
            Icons { specifier: "lucide-react", factory: A, lines: "Home\tHouse\nHouse\t[\"house\",[]]\nLost\tNone\n" };
        assert_eq!(icons.find("Home"), Some("[\"house\",[]]"));
        assert_eq!(icons.find("Lost"), None);
    }
}
