//! What browsers load of the service: `<peer-widget>` (`/embed/v1.js`), the sandboxed frame with React, and the demo page.
//!
//! The sources are TypeScript, in `browser/`; `build.rs` bundles and embeds them when Node.js is there. docs/rendering.md tells how
//! the parts work together. The crate depends on none of ours and serves nothing itself.

/// A file with its compressed forms and its headers.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Where it is served, from the root of the service.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// The hash of its plain bytes, in hexadecimal digits.
    pub sha256: &'static str,
    /// Whether its name holds a hash of what is in it, so that it may be kept for ever.
    pub immutable: bool,
    /// Headers that a page is not to be served without: for the frame, they are the sandbox.
    pub policy: &'static [(&'static str, &'static str)],
    /// Its bytes, plain.
    pub identity: &'static [u8],
    /// Its bytes, compressed with gzip.
    pub gzip: &'static [u8],
    /// Its bytes, compressed with Brotli.
    pub brotli: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Everything there is; nothing if the crate was built without Node.js.
pub fn assets() -> &'static [Asset] {
    ASSETS
}

/// The asset that is served there.
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// Whether the browser part was built.
pub const fn is_built() -> bool {
    !ASSETS.is_empty()
}

#[cfg(test)]
mod tests;
