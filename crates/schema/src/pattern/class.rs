//! Character classes, written flat.
//!
//! A class escape inside brackets is written out as ranges, never as a class within a class: nested classes are the
//! engine's own syntax, and a checker that itself translates from ECMA-262 takes an inner `[` for the character.

use std::fmt::Write as _;

type Range = (u32, u32);

pub(super) const DIGIT: &[Range] = &[(0x30, 0x39)];
pub(super) const WORD: &[Range] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
/// ECMA-262's `WhiteSpace` and `LineTerminator`.
pub(super) const SPACE: &[Range] = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];

/// What an escape or a character stands for.
pub(super) enum Member {
    Char(char),
    /// `\d`, `\W` and their like: the ranges, or all but them.
    Set {
        ranges: &'static [Range],
        negated: bool,
    },
    /// `\p{L}`, as the engine writes it too.
    Property(String),
}

/// The members of a bracketed class.
#[derive(Default)]
pub(super) struct Class {
    ranges: Vec<Range>,
    properties: String,
}

impl Class {
    pub(super) fn add(&mut self, member: Member) {
        match member {
            Member::Char(c) => self.add_range(c, c),
            Member::Set { ranges, negated: false } => self.ranges.extend(ranges),
            Member::Set { ranges, negated: true } => self.ranges.extend(all_but(ranges)),
            Member::Property(text) => self.properties.push_str(&text),
        }
    }

    pub(super) fn add_range(&mut self, first: char, last: char) {
        self.ranges.push((first.into(), last.into()));
    }

    pub(super) fn write(mut self, negated: bool, out: &mut String) {
        self.ranges.sort_unstable();
        out.push_str(if negated { "[^" } else { "[" });
        let mut ranges = self.ranges.into_iter().peekable();
        while let Some((first, mut last)) = ranges.next() {
            while let Some((_, end)) = ranges.next_if(|(start, _)| *start <= last + 1) {
                last = last.max(end);
            }
            write_range(first, last, out);
        }
        out.push_str(&self.properties);
        out.push(']');
    }
}

/// The ranges between sorted ranges.
fn all_but(ranges: &[Range]) -> Vec<Range> {
    let starts = std::iter::once(0).chain(ranges.iter().map(|range| range.1 + 1));
    let ends = ranges.iter().map(|range| range.0.wrapping_sub(1)).chain(std::iter::once(u32::from(char::MAX)));
    starts.zip(ends).filter(|(start, end)| start <= end).collect()
}

fn write_range(first: u32, last: u32, out: &mut String) {
    write_char(first, out);
    if last > first {
        out.push('-');
        write_char(last, out);
    }
}

/// Escaped unless no reader could take it for syntax.
fn write_char(value: u32, out: &mut String) {
    match char::from_u32(value) {
        Some(c) if c.is_ascii_alphanumeric() => out.push(c),
        _ => {
            let _ = write!(out, r"\u{{{value:x}}}");
        }
    }
}
