//! Converts byte offsets to lines and columns as editors show them.

/// The start of each line of a source.
///
/// Lines end at `\n`, `\r\n` or `\r`. U+2028 and U+2029 end a line in JavaScript but not in most editors, so they do not count.
/// A byte order mark takes no column.
pub(super) struct LineIndex<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

impl<'s> LineIndex<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = vec![if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }];
        for (i, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i + 1);
            }
        }
        Self { source, starts }
    }

    /// Line and column of a byte offset, both counted from 1; the column in UTF-16 code units.
    pub(super) fn position(&self, offset: u32) -> (u32, u32) {
        let offset = (offset as usize).min(self.source.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let units: usize = self.source[start..]
            .char_indices()
            // Line breaks have no column. oxc may point between `\r` and `\n`.
            .take_while(|(i, c)| start + i < offset && !matches!(c, '\r' | '\n'))
            .map(|(_, c)| c.len_utf16())
            .sum();
        (number(line), number(units + 1))
    }
}

/// A source is at most 256 KiB long, so every count in it fits.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position_of(source: &str, needle: char) -> (u32, u32) {
        let offset = source.find(needle).unwrap();
        LineIndex::new(source).position(u32::try_from(offset).unwrap())
    }

    #[test]
    fn lines_end_where_editors_end_them() {
        assert_eq!(position_of("x", 'x'), (1, 1));
        assert_eq!(position_of("a\n x", 'x'), (2, 2));
        assert_eq!(position_of("a\r\nbc\r\n x", 'x'), (3, 2));
        assert_eq!(position_of("a\rb\rx", 'x'), (3, 1));
        assert_eq!(position_of("a\u{2028}b\u{2029}x", 'x'), (1, 5));
        assert_eq!(position_of("\n\n\nx", 'x'), (4, 1));
    }

    #[test]
    fn columns_are_utf16_units() {
        assert_eq!(position_of("é x", 'x'), (1, 3));
        assert_eq!(position_of("変x", 'x'), (1, 2));
        assert_eq!(position_of("\"😀\" x", 'x'), (1, 6));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(position_of("\u{feff}x", 'x'), (1, 1));
        assert_eq!(LineIndex::new("\u{feff}x").position(0), (1, 1));
        assert_eq!(position_of("\u{feff}\nx", 'x'), (2, 1));
    }

    #[test]
    fn the_end_has_a_position_and_larger_offsets_are_clamped_to_it() {
        assert_eq!(LineIndex::new("ab").position(2), (1, 3));
        assert_eq!(LineIndex::new("ab\n").position(3), (2, 1));
        for (offset, position) in [(2, (1, 3)), (3, (1, 3)), (4, (2, 1)), (5, (2, 2))] {
            assert_eq!(LineIndex::new("ab\r\nc").position(offset), position, "{offset}");
        }
        assert_eq!(LineIndex::new("ab").position(900), (1, 3));
        assert_eq!(LineIndex::new("").position(0), (1, 1));
    }
}
