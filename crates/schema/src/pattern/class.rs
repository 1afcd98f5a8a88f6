//! Character classes, written without nesting.
//!
//! An escape such as `\w` inside brackets is written as ranges, never as a class within a class: nested classes are a syntax
//! of the engine alone. A checker that translates from ECMA-262 once more takes an inner `[` for that character.

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

/// A character or an escape, alone or inside brackets.
pub(super) enum ClassItem {
    Char(char),
    /// `\d`, `\W` and the like: the ranges, or their complement.
    Set {
        ranges: &'static [Range],
        negated: bool,
    },
    /// `\p{L}`, which the engine writes in the same way.
    Property(String),
}

/// A class in brackets.
#[derive(Default)]
pub(super) struct Class {
    ranges: Vec<Range>,
    properties: String,
}

impl Class {
    pub(super) fn add(&mut self, item: ClassItem) {
        match item {
            ClassItem::Char(c) => self.add_range(c, c),
            ClassItem::Set { ranges, negated: false } => self.ranges.extend(ranges),
            ClassItem::Set { ranges, negated: true } => self.ranges.extend(complement(ranges)),
            ClassItem::Property(text) => self.properties.push_str(&text),
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
fn complement(ranges: &[Range]) -> Vec<Range> {
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

/// Escapes everything but ASCII letters and digits, which are never syntax.
fn write_char(value: u32, out: &mut String) {
    match char::from_u32(value) {
        Some(c) if c.is_ascii_alphanumeric() => out.push(c),
        _ => {
            let _ = write!(out, r"\u{{{value:x}}}");
        }
    }
}
