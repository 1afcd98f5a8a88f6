//! The library set that this program was built with.

use std::sync::{Arc, LazyLock};

use domain::{
    library::{Icons, Library, LibraryFile, LibrarySet},
    module::AssetDigest,
};

/// The library set, empty if the program was built without web assets.
pub(crate) fn libraries() -> Arc<LibrarySet> {
    static SET: LazyLock<Arc<LibrarySet>> =
        LazyLock::new(|| Arc::new(web_assets::libraries().map_or_else(LibrarySet::default, read)));
    Arc::clone(&SET)
}

fn read(built: &'static web_assets::Libraries) -> LibrarySet {
    // JSX is compiled to imports of the runtime. No component imports it itself.
    let importable = built.modules.iter().filter(|module| module.specifier != "react/jsx-runtime");
    let libraries = importable.map(|module| {
        let web_assets::LibraryModule { specifier, package, version, license, file, names } = *module;
        (specifier, Library { package, version, license, file: file.map(digest), names })
    });
    let files = built.files.iter().map(|file| {
        let imports = file.imports.iter().copied().map(digest).collect();
        (digest(file.sha256), LibraryFile { code: file.code, gzip_bytes: file.gzip.len() as u64, imports })
    });
    LibrarySet {
        number: built.set,
        libraries: libraries.collect(),
        files: files.collect(),
        icons: Some(Icons { specifier: "lucide-react", factory: digest(built.icon_factory), lines: built.icons }),
    }
}

fn digest(sha256: &str) -> AssetDigest {
    AssetDigest::parse(sha256).expect("the build writes digests")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_digest_and_every_icon_is_found() {
        let set = libraries();
        assert!(!set.is_empty(), "the tests need Node.js and npm");
        for (digest, file) in &set.files {
            assert_eq!(AssetDigest::of(file.code), *digest);
            assert!(file.imports.iter().all(|import| set.files.contains_key(import)));
        }
        let icons = set.icons.unwrap();
        assert!(set.files.contains_key(&icons.factory));
        assert!(icons.names().all(|name| icons.find(name).is_some()));
        for names in [["Camera", "CameraIcon", "LucideCamera"], ["Home", "House", "LucideHome"]] {
            assert!(names.iter().all(|name| icons.find(name) == icons.find(names[0])), "{names:?}");
        }
        assert!(["", "Zzz", "camera", "icons"].iter().all(|unknown| icons.find(unknown).is_none()));
        for (specifier, library) in &set.libraries {
            assert!(library.file.is_none_or(|file| set.files.contains_key(&file)), "{specifier}");
        }
    }
}
