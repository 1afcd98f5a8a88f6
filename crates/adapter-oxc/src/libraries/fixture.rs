//! A few libraries for tests.

use std::collections::BTreeMap;

use domain::{
    library::{Icons, Library, LibraryFile, LibrarySet},
    module::AssetDigest,
};

pub(crate) const CHARTS: AssetDigest = AssetDigest([1; 32]);
pub(crate) const ICONS: AssetDigest = AssetDigest([2; 32]);
pub(crate) const KIT: AssetDigest = AssetDigest([3; 32]);

pub(crate) fn set() -> LibrarySet {
    let library = |file, names| Library { package: "p", version: "1.0.0", license: "MIT", file, names };
    let file = |imports: &[AssetDigest]| LibraryFile { code: "export{}", gzip_bytes: 10, imports: imports.to_vec() };
    LibrarySet {
        number: 7,
        libraries: BTreeMap::from([
            ("recharts", library(Some(CHARTS), ["LineChart", "Line", "Label"].as_slice())),
            ("lucide-react", library(Some(ICONS), &["createLucideIcon"])),
            ("clsx", library(Some(KIT), &["clsx", "default"])),
            ("react-dom", library(None, &["createPortal"])),
            ("@/components/ui/button", library(Some(KIT), &["Button"])),
            ("@/components/ui/label", library(Some(KIT), &["Label"])),
            ("@/components/ui/sonner", library(Some(CHARTS), &["Toaster"])),
            ("@/components/ui/toaster", library(Some(KIT), &["Toaster", "ToasterProvider"])),
            ("@/components/ui/use-toast", library(Some(KIT), &["useToast"])),
            ("@/hooks/use-toast", library(Some(KIT), &["useToast"])),
            ("@/lib/utils", library(Some(KIT), &["cn"])),
        ]),
        files: BTreeMap::from([(CHARTS, file(&[KIT])), (ICONS, file(&[])), (KIT, file(&[]))]),
        icons: Some(Icons {
            specifier: "lucide-react",
            factory: ICONS,
            lines: "Camera\t[\"camera\",[[\"path\",{\"d\":\"M1 1\"}]]]\nMap\t[\"map\",[]]\nX\t[\"x\",[]]\n",
        }),
    }
}
