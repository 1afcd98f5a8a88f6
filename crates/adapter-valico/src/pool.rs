//! Compiled schemas that nobody is using, kept by digest.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::schema::SchemaDigest;

use crate::compiled::Compiled;

/// Most memory for idle schemas, in bytes, as [`Compiled`] counts it.
const CAPACITY: usize = 12 * 1024 * 1024;

/// The most recently used come last. There are at most a few hundred, and finding one takes less than a check.
#[derive(Default)]
pub(crate) struct Pool(Mutex<Vec<Idle>>);

struct Idle {
    digest: SchemaDigest,
    bytes: usize,
    compiled: Compiled,
}

impl Pool {
    pub(crate) fn take(&self, digest: SchemaDigest) -> Option<Compiled> {
        let mut idle = self.lock();
        let found = idle.iter().rposition(|idle| idle.digest == digest)?;
        Some(idle.remove(found).compiled)
    }

    pub(crate) fn put(&self, digest: SchemaDigest, compiled: Compiled) {
        let bytes = compiled.bytes;
        if bytes > CAPACITY {
            return;
        }
        let mut idle = self.lock();
        idle.push(Idle { digest, bytes, compiled });
        let mut kept: usize = idle.iter().map(|idle| idle.bytes).sum();
        let surplus = idle.iter().take_while(|oldest| {
            let is_surplus = kept > CAPACITY;
            kept -= oldest.bytes;
            is_surplus
        });
        let surplus = surplus.count();
        let dropped: Vec<Idle> = idle.drain(..surplus).collect();
        drop(idle);
        drop(dropped); // outside the lock: it may be thousands of small allocations
    }

    /// A thread that panicked with the lock has left the list as it was before or after one change: both are fine.
    fn lock(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    fn what_is_taken_is_nobody_elses() {
        let pool = Pool::default();
        let digest = schema(1).digest();
        pool.put(digest, Compiled::new(&schema(1)).unwrap());
        assert!(pool.take(digest).is_some());
        assert!(pool.take(digest).is_none());
    }

    #[test]
    fn memory_is_bounded_and_the_newest_stay() {
        let pool = Pool::default();
        for number in 0..1_000 {
            pool.put(schema(number).digest(), Compiled::new(&schema(number)).unwrap());
        }
        assert!(pool.lock().iter().map(|idle| idle.bytes).sum::<usize>() <= CAPACITY);
        assert!(pool.take(schema(999).digest()).is_some());
        assert!(pool.take(schema(0).digest()).is_none());
    }
}
