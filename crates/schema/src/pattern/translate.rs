//! Translates regular expressions from ECMA-262 to the syntax of the `regex` crate.
//!
//! Patterns are read as with the `u` flag (they match code points), but escaped punctuation and lone braces are allowed as
//! without it. Only syntax that this module understands reaches the engine, so syntax of the engine alone (`(?i)`, `\<`,
//! `[a&&b]`, …) is never interpreted.

use std::fmt::Write as _;

use super::class::{Class, ClassItem};

/// Maximum nesting of groups.
const MAX_GROUP_DEPTH: usize = 50;

const LOOKAROUND: &str = "Lookaround is not supported in pattern; remove the pattern, or write it without '(?=', '(?!', '(?<=' and \
                          '(?<!'; a 'format' next to it may stay";

pub(super) struct Translation {
    pub(super) text: String,
    /// The number of characters and classes, with counted repetitions written out.
    pub(super) positions: usize,
    /// Whether a matcher is at one position at a time.
    pub(super) is_deterministic: bool,
}

pub(super) fn translate(source: &str) -> Result<Translation, String> {
    let chars: Vec<char> = source.chars().collect();
    let mut translator =
        Translator { chars: &chars, at: 0, out: String::with_capacity(source.len() + 16), group_depth: 0 };
    let positions = translator.alternatives()?;
    match translator.peek() {
        None => Ok(Translation { is_deterministic: is_deterministic(source), text: translator.out, positions }),
        Some(_) => Err("Unmatched ')' in pattern".into()),
    }
}

/// Recognizes the most common form of a deterministic pattern, often with a large count: `^`, one class, one quantifier, `$`,
/// as in `^[a-z]{1,500}$`.
fn is_deterministic(source: &str) -> bool {
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

/// Methods return the number of positions that they have translated.
pub(super) struct Translator<'a> {
    pub(super) chars: &'a [char],
    pub(super) at: usize,
    pub(super) out: String,
    group_depth: usize,
}

