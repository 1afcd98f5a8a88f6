//! ECMA-262 regular expressions, rewritten in the syntax of the `regex` crate.
//!
//! Read as with the `u` flag (a pattern matches code points), but as forgiving as without it about escaped punctuation
//! and lone braces. Nothing reaches the engine that this file has not understood, so the engine's own syntax
//! (`(?i)`, `\<`, `[a&&b]`, …) cannot leak in.

use std::fmt::Write as _;

use super::class::{Class, DIGIT, Member, SPACE, WORD};

/// Deepest nesting of groups.
const GROUPS: usize = 50;

pub(super) struct Translation {
    pub(super) text: String,
    /// Characters and classes, counted repetitions written out.
    pub(super) positions: usize,
    /// Whether a matcher is never in two places at once: one anchored, repeated class, such as `^[a-z]{1,500}$`.
    pub(super) single_track: bool,
}

pub(super) fn to_linear(source: &str) -> Result<Translation, String> {
    let chars: Vec<char> = source.chars().collect();
    let mut reader = Reader { chars: &chars, at: 0, out: String::with_capacity(source.len() + 16), groups: 0 };
    let positions = reader.alternatives()?;
    match reader.peek() {
        None => Ok(Translation { single_track: is_single_track(source), text: reader.out, positions }),
        Some(_) => Err("Unmatched ')' in pattern".into()),
    }
}

/// `^`, one class, one quantifier, `$`: the shape that people bound with large counts.
/// Looking for a boundary takes as long as this many positions: the characters around it are decoded.
const BOUNDARY_POSITIONS: usize = 4;

