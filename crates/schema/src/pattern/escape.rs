//! Escapes: `\d`, `\p{L}`, `\u{1F600}`, …

use super::{
    class::{Class, ClassItem, DIGIT, SPACE, WORD},
    translate::Translator,
};

/// The cost of `\b` in positions: a matcher decodes the characters before and after it.
const BOUNDARY_POSITIONS: usize = 4;

impl Translator<'_> {
    /// Translates an escape outside brackets. Returns its positions, and whether a quantifier may follow.
    pub(super) fn escape(&mut self) -> Result<(usize, bool), String> {
        match self.peek() {
            // Differs from ECMA-262: the engine's word characters include those of all scripts, not only ASCII.
            Some(boundary @ ('b' | 'B')) => {
                self.at += 1;
                self.out.extend(['\\', boundary]);
                Ok((BOUNDARY_POSITIONS, false))
            }
            Some('k' | '1'..='9') => Err("Back references are not supported in pattern".into()),
            _ => {
                match self.class_escape()? {
                    ClassItem::Char(c) => self.push_char(c),
                    ClassItem::Property(text) => self.out.push_str(&text),
                    ClassItem::Set { ranges, negated } => {
                        let mut class = Class::default();
                        class.add(ClassItem::Set { ranges, negated: false });
                        class.write(negated, &mut self.out);
                    }
                }
                Ok((1, true))
            }
        }
    }

    /// Reads an escape of one character or of a set of characters.
    pub(super) fn class_escape(&mut self) -> Result<ClassItem, String> {
        let Some(c) = self.next() else { return Err("Pattern ends with '\\'".into()) };
        let ranges = match c {
            'd' | 'D' => DIGIT,
            'w' | 'W' => WORD,
            's' | 'S' => SPACE,
            'p' | 'P' => return self.property(c).map(ClassItem::Property),
            _ => return self.escaped_char(c).map(ClassItem::Char),
        };
        Ok(ClassItem::Set { ranges, negated: c.is_ascii_uppercase() })
    }

    fn escaped_char(&mut self, c: char) -> Result<char, String> {
        Ok(match c {
            't' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => '\0',
            'c' => match self.next() {
                Some(letter) if letter.is_ascii_alphabetic() => char::from(letter as u8 % 32),
                _ => return Err(r"Unknown escape '\c' in pattern".into()),
            },
            'x' => self.code_point(2)?,
            'u' if self.eat('{') => self.braced_code_point()?,
            'u' => self.utf16()?,
            c if !c.is_alphanumeric() => c,
            c => return Err(format!(r"Unknown escape '\{c}' in pattern")),
        })
    }

    /// `\p{L}`, `\p{Script=Greek}`. The engine refuses unknown properties.
    fn property(&mut self, kind: char) -> Result<String, String> {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let name: Option<String> = rest.iter().position(|c| *c == '}').map(|end| rest[..end].iter().collect());
        match name.as_deref().and_then(|name| name.strip_prefix('{')) {
            Some(name)
                if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'=') =>
            {
                self.at += name.len() + 2;
                Ok(format!("\\{kind}{{{name}}}"))
            }
            _ => Err(format!(r"Expected a property such as '\{kind}{{L}}' in pattern")),
        }
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<u32, String> {
        let text: String = self.chars.get(self.at..self.at + digits).unwrap_or_default().iter().collect();
        let valid = text.len() == digits && text.bytes().all(|b| b.is_ascii_hexdigit());
        self.at += digits;
        u32::from_str_radix(&text, 16)
            .ok()
            .filter(|_| valid)
            .ok_or_else(|| "Expected hexadecimal digits in pattern".into())
    }

    fn code_point(&mut self, digits: usize) -> Result<char, String> {
        let value = self.hexadecimal(digits)?;
        char::from_u32(value).ok_or_else(|| "Lone surrogate in pattern".into())
    }

    fn braced_code_point(&mut self) -> Result<char, String> {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let digits = rest.iter().position(|c| *c == '}').filter(|length| (1..=6).contains(length));
        let c = self.code_point(digits.ok_or("Expected hexadecimal digits in pattern")?)?;
        self.at += 1;
        Ok(c)
    }

    /// The four digits of a `\u` escape, or a surrogate pair written as two such escapes.
    fn utf16(&mut self) -> Result<char, String> {
        let high = self.hexadecimal(4)?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high).ok_or_else(|| "Lone surrogate in pattern".into());
        }
        if !(self.eat('\\') && self.eat('u')) {
            return Err("Lone surrogate in pattern".into());
        }
        let low = self.hexadecimal(4)?;
        let pair =
            low.checked_sub(0xdc00).filter(|low| *low < 0x400).map(|low| 0x10000 + ((high - 0xd800) << 10) + low);
        pair.and_then(char::from_u32).ok_or_else(|| "Lone surrogate in pattern".into())
    }
}
