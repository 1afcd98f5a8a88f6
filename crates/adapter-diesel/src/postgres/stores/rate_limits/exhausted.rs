use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use domain::{
    id::ApiKeyId,
    rate_limit::{LimitClass, RateLimit, RateWindow},
    time::Timestamp,
};

/// The most windows that are remembered: about a megabyte.
const MAX_WINDOWS: usize = 10_000;

/// The windows that are known to be used up. A request that finds none here asks the database, so forgetting one is no
/// error.
#[derive(Default)]
pub(super) struct Exhausted(RwLock<HashMap<(ApiKeyId, LimitClass), (RateLimit, RateWindow)>>);

impl Exhausted {
    /// The current window, if it is known to be used up for this limit.
    pub(super) fn window(&self, of: (ApiKeyId, LimitClass), limit: RateLimit, now: Timestamp) -> Option<RateWindow> {
        // A panic cannot leave an entry half written.
        let windows = self.0.read().unwrap_or_else(PoisonError::into_inner);
        windows.get(&of).filter(|(known, window)| *known == limit && window.holds(now)).map(|(_, window)| *window)
    }

    pub(super) fn remember(&self, of: (ApiKeyId, LimitClass), limit: RateLimit, window: RateWindow, now: Timestamp) {
        let mut windows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MAX_WINDOWS && !windows.contains_key(&of) {
            windows.retain(|_, (_, window)| window.holds(now));
            // If the sweep removes only a few, the next calls would sweep again for nothing.
            if windows.len() > MAX_WINDOWS / 2 {
                windows.clear();
            }
        }
        windows.insert(of, (limit, window));
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const LIMIT: RateLimit = RateLimit { requests: 1, window_seconds: 10 };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn list(number: u128) -> (ApiKeyId, LimitClass) {
        (ApiKeyId::from_uuid(Uuid::from_u128(number)), LimitClass::List)
    }

    #[test]
    fn a_window_is_remembered_to_its_end_and_for_its_limit() {
        let exhausted = Exhausted::default();
        let window = RateWindow::begin(at(100), LIMIT);
        exhausted.remember(list(1), LIMIT, window, at(100));
        assert_eq!(exhausted.window(list(1), LIMIT, at(109)), Some(window));
        assert_eq!(exhausted.window(list(1), LIMIT, at(110)), None);
        assert_eq!(exhausted.window(list(1), LIMIT, at(1)), None, "a clock that was set far back");
        assert_eq!(exhausted.window(list(1), RateLimit { requests: 2, ..LIMIT }, at(105)), None);
        assert_eq!(exhausted.window((list(1).0, LimitClass::Write), LIMIT, at(105)), None);
        assert_eq!(exhausted.window(list(2), LIMIT, at(105)), None);
    }

    #[test]
    fn the_number_of_remembered_windows_is_bounded() {
        let exhausted = Exhausted::default();
        for number in 0..35_000 {
            let now = at(i64::try_from(number / 1_000).unwrap());
            let window = RateWindow::begin(now, LIMIT);
            exhausted.remember(list(number), LIMIT, window, now);
            assert_eq!(exhausted.window(list(number), LIMIT, now), Some(window));
            assert!(exhausted.0.read().unwrap().len() <= MAX_WINDOWS);
        }
    }
}
