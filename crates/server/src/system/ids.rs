//! Ids from the clock and the operating system's random number generator.

use std::sync::{Arc, Mutex, PoisonError};

use ports::{Clock, IdSource};
use uuid::{ContextV7, Timestamp, Uuid};

/// Maximum step back of the clock, in milliseconds, across which ids still ascend.
const MAX_STEP_BACK_MILLIS: u64 = 1_000;

/// Generates ids from the clock and the operating system's random number generator.
///
/// Ids of one process ascend, even within a millisecond and after the clock steps back by up to a second. When the clock steps
/// back further, ids go back with it: otherwise, after a clock was ahead for a moment, the process would generate ids of that
/// time until it ends.
pub struct OsIds {
    clock: Arc<dyn Clock>,
    sequence: Mutex<Sequence>,
}

struct Sequence {
    context: ContextV7,
    last_millis: u64,
}

impl OsIds {
    /// Creates a source of ids with the time of this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, sequence: Mutex::new(Sequence { context: ContextV7::new(), last_millis: 0 }) }
    }
}

impl IdSource for OsIds {
    fn next_uuid(&self) -> Uuid {
        // A panic cannot leave the sequence in an inconsistent state.
        let mut sequence = self.sequence.lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock: otherwise a thread that waits for it would look like a clock that stepped back.
        let millis = self.clock.now().as_unix_millis();
        if sequence.last_millis > millis + MAX_STEP_BACK_MILLIS {
            *sequence = Sequence { context: ContextV7::new(), last_millis: millis };
        }
        sequence.last_millis = sequence.last_millis.max(millis);
        let subsec_nanos = (millis % 1_000) as u32 * 1_000_000;
        Uuid::new_v7(Timestamp::from_unix(&sequence.context, millis / 1_000, subsec_nanos))
    }

    fn secret_bits(&self) -> u128 {
        random_bits()
    }
}

fn random_bits() -> u128 {
    let mut bytes = [0; 16];
    // Without secure random bits no key may be created, and there is no fallback.
    getrandom::fill(&mut bytes).expect("the operating system has a secure generator from boot on");
    u128::from_ne_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, thread};

    use domain::time::Timestamp as Time;
    use ports::MockClock;
    use uuid::{Variant, Version};

    use super::*;
    use crate::system::SystemClock;

    fn ids_at(times: &'static [i64]) -> OsIds {
        let mut clock = MockClock::new();
        let mut times = times.iter();
        clock.expect_now().returning(move || Time::from_micros(*times.next().unwrap()));
        OsIds::new(Arc::new(clock))
    }

    fn millis(id: Uuid) -> u128 {
        id.as_u128() >> 80
    }

    #[test]
    fn an_id_is_a_uuid_of_version_7_with_the_clocks_time() {
        let id = ids_at(&[1_760_954_400_123_999]).next_uuid();
        assert_eq!(id.get_version(), Some(Version::SortRand));
        assert_eq!(id.get_variant(), Variant::RFC4122);
        assert_eq!(millis(id), 1_760_954_400_123);
    }

    #[test]
    fn ids_ascend_even_when_the_clock_steps_back_by_up_to_a_second() {
        let ids = ids_at(&[5_000_000, 5_000_000, 4_000_000, 4_999_000, 5_001_000]);
        let made: Vec<Uuid> = (0..5).map(|_| ids.next_uuid()).collect();
        assert!(made.is_sorted_by(|a, b| a < b), "{made:?}");
        assert_eq!(made.into_iter().map(millis).collect::<Vec<_>>(), [5_000, 5_000, 5_000, 5_000, 5_001]);
    }

    #[test]
    fn ids_go_back_with_a_clock_that_was_ahead_for_a_moment() {
        const DAY: i64 = 86_400_000_000;
        let ids = ids_at(&[5_000_000, 5_000_000 + DAY, 5_002_000, 5_002_000, 5_003_000]);
        let made: Vec<u128> = (0..5).map(|_| millis(ids.next_uuid())).collect();
        assert_eq!(made, [5_000, 86_405_000, 5_002, 5_002, 5_003]);
    }

    #[test]
    fn ids_of_many_threads_are_unique_and_ascend_in_each() {
        let ids = OsIds::new(Arc::new(SystemClock));
        let made: Vec<Vec<Uuid>> = thread::scope(|scope| {
            let threads: Vec<_> =
                (0..8).map(|_| scope.spawn(|| (0..5_000).map(|_| ids.next_uuid()).collect::<Vec<_>>())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(made.iter().all(|ids| ids.is_sorted_by(|a, b| a < b)));
        assert_eq!(made.iter().flatten().collect::<HashSet<_>>().len(), 40_000);
    }

    #[test]
    fn two_processes_generate_different_ids() {
        let time: &[i64] = &[1_000_000];
        assert_ne!(ids_at(time).next_uuid(), ids_at(time).next_uuid());
    }

    #[test]
    fn secrets_use_all_their_bits() {
        let ids = ids_at(&[]);
        let (ones, zeros) = (0..64).fold((0, 0), |(ones, zeros), _| {
            let bits = ids.secret_bits();
            (ones | bits, zeros | !bits)
        });
        assert_eq!((ones, zeros), (u128::MAX, u128::MAX));
    }
}
