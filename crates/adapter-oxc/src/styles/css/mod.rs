//! Scopes the text of a style.
//!
//! This is no CSS parser: it finds the selectors and the names of keyframes, and copies everything else as it was written. So CSS
//! that is newer than this code keeps working, and one pass without recursion is enough; a hostile text can neither overflow
//! the stack nor take more than linear time. The parsers that were considered (`lightningcss`, `cssparser`) cost more than they
//! give: their license (MPL-2.0) is not on the project's list, and they know nothing of the expressions in a template.

mod names;
mod scan;
mod selector;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::BTreeSet};

pub(crate) use self::names::each_part;
pub(crate) use self::scan::{COMMENT, find, without_comments};
use self::scan::{bracket_end, name_end};

/// Stands for the class of the scope.
pub(crate) const CLASS: char = '\u{10fffd}';
/// The first character that stands for a value. The others follow it.
pub(crate) const FIRST_VALUE: char = '\u{100000}';
/// The first character that stands for a value with names of keyframes in it.
pub(crate) const FIRST_ANIMATION: char = '\u{108000}';

/// Maximum number of values in a style.
pub(crate) const MAX_VALUES: usize = 0x7000;

/// Whether a character stands for something else.
pub(crate) fn is_marker(character: char) -> bool {
    character >= FIRST_VALUE
}

/// Why a text cannot be scoped.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Byte offset in the text.
    pub(crate) offset: usize,
    pub(crate) message: Cow<'static, str>,
}

impl Problem {
    fn new(offset: usize, message: impl Into<Cow<'static, str>>) -> Self {
        Self { offset, message: message.into() }
    }

    /// The problem of a part, in the text that has the part at `start`.
    fn after(self, start: usize) -> Self {
        Self { offset: self.offset + start, ..self }
    }
}

/// The declarations of a text without comments; `None` if a string or a bracket is not closed.
pub(crate) fn declarations(text: &str) -> Option<Vec<&str>> {
    let (mut found, mut start) = (Vec::new(), 0);
    while start <= text.len() {
        let end = find(text, start, |byte| byte == b';').ok()?;
        found.push(&text[start..end]);
        start = end + 1;
    }
    Some(found)
}

/// A selector names an element that no component has.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) offset: usize,
    pub(crate) element: String,
}

/// Adds the names of the keyframes that a text defines.
pub(crate) fn collect_keyframes(text: &str, names: &mut BTreeSet<String>) -> Result<(), Problem> {
    names::collect(&without_comments(text)?, names)
}

/// Scopes a text. `keyframes` are the names that [`collect_keyframes`] found in the styles of the scope.
pub(crate) fn scope(text: &str, keyframes: &BTreeSet<String>, notes: &mut Vec<Note>) -> Result<String, Problem> {
    let text = without_comments(text)?;
    let mut scoper =
        Scoper { text: &text, keyframes, notes, blocks: Vec::new(), out: String::with_capacity(text.len() * 2) };
    scoper.run()?;
    Ok(scoper.out)
}

/// What a block contains.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Rules with selectors.
    Rules,
    /// Declarations and nested rules.
    Style,
    /// `from`, `to` and percentages with declarations.
    Keyframes,
    /// Descriptors, which are copied.
    Descriptors,
}

struct Scoper<'s> {
    text: &'s str,
    keyframes: &'s BTreeSet<String>,
    notes: &'s mut Vec<Note>,
    /// The open blocks, with the offset of their brackets.
    blocks: Vec<(Block, usize)>,
    out: String,
}

