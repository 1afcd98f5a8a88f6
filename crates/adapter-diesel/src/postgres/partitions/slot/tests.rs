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
    Partition { name: String::new(), index_bytes: 0, from: Some(from), to: Some(to) }
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
        while let Some(slot) = Slot::missing(&there, now) {
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
fn a_pause_is_one_partition() {
    let mut there = live(30, |_| 100);
    let end = there[0].from.unwrap();
    let now = BEGIN + 400 * DAY + HOUR / 2;
    let slot = Slot::missing(&there, now).unwrap();
    assert_eq!(slot, Slot { from: end, to: slot.to });
    assert!(now < slot.to);
    make(&mut there, slot);
    assert_eq!(Slot::missing(&there, slot.to - AHEAD), None);
    assert!(Slot::missing(&there, slot.to - AHEAD + 1).is_some());
}

#[test]
fn nothing_is_made_where_somebody_else_has_laid_out_the_table() {
    let unknown = [Partition { from: None, ..partition(0, END) }, Partition { to: None, ..partition(0, END) }];
    for odd in unknown.into_iter().chain([partition(BEGINNING, END)]) {
        assert_eq!(Slot::missing(&[odd], BEGIN), None);
    }
}

#[test]
fn a_partition_is_named_after_its_first_hour() {
    let slot = Slot { from: 1_760_954_400_000, to: 1_760_954_400_000 + DAY };
    assert_eq!(slot.name(), "message_2025102010");
}
