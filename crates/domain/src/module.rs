//! What browsers load to render a version of a widget: a module, its source map, its style sheet and the files of libraries, each
//! addressed by the digest of its content.

use std::{fmt, sync::Arc};

use schema::field::Invalid;
use sha2::{Digest as _, Sha256};

use crate::{
    component::{ComponentSource, Language},
    library::UsedLibraries,
    styles::Styles,
};

/// The folder of modules, source maps and style sheets in URLs.
const FOLDER: &str = "/assets/widget/";

/// The kind of text that a digest addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssetKind {
    /// The module of a version.
    Module,
    /// The source map of a module.
    SourceMap,
    /// The style sheet of a version.
    Stylesheet,
    /// A file of a library set.
    LibraryFile,
}

/// SHA-256 of a text that browsers load.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssetDigest(pub [u8; 32]);

impl AssetDigest {
    /// The digest of a text.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// Parses 64 hexadecimal digits in lower case. Each digest has exactly one text, so caches keyed by URL hold a module once.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let mut digest = [0; 32];
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(unreadable()) };
        if pairs.len() != digest.len() {
            return Err(unreadable());
        }
        for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
            *byte = digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low).ok_or_else(unreadable)?;
        }
        Ok(Self(digest))
    }

    /// The URL path of the module with this digest.
    pub fn module_path(&self) -> String {
        format!("{FOLDER}{self}.js")
    }

    /// The URL path of the style sheet with this digest.
    pub fn stylesheet_path(&self) -> String {
        format!("{FOLDER}{self}.css")
    }
}

fn unreadable() -> Invalid {
    Invalid::new("Expected 64 hexadecimal digits in lower case")
}

impl fmt::Display for AssetDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for AssetDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A component compiled to an ES module, with all that a browser loads for it.
///
/// The last line of the module names the source map by its digest, and the source map contains the source. So sources that
/// differ, even if only in a comment, have different modules, and no caller is shown the source of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledModule {
    code: Arc<str>,
    source_map: Arc<str>,
    source_map_digest: AssetDigest,
    stylesheet: Option<Arc<str>>,
    libraries: Option<UsedLibraries>,
    summary: StoredModule,
}

/// The digests and sizes of a compiled module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredModule {
    /// The digest of the module.
    pub digest: AssetDigest,
    /// The digest of the style sheet, if there is one.
    pub stylesheet: Option<AssetDigest>,
    /// The number of the library set, if it imports files of one.
    pub library_set: Option<u32>,
    /// What the component imports, sorted. Empty for modules from before libraries existed.
    pub imports: Vec<String>,
    /// What a browser loads to render it, in bytes with gzip: the module, the style sheet and files of libraries, without the frame.
    /// Unknown for modules from before libraries existed.
    pub load_bytes: Option<u64>,
}

impl CompiledModule {
    /// Creates the module from code that does not name its source map yet, and the source map (ECMA-426).
    pub fn new(mut code: String, source_map: &str) -> Self {
        let source_map_digest = AssetDigest::of(source_map);
        if !code.ends_with('\n') {
            code.push('\n');
        }
        code.push_str(&format!("//# sourceMappingURL={source_map_digest}.js.map\n"));
        Self {
            summary: StoredModule {
                digest: AssetDigest::of(&code),
                stylesheet: None,
                library_set: None,
                imports: Vec::new(),
                load_bytes: None,
            },
            code: code.into(),
            source_map: source_map.into(),
            source_map_digest,
            stylesheet: None,
            libraries: None,
        }
    }

    /// The module with a style sheet.
    #[must_use]
    pub fn with_stylesheet(mut self, text: &str) -> Self {
        self.summary.stylesheet = Some(AssetDigest::of(text));
        Self { stylesheet: Some(text.into()), ..self }
    }

    /// The module with its imports and the files that it uses of a library set, if any, and the bytes that a browser loads.
    #[must_use]
    pub fn with_imports(mut self, imports: Vec<String>, libraries: Option<UsedLibraries>, load_bytes: u64) -> Self {
        self.summary.library_set = libraries.as_ref().map(|libraries| libraries.set);
        self.summary.imports = imports;
        self.summary.load_bytes = Some(load_bytes);
        Self { libraries, ..self }
    }

    /// The text of the module.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The digest of the module.
    pub fn digest(&self) -> AssetDigest {
        self.summary.digest
    }

    /// The text of the source map.
    pub fn source_map(&self) -> &str {
        &self.source_map
    }

    /// The digest of the source map.
    pub fn source_map_digest(&self) -> AssetDigest {
        self.source_map_digest
    }

    /// The text of the style sheet, if there is one.
    pub fn stylesheet(&self) -> Option<&str> {
        self.stylesheet.as_deref()
    }

    /// The files that it uses of a library set, if any.
    pub fn libraries(&self) -> Option<&UsedLibraries> {
        self.libraries.as_ref()
    }

    /// Its digests and sizes.
    pub fn summary(&self) -> &StoredModule {
        &self.summary
    }
}

/// A reviewed component: its source and setting, and the module compiled from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The source.
    pub source: ComponentSource,
    /// The language of the source.
    pub language: Language,
    /// Whether it is styled with Tailwind CSS.
    pub styles: Styles,
    /// The module that browsers load.
    pub module: CompiledModule,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_modules_digest_covers_its_code_and_its_source_map() {
        let module = CompiledModule::new("export default 1;".to_owned(), "{}");
        let map_digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"; // echo -n '{}' | sha256sum
        assert_eq!(module.source_map_digest().to_string(), map_digest);
        assert_eq!(module.code(), format!("export default 1;\n//# sourceMappingURL={map_digest}.js.map\n"));
        assert_eq!(module.digest(), AssetDigest::of(module.code()));
        assert_ne!(module.digest(), CompiledModule::new("export default 1;".to_owned(), "{ }").digest());
        assert_eq!(module.digest().module_path(), format!("/assets/widget/{}.js", module.digest()));
    }

    #[test]
    fn a_digest_has_exactly_one_text() {
        let text = "0123456789abcdef".repeat(4);
        assert_eq!(AssetDigest::parse(&text).unwrap().to_string(), text);
        let (short, long, upper) = (&text[1..], format!("{text}0"), text.to_uppercase());
        for wrong in ["", "..", short, &text[2..], &long, &upper, &"é".repeat(32), &"+f".repeat(32)] {
            assert!(AssetDigest::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_printed_digest_parses_to_the_same_digest(bytes: [u8; 32]) {
            prop_assert_eq!(AssetDigest::parse(&AssetDigest(bytes).to_string()).unwrap().0, bytes);
        }
    }
}
