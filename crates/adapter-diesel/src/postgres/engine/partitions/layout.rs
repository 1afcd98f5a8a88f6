//! Which partitions should exist.

use domain::time::Timestamp;

use super::{Millis, Partition};

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;

/// Partitions are created when the existing ones end sooner than this.
const MIN_AHEAD: Millis = 6 * HOUR;

/// The possible lengths of a partition. A partition ends at a multiple of its length, so that processes whose clocks differ
/// slightly create the same ones.
const LENGTHS: [Millis; 9] = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, MAX_LENGTH];
const MAX_LENGTH: Millis = 28 * DAY;
/// The furthest end of a partition that a correct clock created. A new one ends within the longest length, and clocks are
/// set back by a few days at most.
const MAX_AHEAD: Millis = 2 * MAX_LENGTH;
/// The most partitions that one transaction creates or removes, while sends and reads wait.
const MAX_AT_ONCE: usize = 14;
/// The index of the length while the rate of messages is unknown.
const DEFAULT_LENGTH: usize = 4;

/// The maximal size of the primary key of a partition.
const MAX_INDEX_BYTES: i64 = 512 * 1024 * 1024;
/// One partition may always have this share of all primary keys: one 64th. It limits the number of partitions where messages
/// are never deleted.
const INDEX_SHARE_DIVISOR: i64 = 64;

/// The ids from one time to before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeRange {
    pub(super) from: Millis,
    pub(super) to: Millis,
}

impl TimeRange {
    /// The partitions to create, the oldest first, if the existing ones end too soon: at most [`MAX_AT_ONCE`]. The first
    /// starts where `message_rest` does, so that a partition exists for every time.
    ///
    /// None is longer than the longest of [`LENGTHS`]; after a pause of the service there are several. A pause looks like
    /// a clock that is years ahead.
    pub(super) fn missing(existing: &[Partition], now: Millis) -> Vec<Self> {
        let rest = existing.iter().find(|partition| partition.is_rest() && !partition.is_first());
        let Some(mut from) = rest.and_then(|rest| rest.from) else { return Vec::new() };
        let length = length(existing, now);
        let mut missing = Vec::new();
        while from < now + MIN_AHEAD && missing.len() < MAX_AT_ONCE {
            let to = (from.max(now) / length + 1).min((from + MAX_LENGTH) / length) * length;
            missing.push(Self { from, to });
            from = to;
        }
        missing
    }

    /// The partitions that reach further than a new one would, the last first, with their new bounds: at most
    /// [`MAX_AT_ONCE`]. A clock that was ahead created them, and while they exist no others are created.
    ///
    /// An empty range means that the whole partition is ahead. Otherwise it ends with the current day.
    pub(super) fn too_far_ahead(existing: &[Partition], now: Millis) -> Vec<(&Partition, Self)> {
        let limit = now.saturating_add(MAX_AHEAD);
        let tonight = (now / DAY + 1) * DAY;
        let mut last_first: Vec<_> =
            existing.iter().filter_map(|partition| Some((partition, partition.times()?))).collect();
        last_first.sort_by_key(|(_, (from, _))| std::cmp::Reverse(*from));
        // A partition of an operator stays, and so do those before it: `message_rest` starts after them.
        let ahead = last_first.into_iter().take_while(|(partition, (_, to))| *to > limit && partition.is_ours());
        ahead
            .take(MAX_AT_ONCE)
            .map(|(partition, (from, _))| (partition, Self { from, to: from.max(tonight) }))
            .collect()
    }

    /// The name of the partition: the hour at which it starts.
    pub(super) fn name(self) -> String {
        let time = Timestamp::from_micros(self.from.saturating_mul(1_000)).to_string();
        let digits: String = time.chars().filter(char::is_ascii_digit).take(10).collect();
        format!("message_{digits}")
    }
}

/// The longest length at which a partition would not become too large at the recent rate. At most one step longer than the
/// last partition.
fn length(existing: &[Partition], now: Millis) -> Millis {
    let all: i64 = existing.iter().map(|partition| partition.index_bytes).sum();
    let max_bytes = i128::from(MAX_INDEX_BYTES.max(all / INDEX_SHARE_DIVISOR));
    // The higher rate counts: a quiet Sunday does not predict the week, nor a quiet week a busy day.
    let rates = [DAY, 7 * DAY].into_iter().filter_map(|window| bytes_per_hour(existing, now - window, now));
    let Some(rate) = rates.max() else { return LENGTHS[DEFAULT_LENGTH] };
    let fitting = LENGTHS.iter().rposition(|&length| rate * i128::from(length / HOUR) <= max_bytes).unwrap_or(0);
    let last = existing.iter().filter_map(Partition::times).max();
    // A partition longer than the longest length contains a pause of the service.
    let step = last.and_then(|(from, to)| LENGTHS.iter().position(|&length| length >= to - from));
    let longest = step.map_or(DEFAULT_LENGTH, |step| step + 1);
    LENGTHS[fitting.min(longest).min(LENGTHS.len() - 1)]
}

/// The growth of the primary keys between these times; `None` if too little of the time is covered.
fn bytes_per_hour(existing: &[Partition], from: Millis, now: Millis) -> Option<i128> {
    let (mut bytes, mut covered) = (0, 0);
    for partition in existing {
        let Some((first, end)) = partition.times() else { continue };
        let end = end.min(now);
        let part = end - first.max(from);
        if part > 0 {
            bytes += i128::from(partition.index_bytes) * i128::from(part) / i128::from(end - first);
            covered += part;
        }
    }
    (covered >= HOUR).then(|| bytes * i128::from(HOUR) / i128::from(covered))
}

#[cfg(test)]
mod tests;
