//! What browsers load for versions, compressed once and cached in memory.

use std::{io::Write as _, sync::Arc};

use actix_web::web::Bytes;
use app::{AppError, Modules};
use domain::module::{AssetDigest, AssetKind};
use flate2::{Compression, write::GzEncoder};
use moka::sync::Cache;

/// Maximum size of the cache in bytes: some 300 modules of 12 KB with their compressed forms.
const MAX_CACHE_BYTES: u64 = 4 * 1024 * 1024;

/// Smaller texts are sent uncompressed: the overhead of gzip would outweigh the gain.
const MIN_COMPRESSED_BYTES: usize = 256;

/// Larger texts are compressed on a thread for blocking work: they take more than a millisecond.
const MAX_COMPRESSED_INLINE_BYTES: usize = 64 * 1024;

/// A text and its compressed forms.
#[derive(Debug, Clone)]
pub(super) struct Asset {
    pub(super) plain: Bytes,
    pub(super) gzip: Option<Bytes>,
    pub(super) brotli: Option<Bytes>,
}

/// The file of the library set that this program was built with, if it has this digest.
fn built_file(digest: AssetDigest) -> Option<Asset> {
    let file = web_assets::libraries()?.file(&digest.to_string())?;
    Some(Asset {
        plain: Bytes::from_static(file.code.as_bytes()),
        gzip: Some(Bytes::from_static(file.gzip)),
        brotli: Some(Bytes::from_static(file.brotli)),
    })
}

/// The cache. No entry can be stale, because an address is the hash of its content.
pub(super) struct Assets(Cache<(AssetKind, AssetDigest), Asset>);

impl Assets {
    pub(super) fn new() -> Self {
        let cache = Cache::builder()
            .max_capacity(MAX_CACHE_BYTES)
            .weigher(|_, asset: &Asset| {
                let bytes = asset.plain.len() + asset.gzip.as_ref().map_or(0, Bytes::len);
                u32::try_from(bytes).unwrap_or(u32::MAX)
            })
            .build();
        Self(cache)
    }

    /// The asset with this digest.
    pub(super) async fn get(&self, kind: AssetKind, digest: AssetDigest, modules: &Modules) -> Result<Asset, AppError> {
        if kind == AssetKind::LibraryFile
            && let Some(asset) = built_file(digest)
        {
            return Ok(asset);
        }
        if let Some(asset) = self.0.get(&(kind, digest)) {
            return Ok(asset);
        }
        let text = modules.asset(kind, digest).await?;
        let asset = match text.len() {
            ..MIN_COMPRESSED_BYTES => {
                Asset { plain: Bytes::copy_from_slice(text.as_bytes()), gzip: None, brotli: None }
            }
            MIN_COMPRESSED_BYTES..=MAX_COMPRESSED_INLINE_BYTES => compressed(&text),
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
    Asset { plain: Bytes::copy_from_slice(text.as_bytes()), gzip: gzip.map(Bytes::from), brotli: None }
}
