//! What the rule makes of years of messages.

use super::{
    super::catalogue::{BEGINNING, END},
    *,
};

/// When the services of these tests begin: on a Thursday at midnight.
const BEGIN: Millis = 20_000 * DAY;
/// What a message adds to the primary key.
const ROW: i64 = 80;

fn partition(from: Millis, to: Millis) -> Partition {
    Partition { name: "message_of_a_test".to_owned(), index_bytes: 0, from: Some(from), to: Some(to) }
}

/// A table after its migration, the partition for the rest first.
fn migrated() -> Vec<Partition> {
    vec![partition(BEGIN + HOUR, END), partition(BEGINNING, BEGIN + HOUR)]
}

fn make(there: &mut Vec<Partition>, slot: Slot) {
    assert_eq!(there[0].from, Some(slot.from));
    assert!(slot.from < slot.to);
    there[0].from = Some(slot.to);
    there.push(partition(slot.from, slot.to));
}

/// Lives through so many days with so many messages in each of their hours.
fn live(days: i64, messages: impl Fn(i64) -> i64) -> Vec<Partition> {
    let mut there = migrated();
    for hour in 0..days * 24 {
        let now = BEGIN + hour * HOUR;
        for slot in Slot::missing(&there, now) {
            make(&mut there, slot);
        }
        let current = there.iter_mut().find(|partition| partition.from <= Some(now) && Some(now) < partition.to);
        current.expect("there is one for each moment").index_bytes += messages(hour) * ROW;
    }
    assert_eq!(there[0].index_bytes, 0, "nothing is left to the partition for the rest");
    there
}

fn longest(there: &[Partition]) -> Millis {
    there.iter().filter_map(Partition::times).map(|(from, to)| to - from).max().unwrap()
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
    let after = there.iter().filter(|partition| partition.times().is_some_and(|(from, _)| from > BEGIN + 95 * DAY));
    let after: Vec<_> = after.cloned().collect();
    assert!(!after.is_empty() && most(&after) <= 2 * ENOUGH, "{after:?}");
}

#[test]
fn no_partition_is_longer_than_28_days_however_far_the_clock_is_ahead() {
    for days in [10, 27, 28, 29, 60, 400, 20 * 365] {
        let mut there = live(60, |_| 4);
        let now = BEGIN + days * DAY + HOUR / 2;
        for _ in 0..days {
            for slot in Slot::missing(&there, now) {
                make(&mut there, slot);
            }
        }
        assert!(longest(&there) <= 28 * DAY, "{days}: {}", longest(&there) / DAY);
        assert!(there[0].from.unwrap() >= now + AHEAD, "{days}");
    }
}

#[test]
fn what_a_clock_made_that_was_ahead_is_taken_back_and_others_are_made_again() {
    let honest = live(60, |_| 4);
    let now = BEGIN + 60 * DAY;
    assert_eq!(Slot::too_far_ahead(&honest, now), []);
    let mut there = honest.clone();
    while let slots @ [_, ..] = &Slot::missing(&there, now + 20 * 365 * DAY)[..] {
        slots.iter().for_each(|slot| make(&mut there, *slot));
    }
    assert!(there.len() > honest.len() + 200);
    loop {
        let ahead: Vec<_> = Slot::too_far_ahead(&there, now).into_iter().map(|(_, slot)| slot).collect();
        let Some(last) = ahead.last() else { break };
        assert!(ahead.iter().all(|slot| slot.from == slot.to));
        there[0].from = Some(last.to);
        there.retain(|partition| partition.times().is_none_or(|(from, _)| from < last.to));
    }
    assert!(there[0].from.unwrap() <= now + FAR_AHEAD);
    assert!(Slot::missing(&there, there[0].from.unwrap()).len() == 1);
}

/// Such as releases before this rule left it.
#[test]
fn a_partition_of_years_that_is_in_use_ends_with_the_day() {
    let mut there = migrated();
    make(&mut there, Slot { from: BEGIN + HOUR, to: BEGIN + 20 * 365 * DAY });
    let now = BEGIN + 100 * DAY + HOUR;
    let ahead = Slot::too_far_ahead(&there, now);
    let slots: Vec<_> = ahead.iter().map(|(_, slot)| *slot).collect();
    assert_eq!(slots, [Slot { from: BEGIN + HOUR, to: BEGIN + 101 * DAY }]);
}

#[test]
fn nothing_is_made_where_somebody_else_has_laid_out_the_table() {
    let unknown = [Partition { from: None, ..partition(0, END) }, Partition { to: None, ..partition(0, END) }];
    for odd in unknown.into_iter().chain([partition(BEGINNING, END)]) {
        assert_eq!(Slot::missing(std::slice::from_ref(&odd), BEGIN), []);
        assert_eq!(Slot::too_far_ahead(&[odd], BEGIN), []);
    }
}

#[test]
fn a_partition_is_named_after_its_first_hour() {
    let slot = Slot { from: 1_760_954_400_000, to: 1_760_954_400_000 + DAY };
    assert_eq!(slot.name(), "message_2025102010");
}
