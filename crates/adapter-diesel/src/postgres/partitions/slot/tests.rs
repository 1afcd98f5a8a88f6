//! What the rule makes of years of messages.

use super::*;

/// When the services of these tests begin: on a Thursday at midnight.
const BEGIN: Millis = 20_000 * DAY;
/// What a message adds to the primary key.
const ROW: i64 = 80;

/// A table after its migration: a first partition without a beginning, and the default one.
fn migrated() -> Vec<Partition> {
    let first = Partition {
        name: "message_first".to_owned(),
        is_default: false,
        index_bytes: 0,
        from: None,
        to: Some(BEGIN + HOUR),
    };
    let default = Partition { name: "message_default".to_owned(), is_default: true, to: None, ..first.clone() };
    vec![first, default]
}

/// Lives through so many days with so many messages in each of their hours.
fn live(days: i64, messages: impl Fn(i64) -> i64) -> Vec<Partition> {
    let mut there = migrated();
    for hour in 0..days * 24 {
        let now = BEGIN + hour * HOUR;
        while let Some(slot) = Slot::missing(&there, now) {
            assert!(there.iter().all(|other| other.to.is_none_or(|to| to <= slot.from)), "{slot:?} overlaps");
            assert!(slot.from < slot.to);
            there.push(Partition {
                name: slot.name(),
                is_default: false,
                index_bytes: 0,
                from: Some(slot.from),
                to: Some(slot.to),
            });
        }
        let current = there.iter_mut().find(|partition| {
            partition.to.is_some_and(|to| now < to) && partition.from.is_none_or(|from| from <= now)
        });
        current.expect("there is one for each moment").index_bytes += messages(hour) * ROW;
    }
    there
}

fn longest(there: &[Partition]) -> Millis {
    there.iter().filter_map(|partition| Some(partition.to? - partition.from?)).max().unwrap()
}

fn most(there: &[Partition]) -> i64 {
    there.iter().map(|partition| partition.index_bytes).max().unwrap()
}

#[test]
fn a_few_messages_a_day_for_ten_years_make_few_partitions() {
    let there = live(3_650, |_| 4);
    assert!(there.len() < 145, "{}", there.len());
    assert_eq!(longest(&there), 28 * DAY);
}

#[test]
fn ten_million_a_day_do_not_gather_in_one_partition() {
    let there = live(90, |_| 10_000_000 / 24);
    assert!(most(&there) <= 2 * ENOUGH, "{}", most(&there));
    assert!(there.len() < 200, "{}", there.len());
}

#[test]
fn ten_million_a_day_kept_for_ten_years_make_some_hundred_partitions() {
    let there = live(3_650, |_| 10_000_000 / 24);
    assert!(there.len() < 800, "{}", there.len());
}

#[test]
fn what_comes_by_day_only_is_not_taken_for_little_at_night() {
    let there = live(60, |hour| if (8..18).contains(&(hour % 24)) { 1_000_000 } else { 0 });
    assert!(most(&there) <= 2 * ENOUGH, "{}", most(&there));
}

#[test]
fn a_service_that_grows_a_hundredfold_has_shorter_partitions_from_the_next_on() {
    let there = live(120, |hour| if hour < 60 * 24 { 4_000 } else { 400_000 });
    let after = there.iter().filter(|partition| partition.from.is_some_and(|from| from > BEGIN + 95 * DAY));
    let after: Vec<_> = after.cloned().collect();
    assert!(!after.is_empty() && most(&after) <= 2 * ENOUGH, "{after:?}");
}

#[test]
fn a_pause_makes_no_partitions_for_itself() {
    let mut there = live(30, |_| 100);
    let now = BEGIN + 400 * DAY + HOUR / 2;
    let slot = Slot::missing(&there, now).unwrap();
    assert_eq!(slot.from, BEGIN + 400 * DAY);
    there.push(Partition { from: Some(slot.from), to: Some(slot.to), ..there[0].clone() });
    assert!(Slot::missing(&there, slot.to - AHEAD).is_none());
    assert!(Slot::missing(&there, slot.to - AHEAD + 1).is_some());
}

#[test]
fn nothing_is_made_beside_a_partition_without_an_end() {
    let mut there = migrated();
    there[0].to = None;
    assert_eq!(Slot::missing(&there, BEGIN), None);
}

#[test]
fn a_partition_is_named_after_its_first_hour() {
    let slot = Slot { from: 1_760_954_400_000, to: 1_760_954_400_000 + DAY };
    assert_eq!(slot.name(), "message_2025102010");
}

#[test]
fn a_partition_that_would_begin_among_others_messages_begins_at_the_hour_after_them() {
    let slot = Slot { from: BEGIN, to: BEGIN + DAY };
    assert_eq!(slot.behind(BEGIN + HOUR / 2), Slot { from: BEGIN + HOUR, to: BEGIN + DAY });
    assert_eq!(slot.behind(BEGIN + DAY - 1), Slot { from: BEGIN + DAY, to: BEGIN + 2 * DAY });
    assert_eq!(slot.behind(BEGIN + 40 * DAY).from, BEGIN + 40 * DAY + HOUR);
}
