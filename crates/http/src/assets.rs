//! Modules and source maps as they are sent: compressed once, and kept in memory as long as they are asked for.

use std::{io::Write as _, sync::Arc};

use actix_web::web::Bytes;
use app::{AppError, Modules};
use domain::module::ModuleDigest;
use flate2::{Compression, write::GzEncoder};
use moka::sync::Cache;

/// Memory for what is asked for: some 300 modules of 12 KB with their compressed forms. The rest is read again.
const MEMORY_BYTES: u64 = 4 * 1024 * 1024;

/// What is smaller is sent as it is: two heads and a dictionary would outweigh the gain.
const WORTH_COMPRESSING: usize = 256;

/// What is larger takes more than a millisecond, and a worker thread that compresses answers nobody else.
const COMPRESSED_ASIDE: usize = 64 * 1024;

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Module,
    SourceMap,
}

impl Kind {
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Module => "text/javascript; charset=utf-8",
            Self::SourceMap => "application/json",
        }
    }
}

/// A text in the forms in which it is sent.
#[derive(Debug, Clone)]
pub(super) struct Asset {
    pub(super) plain: Bytes,
    pub(super) gzip: Option<Bytes>,
}

/// What was asked for of late. Nothing in it can be out of date: an address names its content.
pub(super) struct Assets(Cache<(Kind, ModuleDigest), Asset>);

impl Assets {
    pub(super) fn new() -> Self {
        let cache = Cache::builder()
            .max_capacity(MEMORY_BYTES)
            .weigher(|_, asset: &Asset| {
                let bytes = asset.plain.len() + asset.gzip.as_ref().map_or(0, Bytes::len);
                u32::try_from(bytes).unwrap_or(u32::MAX)
            })
            .build();
        Self(cache)
    }

    /// The asset with this digest.
    pub(super) async fn get(&self, kind: Kind, digest: ModuleDigest, modules: &Modules) -> Result<Asset, AppError> {
        if let Some(asset) = self.0.get(&(kind, digest)) {
            return Ok(asset);
        }
        let text = match kind {
            Kind::Module => modules.code(digest).await?,
            Kind::SourceMap => modules.source_map(digest).await?,
        };
        let asset = match text.len() {
            ..WORTH_COMPRESSING => Asset { plain: Bytes::copy_from_slice(text.as_bytes()), gzip: None },
            WORTH_COMPRESSING..=COMPRESSED_ASIDE => compressed(&text),
            _ => {
                let compressing = tokio::task::spawn_blocking(move || compressed(&text));
                compressing.await.map_err(|error| AppError::Internal(error.to_string()))?
            }
        };
        self.0.insert((kind, digest), asset.clone());
        Ok(asset)
    }
}

fn compressed(text: &Arc<str>) -> Asset {
    let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 3), Compression::default());
    // Writing to memory does not fail; if it did, the plain form would be sent.
    let gzip = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).ok();
    Asset { plain: Bytes::copy_from_slice(text.as_bytes()), gzip: gzip.map(Bytes::from) }
}
