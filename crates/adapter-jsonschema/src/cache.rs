//! Compiled schemas, kept by digest.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::schema::{Schema, SchemaDigest};
use ports::CheckSchemaError;

use crate::compiled::Compiled;

/// Most memory for compiled schemas, in bytes, as [`Compiled`] counts it.
const CAPACITY: usize = 12 * 1024 * 1024;

/// A bounded cache: what was not asked for the longest goes first.
#[derive(Default)]
pub(crate) struct Cache {
    kept: RwLock<Kept>,
    clock: AtomicU64,
}

#[derive(Default)]
struct Kept {
    entries: HashMap<SchemaDigest, Entry>,
    bytes: usize,
}

struct Entry {
    compiled: Arc<Compiled>,
    bytes: usize,
    used: AtomicU64,
}

impl Cache {
    /// The compiled schema; compiles it when it is not there.
    pub(crate) fn get(&self, schema: &Schema) -> Result<Arc<Compiled>, CheckSchemaError> {
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        // A thread that panicked while it held the lock cannot have left more than an entry too many.
        if let Some(entry) = self.kept.read().unwrap_or_else(PoisonError::into_inner).entries.get(&schema.digest()) {
            entry.used.store(now, Ordering::Relaxed);
            return Ok(Arc::clone(&entry.compiled));
        }
        // Outside the lock: two threads may compile the same schema, which is better than both waiting.
        let compiled = Arc::new(Compiled::new(schema)?);
        let entry = Entry { bytes: compiled.bytes, compiled: Arc::clone(&compiled), used: AtomicU64::new(now) };
        self.kept.write().unwrap_or_else(PoisonError::into_inner).insert(schema.digest(), entry);
        Ok(compiled)
    }
}

impl Kept {
    fn insert(&mut self, digest: SchemaDigest, entry: Entry) {
        self.bytes += entry.bytes;
        if let Some(replaced) = self.entries.insert(digest, entry) {
            self.bytes -= replaced.bytes;
        }
        // The newest stays even when it alone is too large: it is about to be used.
        while self.bytes > CAPACITY && self.entries.len() > 1 {
            let by_use = self.entries.iter().map(|(digest, entry)| (entry.used.load(Ordering::Relaxed), *digest));
            let Some((_, oldest)) = by_use.min_by_key(|(used, _)| *used) else { return };
            if let Some(removed) = self.entries.remove(&oldest) {
                self.bytes -= removed.bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{json::JsonText, schema::Schema};

    use super::*;

    fn schema(number: usize) -> Schema {
        let text = format!(r#"{{"type":"object","required":["x{number}"]}}"#);
        Schema::parse(JsonText::from_stored(text)).unwrap().schema
    }

    #[test]
    fn a_schema_is_compiled_once() {
        let cache = Cache::default();
        let first = cache.get(&schema(1)).unwrap();
        assert!(Arc::ptr_eq(&first, &cache.get(&schema(1)).unwrap()));
    }

    #[test]
    fn memory_is_bounded_and_what_is_in_use_stays() {
        let cache = Cache::default();
        let hot = cache.get(&schema(0)).unwrap();
        for number in 1..4_000 {
            cache.get(&schema(number)).unwrap();
            if number % 100 == 0 {
                cache.get(&schema(0)).unwrap();
            }
        }
        let kept = cache.kept.read().unwrap();
        assert!(kept.bytes <= CAPACITY && kept.entries.len() > 1_000, "{} entries", kept.entries.len());
        assert_eq!(kept.bytes, kept.entries.values().map(|entry| entry.bytes).sum::<usize>());
        assert!(Arc::ptr_eq(&hot, &kept.entries[&schema(0).digest()].compiled));
    }
}
