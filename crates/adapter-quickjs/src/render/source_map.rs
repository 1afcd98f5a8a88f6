//! Positions in a component's source, by the source map of its module (ECMA-426).

use std::borrow::Cow;

use ports::SourcePosition;
use serde::Deserialize;

use super::wire::ModulePosition;

/// The part of a source map that names positions. Maps of our modules have one source.
#[derive(Deserialize)]
struct SourceMap<'a> {
    #[serde(borrow)]
    mappings: Cow<'a, str>,
}

/// The position in the source of a position in a module; `None` if the map names none before it in the line.
pub(super) fn original_position(map: &str, code: &str, position: ModulePosition) -> Option<SourcePosition> {
    let map: SourceMap<'_> = serde_json::from_str(map).ok()?;
    let index = usize::try_from(position.line).ok()?.checked_sub(1)?;
    let column = utf16_column(code.split('\n').nth(index)?, position.column);
    original(&map.mappings, index, column)
}

/// The column in UTF-16 code units of a column that QuickJS counts in bytes. Both count from 1.
fn utf16_column(line: &str, column: u32) -> i64 {
    let offset = usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1);
    let before = line.get(..line.floor_char_boundary(offset)).unwrap_or(line);
    before.chars().map(|character| character.len_utf16() as i64).sum::<i64>() + 1
}

/// Follows the mappings to the last segment at or before a column of a line.
fn original(mappings: &str, index: usize, column: i64) -> Option<SourcePosition> {
    let (mut line, mut source_column) = (0, 0);
    let mut found = None;
    for (at, segments) in mappings.split(';').take(index.checked_add(1)?).enumerate() {
        let mut generated = 0;
        for segment in segments.split(',') {
            let mut numbers = Numbers(segment.bytes());
            generated += numbers.next().unwrap_or_default();
            let (Some(_), Some(line_step)) = (numbers.next(), numbers.next()) else { continue };
            line += line_step;
            source_column += numbers.next().unwrap_or_default();
            if at == index && generated < column {
                found = Some((line, source_column));
            }
        }
    }
    let (line, column) = found?;
    let from_one = |number: i64| u32::try_from(number + 1).ok().filter(|number| *number > 0);
    Some(SourcePosition { line: from_one(line)?, column: from_one(column)? })
}

/// The numbers of a segment: base 64 digits of 5 bits each with a bit that continues them, and the sign in the lowest bit.
struct Numbers<'a>(std::str::Bytes<'a>);

impl Iterator for Numbers<'_> {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        let (mut value, mut shift) = (0_i64, 0);
        loop {
            let digit = digit(self.0.next()?)?;
            value |= (digit & 31) << shift;
            shift += 5;
            if digit & 32 == 0 {
                return Some(if value & 1 == 1 { -(value >> 1) } else { value >> 1 });
            }
            if shift > 30 {
                return None;
            }
        }
    }
}

fn digit(byte: u8) -> Option<i64> {
    Some(i64::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_lines_of_a_module_continue_the_positions_of_earlier_ones() {
        // Two lines with a segment each: 1:1 of the source, then two lines and four columns later.
        let map = r#"{"version":3,"mappings":"AAAA;AAEI"}"#;
        let find = |line, column| original_position(map, "abcdefgh\nabcdefgh", ModulePosition { line, column });
        assert_eq!(find(1, 5), Some(SourcePosition { line: 1, column: 1 }));
        assert_eq!(find(2, 1), Some(SourcePosition { line: 3, column: 5 }));
        assert_eq!((find(0, 1), find(9, 9)), (None, None));
    }

    #[test]
    fn columns_in_bytes_become_columns_in_utf16() {
        // The second segment begins at the third UTF-16 code unit.
        let map = r#"{"mappings":"AAAA,EAAE"}"#;
        let find = |column| original_position(map, "\u{1f600}a", ModulePosition { line: 1, column }).unwrap().column;
        assert_eq!((find(1), find(5)), (1, 3));
    }

    #[test]
    fn a_malformed_map_names_no_position() {
        for map in [
            "",
            "{}",
            r#"{"mappings":1}"#,
            r#"{"mappings":"!!!!"}"#,
            r#"{"mappings":"gggggggggggggggg"}"#,
            r#"{"mappings":"AADA"}"#,
        ] {
            assert_eq!(original_position(map, "abc", ModulePosition { line: 1, column: 1 }), None, "{map}");
        }
    }
}
