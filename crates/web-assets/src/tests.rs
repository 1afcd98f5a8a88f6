//! Tests of the bundle. They fail if the crate was built without Node.js, which the project's tests need.

use std::collections::HashSet;

use super::*;

fn page(path: &str) -> &'static Asset {
    find(path).unwrap_or_else(|| panic!("{path} was not built: the tests need Node.js and npm"))
}

fn header(asset: &Asset, name: &str) -> &'static str {
    asset.policy.iter().find(|(header, _)| *header == name).map(|(_, value)| *value).unwrap_or_default()
}

#[test]
fn the_web_assets_are_built() {
    assert!(is_built() && tailwind().is_some());
    for path in ["/embed/v1.js", "/embed/v1/frame.html", "/demo"] {
        assert!(!page(path).identity.is_empty(), "{path}");
    }
}

#[test]
fn the_script_of_the_render_test_is_built() {
    let script = server_renderer().unwrap_or_default();
    assert!(script.contains("Each child in a list should have a unique"), "the development build warns");
    assert!(script.len() <= 210_000, "{} bytes", script.len());
}

#[test]
fn exactly_the_immutable_assets_have_a_hash_in_their_names() {
    let mut paths = HashSet::new();
    for asset in assets() {
        assert!(paths.insert(asset.path), "{} twice", asset.path);
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        let hash = name.rsplit_once('.').and_then(|(name, _)| name.rsplit_once('-')).map(|(_, hash)| hash);
        let hashed = hash.is_some_and(|hash| hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_eq!(asset.immutable, hashed, "{}", asset.path);
    }
}

#[test]
fn a_frame_with_react_loads_at_most_73_kilobytes() {
    let is_loaded = |path: &str| path == "/embed/v1.js" || path.starts_with("/embed/v1/frame-");
    let loaded = || assets().iter().filter(|asset| is_loaded(asset.path));
    let (gzip, brotli): (usize, usize) =
        (loaded().map(|asset| asset.gzip.len()).sum(), loaded().map(|asset| asset.brotli.len()).sum());
    assert!(page("/embed/v1.js").gzip.len() > 1000 && gzip > 10_000, "the filter finds the assets");
    assert!(gzip <= 72_600, "{gzip} bytes with gzip");
    assert!(brotli <= 63_400, "{brotli} bytes with Brotli");
}

#[test]
fn the_headers_of_the_frame_are_its_sandbox() {
    let frame = page("/embed/v1/frame.html");
    let csp = header(frame, "content-security-policy");
    for directive in [
        "default-src 'none'",
        "frame-src 'none'",
        "form-action 'none'",
        "sandbox allow-scripts allow-forms",
        "base-uri 'none'",
    ] {
        assert!(csp.split("; ").any(|part| part == directive), "{directive} in {csp}");
    }
    for weak in ["'unsafe-eval'", "wasm", "http:", "https:", "*", "allow-same-origin", "allow-popups"] {
        assert!(!csp.contains(weak), "{weak} in {csp}");
    }
    let scripts = csp.split("; ").find(|part| part.starts_with("script-src")).unwrap_or_default();
    for source in ["'unsafe-", "data:", "blob:", "'strict-dynamic'", "'nonce-"] {
        assert!(!scripts.contains(source), "{source} in {scripts}");
    }
    assert_eq!(header(frame, "connection-allowlist"), "(response-origin)");
}

#[test]
fn the_frame_contains_all_that_it_needs() {
    let text = std::str::from_utf8(page("/embed/v1/frame.html").identity).unwrap();
    for tag in ["<script src", "<link"] {
        assert!(!text.contains(tag), "{tag}");
    }
    // Only the frame's script imports a style sheet: that of the widget.
    let imports: Vec<_> =
        text.match_indices("@import").map(|(at, _)| text[at..].chars().take(16).collect::<String>()).collect();
    assert!(matches!(imports.as_slice(), [import] if import.contains("${")), "{imports:?}");
}

#[test]
fn every_asset_that_a_page_names_exists() {
    for page in [page("/demo")] {
        let text = std::str::from_utf8(page.identity).unwrap();
        let mut count = 0;
        for end in [".js", ".css"] {
            for (place, _) in text.match_indices(&format!("{end}\"")) {
                let name = text[..place].rsplit(['"', '\\']).next().unwrap_or_default();
                let path = format!("{}{end}", name.replace("./", "/embed/v1/"));
                assert!(find(&path).is_some(), "{path} of {}", page.path);
                count += 1;
            }
        }
        assert!(count >= 3, "the search finds names in {}", page.path);
    }
}
