use domain::time::Timestamp;

use super::{Millis, Partition};

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;

/// Partitions are made when what there is ends sooner than this.
const AHEAD: Millis = 6 * HOUR;

/// How long a partition may be. Each ends at a whole multiple of its length, so that processes whose clocks differ a little
/// make the same ones.
const LENGTHS: [Millis; 9] = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, LONGEST];
const LONGEST: Millis = 28 * DAY;
/// No partition that is made now reaches further than one of the longest, and clocks are set back by some days at most.
const FAR_AHEAD: Millis = 2 * LONGEST;
/// How many are made in one transaction, with sends and reads waiting.
const MAX_AT_ONCE: usize = 14;
/// While nothing is known of how many messages come.
const FIRST: usize = 4;

/// How large the primary key of a partition should become at most.
const ENOUGH: i64 = 512 * 1024 * 1024;
/// Or this part of all of them, if that is more: so the partitions stay few where messages are kept for good.
const PART: i64 = 64;

/// The ids from one time to before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) from: Millis,
    pub(super) to: Millis,
}

impl Slot {
    /// Those that are to be made, the oldest first, if what there is does not reach far enough: at most [`MAX_AT_ONCE`]. The
    /// first begins where the one for the rest does, so that there is a partition for every time.
    ///
    /// None is longer than the longest of [`LENGTHS`]: after a pause of the service there are several. A pause looks
    /// the same as a clock that is years ahead.
    pub(super) fn missing(there: &[Partition], now: Millis) -> Vec<Self> {
        let rest = there.iter().find(|partition| partition.is_rest() && !partition.is_first());
        let Some(mut from) = rest.and_then(|rest| rest.from) else { return Vec::new() };
        let length = length(there, now);
        let mut missing = Vec::new();
        while from < now + AHEAD && missing.len() < MAX_AT_ONCE {
            let to = (from.max(now) / length + 1).min((from + LONGEST) / length) * length;
            missing.push(Self { from, to });
            from = to;
        }
        missing
    }

    /// Those that reach further than any that is made now would, the last first, and where each is to end: at most
    /// [`MAX_AT_ONCE`]. A clock that was ahead made them, and while they are there no others are made.
    ///
    /// Where the end is the beginning, all of the partition is ahead. Else it ends with this day.
    pub(super) fn too_far_ahead(there: &[Partition], now: Millis) -> Vec<(&Partition, Self)> {
        let limit = now.saturating_add(FAR_AHEAD);
        let tonight = (now / DAY + 1) * DAY;
        let mut last_first: Vec<_> =
            there.iter().filter_map(|partition| Some((partition, partition.times()?))).collect();
        last_first.sort_by_key(|(_, (from, _))| std::cmp::Reverse(*from));
        // One that an operator made stays, and so do those before it: the one for the rest begins after them.
        let ahead = last_first.into_iter().take_while(|(partition, (_, to))| *to > limit && partition.is_ours());
        ahead
            .take(MAX_AT_ONCE)
            .map(|(partition, (from, _))| (partition, Self { from, to: from.max(tonight) }))
            .collect()
    }

    /// The partition's name: the hour at which it begins.
    pub(super) fn name(self) -> String {
        let time = Timestamp::from_micros(self.from.saturating_mul(1_000)).to_string();
        let digits: String = time.chars().filter(char::is_ascii_digit).take(10).collect();
        format!("message_{digits}")
    }
}

/// The longest that would not become too large if as many messages come as came until now: at most a step longer than the
/// last one, however quiet it was.
fn length(there: &[Partition], now: Millis) -> Millis {
    let all: i64 = there.iter().map(|partition| partition.index_bytes).sum();
    let enough = i128::from(ENOUGH.max(all / PART));
    // A quiet Sunday says little of the week, and a quiet week little of the day on which many came.
    let rates = [DAY, 7 * DAY].into_iter().filter_map(|window| bytes_an_hour(there, now - window, now));
    let Some(rate) = rates.max() else { return LENGTHS[FIRST] };
    let fitting = LENGTHS.iter().rposition(|&length| rate * i128::from(length / HOUR) <= enough).unwrap_or(0);
    let last = there.iter().filter_map(Partition::times).max();
    // One that is longer than any should be has a pause of the service in it.
    let step = last.and_then(|(from, to)| LENGTHS.iter().position(|&length| length >= to - from));
    let longest = step.map_or(FIRST, |step| step + 1);
    LENGTHS[fitting.min(longest).min(LENGTHS.len() - 1)]
}

/// By how much the primary keys grew between these times, if they can tell.
fn bytes_an_hour(there: &[Partition], from: Millis, now: Millis) -> Option<i128> {
    let (mut bytes, mut covered) = (0, 0);
    for partition in there {
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