impl Translator<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    pub(super) fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    /// Translates up to the end or a closing parenthesis.
    fn alternatives(&mut self) -> Result<usize, String> {
        let mut positions = 0_usize;
        loop {
            match self.peek() {
                None | Some(')') => return Ok(positions),
                Some('|') => {
                    self.at += 1;
                    self.out.push('|');
                    // The engine visits empty alternatives too.
                    positions = positions.saturating_add(1);
                }
                Some(_) => positions = positions.saturating_add(self.term()?),
            }
        }
    }

    fn term(&mut self) -> Result<usize, String> {
        let start = self.out.len();
        let (positions, is_repeatable) = match self.next() {
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
        self.quantifier(start, positions, is_repeatable)
    }

    /// Translates the quantifier, if there is one, of the atom at `start` of the output.
    fn quantifier(&mut self, start: usize, positions: usize, is_repeatable: bool) -> Result<usize, String> {
        let (text, times) = match self.peek() {
            Some(c @ ('*' | '+' | '?')) => {
                self.at += 1;
                (c.to_string(), 1)
            }
            Some('{') => {
                self.at += 1;
                let Some((min, max, end)) = self.counts_ahead() else {
                    self.at -= 1;
                    return Ok(positions);
                };
                self.at = end;
                if max.flatten().is_some_and(|max| max < min) {
                    return Err("Repetition out of order in pattern".into());
                }
                let (text, times) = match max {
                    None => (format!("{{{min}}}"), min),
                    Some(None) => (format!("{{{min},}}"), min + 1),
                    Some(Some(max)) => (format!("{{{min},{max}}}"), max),
                };
                (text, times as usize)
            }
            _ => return Ok(positions),
        };
        if !is_repeatable {
            return Err("Nothing to repeat in pattern".into());
        }
        // The translation of an atom may have several characters. The quantifier applies to all of them.
        self.out.insert_str(start, "(?:");
        let _ = write!(self.out, "){text}");
        if self.eat('?') {
            self.out.push('?');
        }
        if matches!(self.peek(), Some('*' | '+' | '?')) || (self.peek() == Some('{') && self.is_counted_at(self.at + 1))
        {
            return Err("Nothing to repeat in pattern".into());
        }
        // An empty group counts too: the engine visits it in each repetition.
        Ok(positions.max(1).saturating_mul(times.max(1)))
    }

    /// The minimum, the maximum and the end of `{n}`, `{n,}` or `{n,m}`, if one follows. The brace has been read.
    fn counts_ahead(&self) -> Option<(u32, Option<Option<u32>>, usize)> {
        let close = self.at + self.chars.get(self.at..)?.iter().position(|c| *c == '}')?;
        let text: String = self.chars[self.at..close].iter().collect();
        let number = |digits: &str| {
            let is_valid = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit());
            is_valid.then(|| digits.parse().ok()).flatten()
        };
        match text.split_once(',') {
            None => Some((number(&text)?, None, close + 1)),
            Some((min, "")) => Some((number(min)?, Some(None), close + 1)),
            Some((min, max)) => Some((number(min)?, Some(Some(number(max)?)), close + 1)),
        }
    }

    fn is_counted_at(&self, at: usize) -> bool {
        Translator { chars: self.chars, at, out: String::new(), group_depth: 0 }.counts_ahead().is_some()
    }

    fn group(&mut self) -> Result<usize, String> {
        self.group_depth += 1;
        if self.group_depth > MAX_GROUP_DEPTH {
            return Err(format!("Groups nested deeper than {MAX_GROUP_DEPTH} in pattern"));
        }
        if self.eat('?') {
            match self.next() {
                Some(':') => {}
                Some('=' | '!') => return Err(LOOKAROUND.into()),
                Some('<') if matches!(self.peek(), Some('=' | '!')) => {
                    return Err(LOOKAROUND.into());
                }
                Some('<') => self.group_name()?,
                other => return Err(format!("Unknown group '(?{}' in pattern", other.unwrap_or(' '))),
            }
        }
        // Captures are not needed.
        self.out.push_str("(?:");
        let positions = self.alternatives()?;
        if !self.eat(')') {
            return Err("Unclosed group in pattern".into());
        }
        self.out.push(')');
        self.group_depth -= 1;
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

    fn class(&mut self) -> Result<(), String> {
        let negated = self.eat('^');
        if self.eat(']') {
            // Matches nothing, or everything. The engine has no empty class.
            self.out.push_str(if negated { r"[\u{0}-\u{10FFFF}]" } else { r"[^\u{0}-\u{10FFFF}]" });
            return Ok(());
        }
        let mut class = Class::default();
        while !self.eat(']') {
            let first = self.class_item()?;
            if self.peek() != Some('-') || self.chars.get(self.at + 1).is_none_or(|c| *c == ']') {
                class.add(first);
                continue;
            }
            self.at += 1;
            match (first, self.class_item()?) {
                (ClassItem::Char(first), ClassItem::Char(last)) if last < first => {
                    return Err("Character range out of order in pattern".into());
                }
                (ClassItem::Char(first), ClassItem::Char(last)) => class.add_range(first, last),
                // `[a-\d]` is no range: the hyphen is a character.
                (first, last) => [first, ClassItem::Char('-'), last].into_iter().for_each(|item| class.add(item)),
            }
        }
        class.write(negated, &mut self.out);
        Ok(())
    }

    fn class_item(&mut self) -> Result<ClassItem, String> {
        match self.next() {
            None => Err("Unclosed character class in pattern".into()),
            Some('\\') if self.eat('b') => Ok(ClassItem::Char('\u{8}')),
            Some('\\') => self.class_escape(),
            Some(c) => Ok(ClassItem::Char(c)),
        }
    }

    pub(super) fn push_char(&mut self, c: char) {
        if is_syntax_char(c) {
            self.out.push('\\');
        }
        self.out.push(c);
    }
}

/// Whether the `regex` crate has syntax that begins with the character, outside a class.
fn is_syntax_char(c: char) -> bool {
    matches!(c, '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$')
}
