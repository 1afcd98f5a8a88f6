//! Simulates the rule over years of messages.

use super::{
    super::catalog::{BEGINNING, END},
    *,
};

/// When the simulated services start: on a Thursday at midnight.
const BEGIN: Millis = 20_000 * DAY;
/// The bytes that a message adds to the primary key.
const ROW: i64 = 80;

fn partition(from: Millis, to: Millis) -> Partition {
    Partition { name: "message_of_a_test".to_owned(), index_bytes: 0, from: Some(from), to: Some(to) }
}

/// A table after its migration, `message_rest` first.
fn migrated() -> Vec<Partition> {
    vec![partition(BEGIN + HOUR, END), partition(BEGINNING, BEGIN + HOUR)]
}

fn create(existing: &mut Vec<Partition>, range: TimeRange) {
    assert_eq!(existing[0].from, Some(range.from));
    assert!(range.from < range.to);
    existing[0].from = Some(range.to);
    existing.push(partition(range.from, range.to));
}

/// The partitions after `days` days with `messages(hour)` messages in each hour.
fn simulate(days: i64, messages: impl Fn(i64) -> i64) -> Vec<Partition> {
    let mut existing = migrated();
    for hour in 0..days * 24 {
        let now = BEGIN + hour * HOUR;
        for range in TimeRange::missing(&existing, now) {
            create(&mut existing, range);
        }
        let current = existing.iter_mut().find(|partition| partition.from <= Some(now) && Some(now) < partition.to);
        current.expect("a partition exists for each moment").index_bytes += messages(hour) * ROW;
    }
    assert_eq!(existing[0].index_bytes, 0, "no message is in the partition for the rest");
    existing
}

fn longest(existing: &[Partition]) -> Millis {
    existing.iter().filter_map(Partition::times).map(|(from, to)| to - from).max().unwrap()
}

fn largest(existing: &[Partition]) -> i64 {
    existing.iter().map(|partition| partition.index_bytes).max().unwrap()
}

#[test]
fn ten_years_of_few_messages_need_few_partitions() {
    let existing = simulate(3_650, |_| 4);
    assert!(existing.len() < 145, "{}", existing.len());
    assert_eq!(longest(&existing), 28 * DAY);
}

#[test]
fn no_partition_grows_too_large_at_ten_million_messages_a_day() {
    let existing = simulate(90, |_| 10_000_000 / 24);
    assert!(largest(&existing) <= 2 * MAX_INDEX_BYTES, "{}", largest(&existing));
    assert!(existing.len() < 200, "{}", existing.len());
}

#[test]
fn ten_years_of_ten_million_messages_a_day_need_some_hundred_partitions() {
    let existing = simulate(3_650, |_| 10_000_000 / 24);
    assert!(existing.len() < 800, "{}", existing.len());
}

#[test]
fn a_quiet_night_does_not_lower_the_rate() {
    let existing = simulate(60, |hour| if (8..18).contains(&(hour % 24)) { 1_000_000 } else { 0 });
    assert!(largest(&existing) <= 2 * MAX_INDEX_BYTES, "{}", largest(&existing));
}

#[test]
fn partitions_become_shorter_when_the_rate_grows_a_hundredfold() {
    let existing = simulate(120, |hour| if hour < 60 * 24 { 4_000 } else { 400_000 });
    let after = existing.iter().filter(|partition| partition.times().is_some_and(|(from, _)| from > BEGIN + 95 * DAY));
    let after: Vec<_> = after.cloned().collect();
    assert!(!after.is_empty() && largest(&after) <= 2 * MAX_INDEX_BYTES, "{after:?}");
}

#[test]
fn no_partition_is_longer_than_28_days_however_far_the_clock_is_ahead() {
    for days in [10, 27, 28, 29, 60, 400, 20 * 365] {
        let mut existing = simulate(60, |_| 4);
        let now = BEGIN + days * DAY + HOUR / 2;
        for _ in 0..days {
            for range in TimeRange::missing(&existing, now) {
                create(&mut existing, range);
            }
        }
        assert!(longest(&existing) <= 28 * DAY, "{days}: {}", longest(&existing) / DAY);
        assert!(existing[0].from.unwrap() >= now + MIN_AHEAD, "{days}");
    }
}

#[test]
fn partitions_of_a_clock_that_was_ahead_are_removed_and_created_again() {
    let honest = simulate(60, |_| 4);
    let now = BEGIN + 60 * DAY;
    assert_eq!(TimeRange::too_far_ahead(&honest, now), []);
    let mut existing = honest.clone();
    while let ranges @ [_, ..] = &TimeRange::missing(&existing, now + 20 * 365 * DAY)[..] {
        ranges.iter().for_each(|range| create(&mut existing, *range));
    }
    assert!(existing.len() > honest.len() + 200);
    loop {
        let ahead: Vec<_> = TimeRange::too_far_ahead(&existing, now).into_iter().map(|(_, range)| range).collect();
        let Some(last) = ahead.last() else { break };
        assert!(ahead.iter().all(|range| range.from == range.to));
        existing[0].from = Some(last.to);
        existing.retain(|partition| partition.times().is_none_or(|(from, _)| from < last.to));
    }
    assert!(existing[0].from.unwrap() <= now + MAX_AHEAD);
    assert!(TimeRange::missing(&existing, existing[0].from.unwrap()).len() == 1);
}

/// Releases before this rule could create one.
#[test]
fn a_partition_of_years_that_is_in_use_is_shortened_to_the_end_of_the_day() {
    let mut existing = migrated();
    create(&mut existing, TimeRange { from: BEGIN + HOUR, to: BEGIN + 20 * 365 * DAY });
    let now = BEGIN + 100 * DAY + HOUR;
    let ahead = TimeRange::too_far_ahead(&existing, now);
    let ranges: Vec<_> = ahead.iter().map(|(_, range)| *range).collect();
    assert_eq!(ranges, [TimeRange { from: BEGIN + HOUR, to: BEGIN + 101 * DAY }]);
}

#[test]
fn a_table_with_partitions_of_an_operator_is_left_alone() {
    let unknown = [Partition { from: None, ..partition(0, END) }, Partition { to: None, ..partition(0, END) }];
    for odd in unknown.into_iter().chain([partition(BEGINNING, END)]) {
        assert_eq!(TimeRange::missing(std::slice::from_ref(&odd), BEGIN), []);
        assert_eq!(TimeRange::too_far_ahead(&[odd], BEGIN), []);
    }
}

#[test]
fn a_partition_is_named_after_its_first_hour() {
    let range = TimeRange { from: 1_760_954_400_000, to: 1_760_954_400_000 + DAY };
    assert_eq!(range.name(), "message_2025102010");
}
