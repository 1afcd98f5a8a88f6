//! Byte offsets to the lines and columns that an editor shows.

/// Where each line of a source begins.
///
/// Lines end at `\n`, `\r\n` or `\r`. U+2028 and U+2029 end a line for JavaScript but not for the editors that authors
/// look the place up in, so they do not count. A byte order mark takes no column.
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

    /// Line and column of a byte offset, both counted from 1; the column in UTF-16 units.
    pub(super) fn place(&self, offset: u32) -> (u32, u32) {
        let offset = (offset as usize).min(self.source.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let units: usize = self.source[start..]
            .char_indices()
            // oxc may point between `\r` and `\n`; what ends a line has no column.
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

    fn place_of(source: &str, needle: char) -> (u32, u32) {
        let offset = source.find(needle).unwrap();
        LineIndex::new(source).place(u32::try_from(offset).unwrap())
    }

    #[test]
    fn lines_end_where_editors_end_them() {
        assert_eq!(place_of("x", 'x'), (1, 1));
        assert_eq!(place_of("a\n x", 'x'), (2, 2));
        assert_eq!(place_of("a\r\nbc\r\n x", 'x'), (3, 2));
        assert_eq!(place_of("a\rb\rx", 'x'), (3, 1));
        assert_eq!(place_of("a\u{2028}b\u{2029}x", 'x'), (1, 5));
        assert_eq!(place_of("\n\n\nx", 'x'), (4, 1));
    }

    #[test]
    fn columns_are_utf16_units() {
        assert_eq!(place_of("é x", 'x'), (1, 3));
        assert_eq!(place_of("変x", 'x'), (1, 2));
        assert_eq!(place_of("\"😀\" x", 'x'), (1, 6));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(place_of("\u{feff}x", 'x'), (1, 1));
        assert_eq!(LineIndex::new("\u{feff}x").place(0), (1, 1));
        assert_eq!(place_of("\u{feff}\nx", 'x'), (2, 1));
    }

    #[test]
    fn the_end_is_a_place_and_nothing_lies_past_it() {
        assert_eq!(LineIndex::new("ab").place(2), (1, 3));
        assert_eq!(LineIndex::new("ab\n").place(3), (2, 1));
        for (offset, place) in [(2, (1, 3)), (3, (1, 3)), (4, (2, 1)), (5, (2, 2))] {
            assert_eq!(LineIndex::new("ab\r\nc").place(offset), place, "{offset}");
        }
        assert_eq!(LineIndex::new("ab").place(900), (1, 3));
        assert_eq!(LineIndex::new("").place(0), (1, 1));
    }
}
