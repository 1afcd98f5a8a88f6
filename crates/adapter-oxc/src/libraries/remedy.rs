//! What to do about an import of something else than a library.

use domain::library::LibrarySet;

use super::is_stylesheet;
use super::specifier::{PARTS, PROJECT, is_own_file, of_kit};
use crate::check::{REACT, Rule, quoted, similar};

/// The violated rule, and the message about this specifier.
pub(super) fn of(set: &LibrarySet, specifier: &str) -> (Rule, String) {
    let name = quoted(specifier);
    let of_kit = of_kit(specifier);
    let part = of_kit.as_deref().and_then(|canonical| canonical.strip_prefix(PARTS));
    if is_stylesheet(specifier) {
        return (
            Rule::NoImport,
            format!("\"{name}\" is not loaded: write the class names as strings, and the rules into a `<style>`"),
        );
    }
    if part.is_none() && is_own_file(specifier) {
        return (Rule::NoImport, format!("A component is one file: put \"{name}\" into it"));
    }
    if set.is_empty() {
        let message = format!(
            "This service was built without libraries, so only \"react\" can be imported, not \"{name}\": put the code into the \
             component itself, or use what the browser has"
        );
        return (Rule::NoLibraries, message);
    }
    if let Some(part) = part {
        return (Rule::NoImport, no_part(set, part, &name));
    }
    if let Some(meant) = similar::closest(specifier, similar::MAX_ERRORS, set.libraries.keys().copied()) {
        return (Rule::NoImport, format!("There is no library \"{name}\": did you mean \"{meant}\"?"));
    }
    let message = match instead(specifier) {
        Some(instead) => format!("\"{name}\" cannot be imported: {instead}"),
        None => {
            format!("\"{name}\" cannot be imported. There is {}; put other code into the component itself", list(set))
        }
    };
    (Rule::NoImport, message)
}

fn no_part(set: &LibrarySet, part: &str, name: &str) -> String {
    let parts = set.libraries.keys().filter_map(|specifier| specifier.strip_prefix(PARTS));
    // Names of parts are short and alike: `spinner` is not `sonner`.
    match similar::closest(part, 1, parts.clone()) {
        Some(meant) => format!("There is no \"{name}\": did you mean \"{PARTS}{meant}\"?"),
        None => format!(
            "There is no \"{name}\": put it into the component itself, or use a part of the kit: {}",
            parts.collect::<Vec<_>>().join(", ")
        ),
    }
}

/// What a component can use instead of a package that models often import.
fn instead(specifier: &str) -> Option<&'static str> {
    Some(match specifier {
        "react-dom/client" | "react-dom/server" => "the service renders the default export itself",
        "prop-types" => "the schema describes the props",
        "react-router-dom" | "react-router" => "use `<a href>`; a link is given to the page",
        "axios" => "use `fetch`, and declare the origin in `resources.connect`",
        "moment" | "dayjs" | "luxon" => "use \"date-fns\" or `Intl.DateTimeFormat`",
        "styled-components" | "@emotion/react" | "@emotion/styled" => "use Tailwind's classes or a `<style>` element",
        _ if specifier.starts_with("@radix-ui/") || specifier == "radix-ui" => {
            "use the kit, such as \"@/components/ui/dialog\""
        }
        _ if specifier.starts_with("@heroicons/") || specifier.starts_with("react-icons/") => "use \"lucide-react\"",
        _ => return None,
    })
}

/// What can be imported, without the parts of the kit.
fn list(set: &LibrarySet) -> String {
    let names = set.libraries.keys().copied().filter(|specifier| !specifier.starts_with(PROJECT));
    let mut names: Vec<&str> = std::iter::once(REACT).chain(names.filter(|name| *name != REACT)).collect();
    names.extend(["the kit at \"@/components/ui/…\""]);
    names.join(", ")
}
