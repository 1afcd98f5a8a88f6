//! Modules: the ES modules that browsers load to render a version of a widget, addressed by the digest of their content.

use std::{fmt, sync::Arc};

use schema::field::Invalid;
use sha2::{Digest as _, Sha256};

use crate::component::ComponentSource;

/// The folder of modules and source maps in URLs.
const FOLDER: &str = "/assets/widget/";

/// SHA-256 of the served bytes of a module or a source map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleDigest(pub [u8; 32]);

impl ModuleDigest {
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
}

fn unreadable() -> Invalid {
    Invalid::new("Expected 64 hexadecimal digits in lower case")
}

impl fmt::Display for ModuleDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ModuleDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A component compiled to an ES module, and its source map.
///
/// The last line of the module names the source map by its digest, and the source map contains the source. So sources that
/// differ, even if only in a comment, have different modules, and no caller is shown the source of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledModule {
    code: Arc<str>,
    digest: ModuleDigest,
    source_map: Arc<str>,
    source_map_digest: ModuleDigest,
}

impl CompiledModule {
    /// Creates the module from code that does not name its source map yet, and the source map (ECMA-426).
    pub fn new(mut code: String, source_map: &str) -> Self {
        let source_map_digest = ModuleDigest::of(source_map);
        if !code.ends_with('\n') {
            code.push('\n');
        }
        code.push_str(&format!("//# sourceMappingURL={source_map_digest}.js.map\n"));
        Self { digest: ModuleDigest::of(&code), code: code.into(), source_map: source_map.into(), source_map_digest }
    }

    /// The text of the module.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The digest of the module.
    pub fn digest(&self) -> ModuleDigest {
        self.digest
    }

    /// The text of the source map.
    pub fn source_map(&self) -> &str {
        &self.source_map
    }

    /// The digest of the source map.
    pub fn source_map_digest(&self) -> ModuleDigest {
        self.source_map_digest
    }
}

/// A reviewed component: its source, and the module compiled from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The JSX source.
    pub source: ComponentSource,
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
        assert_eq!(module.digest(), ModuleDigest::of(module.code()));
        assert_ne!(module.digest(), CompiledModule::new("export default 1;".to_owned(), "{ }").digest());
        assert_eq!(module.digest().module_path(), format!("/assets/widget/{}.js", module.digest()));
    }

    #[test]
    fn a_digest_has_exactly_one_text() {
        let text = "0123456789abcdef".repeat(4);
        assert_eq!(ModuleDigest::parse(&text).unwrap().to_string(), text);
        let (short, long, upper) = (&text[1..], format!("{text}0"), text.to_uppercase());
        for wrong in ["", "..", short, &text[2..], &long, &upper, &"é".repeat(32), &"+f".repeat(32)] {
            assert!(ModuleDigest::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_printed_digest_parses_to_the_same_digest(bytes: [u8; 32]) {
            prop_assert_eq!(ModuleDigest::parse(&ModuleDigest(bytes).to_string()).unwrap().0, bytes);
        }
    }
}
