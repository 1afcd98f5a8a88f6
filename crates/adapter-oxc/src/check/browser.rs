//! The globals of browsers.

use std::sync::LazyLock;

/// Every global of Chromium, Firefox and WebKit, sorted, one a line. `tests/browser/globals.mjs` writes the file.
const NAMES: &str = include_str!("browser-globals.txt");

/// Globals that the frame deletes before a widget runs: `browser/frame/lockdown.ts` and `history.ts` of the web assets.
const DELETED: [&str; 7] = [
    "RTCIceTransport",
    "RTCPeerConnection",
    "WebAssembly",
    "WebTransport",
    "XSLTProcessor",
    "navigation",
    "webkitRTCPeerConnection",
];

static SORTED: LazyLock<Vec<&str>> = LazyLock::new(|| NAMES.lines().collect());

/// All names that a global of some browser has, sorted.
pub(super) fn globals() -> &'static [&'static str] {
    &SORTED
}

/// Whether some browser has the global.
pub(super) fn has_global(name: &str) -> bool {
    SORTED.binary_search(&name).is_ok()
}

/// Whether the frame deletes the global.
pub(super) fn is_deleted(name: &str) -> bool {
    DELETED.contains(&name)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_list_is_sorted_and_has_what_components_use() {
        assert!(globals().is_sorted());
        for name in ["document", "Math", "undefined", "arguments", "addEventListener", "structuredClone", "Intl"] {
            assert!(has_global(name), "{name}");
        }
        for name in ["process", "require", "module", "React", "global", "Buffer", ""] {
            assert!(!has_global(name), "{name}");
        }
    }

    #[test]
    fn the_deleted_globals_are_those_of_the_frame() {
        let frame = concat!(env!("CARGO_MANIFEST_DIR"), "/../web-assets/browser/frame");
        let source = ["lockdown.ts", "history.ts"].map(|file| fs::read_to_string(format!("{frame}/{file}")).unwrap());
        let list = source[0].split("GLOBALS = [").nth(1).unwrap().split(']').next().unwrap();
        let mut deleted: Vec<&str> = list.split('\'').skip(1).step_by(2).collect();
        assert!(source[1].contains("deleteProperty(window, 'navigation')"));
        deleted.push("navigation");
        deleted.sort_unstable();
        assert_eq!(deleted, DELETED);
    }
}