fn is_single_track(source: &str) -> bool {
    let Some(body) = source.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')) else { return false };
    let atom_end = match body.strip_prefix('[') {
        Some(class) if !class.contains(['\\', '[']) => class.find(']').map(|end| end + 2),
        _ if body.starts_with('.') => Some(1),
        _ => None,
    };
    atom_end.is_some_and(|end| match &body[end..] {
        "*" | "+" => true,
        counted => counted.strip_prefix('{').and_then(|c| c.strip_suffix('}')).is_some_and(|c| !c.contains(['{', '}'])),
    })
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    out: String,
    groups: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    /// Reads up to the end or a closing parenthesis; gives the positions it holds.
    fn alternatives(&mut self) -> Result<usize, String> {
        let mut positions = 0_usize;
        loop {
            match self.peek() {
                None | Some(')') => return Ok(positions),
                Some('|') => {
                    self.at += 1;
                    self.out.push('|');
                    // An engine visits empty alternatives too.
                    positions = positions.saturating_add(1);
                }
                Some(_) => positions = positions.saturating_add(self.term()?),
            }
        }
    }

    fn term(&mut self) -> Result<usize, String> {
        let start = self.out.len();
        let (positions, repeatable) = match self.next() {
            Some(anchor @ ('^' | '$')) => {
                self.out.push(anchor);
                (1, false)
            }
            Some('.') => {
                self.out.push_str(r"[^\n\r\u2028\u2029]");
                (1, true)
            }
            Some('[') => {
                self.class()?;
                (1, true)
            }
            Some('(') => (self.group()?, true),
            Some('\\') => self.escape()?,
            Some('*' | '+' | '?') => return Err("Nothing to repeat in pattern".into()),
            Some('{') if self.counts_ahead().is_some() => return Err("Nothing to repeat in pattern".into()),
            Some(c) => {
                self.push_char(c);
                (1, true)
            }
            None => return Ok(0),
        };
        self.quantifier(start, positions, repeatable)
    }

    fn quantifier(&mut self, start: usize, positions: usize, repeatable: bool) -> Result<usize, String> {
        let (text, times) = match self.peek() {
            Some(c @ ('*' | '+' | '?')) => {
                self.at += 1;
                (c.to_string(), 1)
            }
            Some('{') => {
                self.at += 1;
                let Some((least, most, end)) = self.counts_ahead() else {
                    self.at -= 1;
                    return Ok(positions);
                };
                self.at = end;
                if most.flatten().is_some_and(|most| most < least) {
                    return Err("Repetition out of order in pattern".into());
                }
                let (text, times) = match most {
                    None => (format!("{{{least}}}"), least),
                    Some(None) => (format!("{{{least},}}"), least + 1),
                    Some(Some(most)) => (format!("{{{least},{most}}}"), most),
                };
                (text, times as usize)
            }
            _ => return Ok(positions),
        };
        if !repeatable {
            return Err("Nothing to repeat in pattern".into());
        }
        // An atom may have become several characters, of which the quantifier must hold all.
        self.out.insert_str(start, "(?:");
        let _ = write!(self.out, "){text}");
        if self.eat('?') {
            self.out.push('?');
        }
        if matches!(self.peek(), Some('*' | '+' | '?')) || (self.peek() == Some('{') && self.is_counted_at(self.at + 1))
        {
            return Err("Nothing to repeat in pattern".into());
        }
        // Each round of an empty group counts too: an engine still has to go through it.
        Ok(positions.max(1).saturating_mul(times.max(1)))
    }

    /// The numbers of `{n}`, `{n,}` or `{n,m}` when the text after a brace is one, and where it ends.
    fn counts_ahead(&self) -> Option<(u32, Option<Option<u32>>, usize)> {
        let close = self.at + self.chars.get(self.at..)?.iter().position(|c| *c == '}')?;
        let text: String = self.chars[self.at..close].iter().collect();
        let number = |digits: &str| {
            let valid = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit());
            valid.then(|| digits.parse().ok()).flatten()
        };
        match text.split_once(',') {
            None => Some((number(&text)?, None, close + 1)),
            Some((least, "")) => Some((number(least)?, Some(None), close + 1)),
            Some((least, most)) => Some((number(least)?, Some(Some(number(most)?)), close + 1)),
        }
    }

    fn is_counted_at(&self, at: usize) -> bool {
        Reader { chars: self.chars, at, out: String::new(), groups: 0 }.counts_ahead().is_some()
    }

    fn group(&mut self) -> Result<usize, String> {
        self.groups += 1;
        if self.groups > GROUPS {
            return Err(format!("Groups nested deeper than {GROUPS} in pattern"));
        }
        if self.eat('?') {
            match self.next() {
                Some(':') => {}
                Some('=' | '!') => return Err("Lookaround is not supported in pattern".into()),
                Some('<') if matches!(self.peek(), Some('=' | '!')) => {
                    return Err("Lookaround is not supported in pattern".into());
                }
                Some('<') => self.group_name()?,
                other => return Err(format!("Unknown group '(?{}' in pattern", other.unwrap_or(' '))),
            }
        }
        // Nothing is ever captured.
        self.out.push_str("(?:");
        let positions = self.alternatives()?;
        if !self.eat(')') {
            return Err("Unclosed group in pattern".into());
        }
        self.out.push(')');
        self.groups -= 1;
        Ok(positions)
    }

    fn group_name(&mut self) -> Result<(), String> {
        let mut length = 0;
        loop {
            match self.next() {
                Some('>') if length > 0 => return Ok(()),
                Some(c) if c.is_alphanumeric() || c == '_' || c == '$' => length += 1,
                _ => return Err("Invalid group name in pattern".into()),
            }
        }
    }

    /// An escape outside a class: its positions, and whether it can be repeated.
    fn escape(&mut self) -> Result<(usize, bool), String> {
        match self.peek() {
            // The engine's word characters are those of all scripts, where ECMA-262 means ASCII alone.
            Some(boundary @ ('b' | 'B')) => {
                self.at += 1;
                self.out.extend(['\\', boundary]);
                Ok((BOUNDARY_POSITIONS, false))
            }
            Some('k' | '1'..='9') => Err("Back references are not supported in pattern".into()),
            _ => {
                match self.escaped()? {
                    Member::Char(c) => self.push_char(c),
                    Member::Property(text) => self.out.push_str(&text),
                    Member::Set { ranges, negated } => {
                        let mut class = Class::default();
                        class.add(Member::Set { ranges, negated: false });
                        class.write(negated, &mut self.out);
                    }
                }
                Ok((1, true))
            }
        }
    }

    /// An escape that stands for one character or for a set of them.
    fn escaped(&mut self) -> Result<Member, String> {
        let Some(c) = self.next() else { return Err("Pattern ends with '\\'".into()) };
        let ranges = match c {
            'd' | 'D' => DIGIT,
            'w' | 'W' => WORD,
            's' | 'S' => SPACE,
            'p' | 'P' => return self.property(c).map(Member::Property),
            _ => return self.escaped_char(c).map(Member::Char),
        };
        Ok(Member::Set { ranges, negated: c.is_ascii_uppercase() })
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

    /// `\p{L}`, `\p{Script=Greek}`: the engine knows whether there is such a property.
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

    fn class(&mut self) -> Result<(), String> {
        let negated = self.eat('^');
        if self.eat(']') {
            // Nothing, or everything: the engine has no empty class.
            self.out.push_str(if negated { r"[\u{0}-\u{10FFFF}]" } else { r"[^\u{0}-\u{10FFFF}]" });
            return Ok(());
        }
        let mut class = Class::default();
        while !self.eat(']') {
            let first = self.class_member()?;
            if self.peek() != Some('-') || self.chars.get(self.at + 1).is_none_or(|c| *c == ']') {
                class.add(first);
                continue;
            }
            self.at += 1;
            match (first, self.class_member()?) {
                (Member::Char(first), Member::Char(last)) if last < first => {
                    return Err("Character range out of order in pattern".into());
                }
                (Member::Char(first), Member::Char(last)) => class.add_range(first, last),
                // `[a-\d]`: no range, the hyphen stands for itself.
                (first, last) => [first, Member::Char('-'), last].into_iter().for_each(|member| class.add(member)),
            }
        }
        class.write(negated, &mut self.out);
        Ok(())
    }

    fn class_member(&mut self) -> Result<Member, String> {
        match self.next() {
            None => Err("Unclosed character class in pattern".into()),
            Some('\\') if self.eat('b') => Ok(Member::Char('\u{8}')),
            Some('\\') => self.escaped(),
            Some(c) => Ok(Member::Char(c)),
        }
    }

    fn push_char(&mut self, c: char) {
        if regex_syntax_char(c) {
            self.out.push('\\');
        }
        self.out.push(c);
    }
}

/// Characters that mean something to the `regex` crate outside a class.
fn regex_syntax_char(c: char) -> bool {
    matches!(c, '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$')
}
