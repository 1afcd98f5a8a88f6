//! The web assets: `<peer-widget>` (`/embed/v1.js`), the sandboxed frame with React, and the demo page.
//!
//! The sources are TypeScript in `browser/`, and in `renderer/` for the render test. `build.rs` bundles and embeds them if Node.js is
//! installed. docs/rendering.md explains how the parts work together. The crate `http` serves the assets.

/// A file with its compressed forms and its headers.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// The path at which the service serves it.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// SHA-256 of the uncompressed bytes, in hexadecimal digits.
    pub sha256: &'static str,
    /// Whether its name contains a hash of its content, so that browsers may cache it permanently.
    pub immutable: bool,
    /// Headers that every response with the asset must have. For the frame they are the sandbox.
    pub policy: &'static [(&'static str, &'static str)],
    /// The uncompressed bytes.
    pub identity: &'static [u8],
    /// The bytes compressed with gzip.
    pub gzip: &'static [u8],
    /// The bytes compressed with Brotli.
    pub brotli: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

static SERVER_RENDERER: Option<&str> = include!(concat!(env!("OUT_DIR"), "/renderer.rs"));

/// All assets; none if the crate was built without Node.js.
pub fn assets() -> &'static [Asset] {
    ASSETS
}

/// The asset with this path.
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// The script of the render test, for QuickJS: React's server renderer; none if the crate was built without Node.js.
pub const fn server_renderer() -> Option<&'static str> {
    SERVER_RENDERER
}

/// Whether the web assets were built.
pub const fn is_built() -> bool {
    !ASSETS.is_empty()
}

#[cfg(test)]
mod tests;
