//! Dates and times of RFC 3339.

pub(super) fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't']).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(4, '-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `HH:MM:SS[.fraction](Z|±HH:MM)`. A leap second (60) is valid only at 23:59 UTC.
pub(super) fn is_time(text: &str) -> bool {
    let Some(zone_at) = text.find(['Z', 'z', '+', '-']) else { return false };
    let (clock, zone) = text.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let parts: Vec<&str> = clock.splitn(4, ':').collect();
    let [hour, minute, second] = parts.as_slice() else { return false };
    let (Some(hour), Some(minute), Some(second)) = (digits(hour, 2), digits(minute, 2), digits(second, 2)) else {
        return false;
    };
    let Some(offset) = offset_minutes(zone) else { return false };
    let utc = (i64::from(hour * 60 + minute) - offset).rem_euclid(24 * 60);
    hour < 24 && minute < 60 && (second < 60 || (second == 60 && utc == 23 * 60 + 59))
}

fn offset_minutes(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let offset = i64::from(hours * 60 + minutes);
    (hours < 24 && minutes < 60).then_some(if zone.starts_with('-') { -offset } else { offset })
}

/// What is wrong with a `date-time`.
pub(super) fn date_time_fault(text: &str) -> &'static str {
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return match text.split_once(' ') {
            _ if is_date(text) => "the time is missing, as in '2025-10-20T10:00:00Z'",
            Some((date, _)) if is_date(date) => "a 'T' is missing between date and time, as in '2025-10-20T10:00:00Z'",
            _ => "a text such as '2025-10-20T10:00:00Z' is expected",
        };
    };
    if is_date(date) { time_fault(time) } else { date_fault(date) }
}

/// What is wrong with a `date`.
pub(super) fn date_fault(text: &str) -> &'static str {
    let is_written = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    match text.get(..10) {
        _ if is_written => "the date does not exist",
        Some(date) if is_date(date) => "only the date is expected, as in '2025-10-20'",
        _ => "the date is not year, month and day as in '2025-10-20'",
    }
}

/// What is wrong with a `time`.
pub(super) fn time_fault(text: &str) -> &'static str {
    let (clock, zone) = text.split_at(text.find(['Z', 'z', '+', '-']).unwrap_or(text.len()));
    let whole = clock.split_once('.').map_or(clock, |(whole, _)| whole);
    let parts: Vec<&str> = whole.splitn(4, ':').collect();
    let are_written = parts.iter().all(|part| digits(part, 2).is_some());
    match (are_written, parts.len(), zone.is_empty()) {
        (true, 2, true) => "the seconds and the time zone are missing, as in '10:00:00Z'",
        (true, 2, false) => "the seconds are missing, as in '10:00:00Z'",
        (true, 3, true) => "the time zone is missing: 'Z' for UTC, or an offset such as '+02:00'",
        (true, 3, false) if offset_minutes(zone).is_none() => {
            "the time zone is neither 'Z' nor an offset such as '+02:00'"
        }
        (true, 3, false) => "the time does not exist",
        _ => "the time is not written as in '10:00:00Z'",
    }
}

/// Exactly `length` decimal digits.
fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}
