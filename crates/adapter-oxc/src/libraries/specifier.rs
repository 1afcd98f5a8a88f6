//! What authors write for the kit's modules. Models write the paths of many projects, such as `../ui/card`.

use std::borrow::Cow;

use domain::library::LibrarySet;

/// What every specifier of the kit begins with.
pub(super) const PROJECT: &str = "@/";

/// The folder of the kit's parts.
pub(super) const PARTS: &str = "@/components/ui/";

/// What a specifier of the author's project begins with. The last two are packages of its repository.
const OWN: [&str; 10] = ["@/", "~/", "./", "../", "/", "#", "src/", "components/", "@workspace/ui/", "@repo/ui/"];

/// The specifier under which the set has a module: that of the kit if the kit has it, else the one that the author wrote.
pub(crate) fn canonical<'s>(set: &LibrarySet, specifier: &'s str) -> Cow<'s, str> {
    match of_kit(specifier).filter(|canonical| set.library(canonical).is_some()) {
        Some(canonical) => Cow::Owned(canonical),
        None => Cow::Borrowed(specifier),
    }
}

/// The kit's specifier for a file of the author's project that the kit may have: a part, `lib/utils` or a hook.
pub(super) fn of_kit(specifier: &str) -> Option<String> {
    if !is_own_file(specifier) {
        return None;
    }
    let path = [".tsx", ".jsx", ".ts", ".js"].iter().find_map(|it| specifier.strip_suffix(it)).unwrap_or(specifier);
    let mut segments = path.rsplit('/');
    let name = segments.next().filter(|name| !name.is_empty())?;
    match (segments.next()?, segments.next()) {
        ("ui", _) | ("components", Some("ui")) => Some(format!("{PARTS}{name}")),
        ("lib", _) if matches!(name, "utils" | "cn") => Some("@/lib/utils".to_owned()),
        ("hooks", _) if name.starts_with("use-") => Some(format!("@/hooks/{name}")),
        _ => None,
    }
}

/// Whether the specifier names a file of the author's project.
pub(super) fn is_own_file(specifier: &str) -> bool {
    OWN.iter().any(|start| specifier.starts_with(start)) || matches!(specifier, "." | "..")
}