impl Scoper<'_> {
    fn run(&mut self) -> Result<(), Problem> {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        loop {
            while at < bytes.len() && (bytes[at].is_ascii_whitespace() || matches!(bytes[at], COMMENT | b';')) {
                at += 1;
            }
            at = match bytes.get(at) {
                None => break,
                Some(b'}') => {
                    if self.blocks.pop().is_none() {
                        return Err(Problem::new(
                            at,
                            "this `}` closes nothing; remove it, or add the `{` that it closes",
                        ));
                    }
                    self.out.push('}');
                    at + 1
                }
                Some(b'@') => self.at_rule(at)?,
                Some(_) => self.item(at)?,
            };
        }
        match self.blocks.last() {
            Some((_, open)) => Err(Problem::new(*open, "this `{` is not closed; add the `}`")),
            None => Ok(()),
        }
    }

    fn block(&self) -> Block {
        self.blocks.last().map_or(Block::Rules, |(block, _)| *block)
    }

    fn open(&mut self, block: Block, at: usize) -> usize {
        self.out.push('{');
        self.blocks.push((block, at));
        at + 1
    }

    /// Handles a declaration or a rule. Returns the offset after it, or after the `{` of the rule.
    fn item(&mut self, at: usize) -> Result<usize, Problem> {
        let text = self.text;
        if text[at..].starts_with("//") {
            return Err(Problem::new(at, "`//` starts no comment in CSS; write `/* … */`"));
        }
        if text[at..].starts_with('$') {
            return Err(Problem::new(
                at,
                "`$` is Sass, not CSS; write a custom property (`--name`) or an expression `${…}`",
            ));
        }
        if let Some(after) = self.lone_value(at) {
            if self.block() == Block::Rules {
                let message = "an expression cannot stand for rules, since their selectors are scoped before it has a value; \
                     write the rules out, and expressions for their values";
                return Err(Problem::new(at, message));
            }
            self.out.push_str(text[at..after].trim());
            self.out.push(';');
            return Ok(after);
        }
        let is_custom_property = text[at..].starts_with("--") && self.block() == Block::Style;
        let end = find(text, at, |byte| matches!(byte, b';' | b'}') || byte == b'{' && !is_custom_property)?;
        let item = &text[at..end];
        if text.as_bytes().get(end) != Some(&b'{') {
            if matches!(self.block(), Block::Rules | Block::Keyframes) {
                let message = "this is no rule; write a selector and `{ … }` around declarations";
                return Err(Problem::new(at, message));
            }
            self.declaration(item);
            return Ok(end);
        }
        let block = match self.block() {
            Block::Rules | Block::Style => {
                selector::scope(item, at, CLASS.encode_utf8(&mut [0; 4]), self.notes, &mut self.out)?;
                Block::Style
            }
            Block::Keyframes => {
                self.copy(item);
                Block::Style
            }
            Block::Descriptors => {
                self.copy(item);
                Block::Descriptors
            }
        };
        Ok(self.open(block, end))
    }

    /// The end of a value that stands alone on its line or before a `;`: it stands for declarations.
    fn lone_value(&self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix(is_marker)?;
        let after = self.text.len() - rest.len();
        let next = rest.trim_start_matches([' ', '\t', '\r', '\x0c']);
        let ends = next.is_empty() || next.starts_with(['\n', ';', '}']);
        (ends && !next.trim_start().starts_with('{')).then_some(after)
    }

    fn declaration(&mut self, item: &str) {
        let (property, value) = item.split_once(':').unwrap_or((item, ""));
        if self.keyframes.is_empty() || !names::is_animation(property.trim()) {
            self.copy(item);
        } else {
            self.copy(property);
            self.out.push(':');
            let mut scoped = String::with_capacity(value.len());
            each_part(value, self.keyframes, |part, is_name| {
                if is_name {
                    scoped.push_str(part);
                    scoped.push('-');
                    scoped.push(CLASS);
                } else {
                    scoped.extend(part.chars().map(of_animation));
                }
            });
            self.copy(&scoped);
        }
        self.out.push(';');
    }

    /// Handles an at-rule. Returns the offset after it, or after its `{`.
    fn at_rule(&mut self, at: usize) -> Result<usize, Problem> {
        let text = self.text;
        let prelude = name_end(text, at + 1);
        let name = &text[at + 1..prelude];
        let end = find(text, prelude, |byte| matches!(byte, b';' | b'{' | b'}'))?;
        let has_block = text.as_bytes().get(end) == Some(&b'{');
        let unprefixed = unprefixed(name).to_ascii_lowercase();
        let block = match unprefixed.as_str() {
            "keyframes" => Block::Keyframes,
            "media" | "supports" | "container" | "layer" | "scope" | "starting-style" | "document"
                if has_block && self.block() != Block::Descriptors =>
            {
                self.block()
            }
            "font-face"
            | "page"
            | "property"
            | "counter-style"
            | "font-feature-values"
            | "font-palette-values"
            | "position-try"
            | "view-transition"
            | "color-profile"
            | "function" => Block::Descriptors,
            "layer" | "namespace" if !has_block => Block::Rules,
            _ if self.block() == Block::Descriptors => Block::Descriptors,
            "charset" => return Ok(end),
            "import" => {
                let message = "`@import` loads nothing in a widget; write the rules into the component";
                return Err(Problem::new(at, message));
            }
            _ if name.contains(is_marker) => {
                return Err(Problem::new(at, "an expression cannot be the name of an at-rule; write the name out"));
            }
            _ => {
                let name: String = name.chars().take(40).collect();
                let message =
                    format!("`@{name}` is not CSS that can be scoped; write plain CSS, without a preprocessor's rules");
                return Err(Problem::new(at, message));
            }
        };
        self.out.push('@');
        self.out.push_str(name);
        match unprefixed.as_str() {
            "keyframes" => {
                self.out.push(' ');
                let frames = text[prelude..end].trim();
                self.copy(frames);
                if self.keyframes.contains(frames.trim_end_matches(COMMENT as char).trim_end()) {
                    self.out.push('-');
                    self.out.push(CLASS);
                }
            }
            "scope" => self.scope_prelude(prelude, end)?,
            _ => {
                if !text[prelude..end].trim().is_empty() {
                    self.out.push(' ');
                }
                self.copy(&text[prelude..end]);
            }
        }
        if has_block {
            return Ok(self.open(block, end));
        }
        self.out.push(';');
        Ok(end)
    }

    /// Scopes the selectors in `@scope (.a) to (.b)`.
    fn scope_prelude(&mut self, mut at: usize, end: usize) -> Result<(), Problem> {
        while !self.text[at..end].trim().is_empty() {
            let open = find(self.text, at, |byte| matches!(byte, b'(' | b'{'))?.min(end);
            self.out.push(' ');
            self.copy(&self.text[at..open]);
            at = open;
            if open < end {
                at = bracket_end(self.text, open)?;
                self.out.push_str(if self.out.ends_with(' ') { "(" } else { " (" });
                let list = &self.text[open + 1..at - 1];
                selector::scope(list, open + 1, CLASS.encode_utf8(&mut [0; 4]), self.notes, &mut self.out)?;
                self.out.push(')');
            }
        }
        Ok(())
    }

    /// Copies a text, with comments removed.
    fn copy(&mut self, text: &str) {
        let mut parts = text.trim().split(COMMENT as char).filter(|part| !part.is_empty());
        if let Some(first) = parts.next() {
            self.out.push_str(first);
        }
        for part in parts {
            self.out.push_str("/**/");
            self.out.push_str(part);
        }
    }
}

/// A name without the prefix of a browser.
fn unprefixed(name: &str) -> &str {
    let Some((prefix, rest)) = name.strip_prefix('-').and_then(|rest| rest.split_once('-')) else {
        return name;
    };
    if matches!(prefix, "webkit" | "moz" | "ms" | "o") { rest } else { name }
}

/// The marker for a value that may name keyframes.
fn of_animation(character: char) -> char {
    if (FIRST_VALUE..FIRST_ANIMATION).contains(&character) {
        char::from_u32(character as u32 - FIRST_VALUE as u32 + FIRST_ANIMATION as u32).unwrap_or(character)
    } else {
        character
    }
}
