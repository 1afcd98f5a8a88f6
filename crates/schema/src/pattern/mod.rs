//! Regular expressions of schemas: written in ECMA-262, matched by the linear-time `regex` engine.
//!
//! Both checkers use the translation, so they accept the same patterns and match the same strings.

mod class;
mod escape;
mod translate;

use std::sync::{Arc, Mutex, OnceLock, TryLockError};

use regex_automata::{
    Input,
    meta::{Cache, Config, Regex},
    nfa::thompson::WhichCaptures,
};

use crate::limits::{MAX_PATTERN_BYTES, MAX_PATTERN_CHARS, MAX_PATTERN_POSITIONS};

/// Memory for the states of a lazily built automaton (DFA), in bytes. A pattern that needs more matches more slowly. A
/// pattern has two automata, one of which reads backwards, and each may take as much.
pub const MATCH_CACHE_BYTES: usize = 32 * 1024;

/// A pattern of a schema.
#[derive(Debug)]
pub(super) struct Pattern {
    source: Box<str>,
    translated: Box<str>,
    max_positions: u64,
    compiled: OnceLock<Result<CompiledPattern, String>>,
}

/// A compiled pattern. Clones share the automaton.
#[derive(Debug, Clone)]
pub struct CompiledPattern(Arc<Automaton>);

#[derive(Debug)]
struct Automaton {
    regex: Regex,
    /// Working memory of a match. The engine's own pool would allocate it for each thread.
    cache: Mutex<Cache>,
}

impl Pattern {
    /// Parses a pattern. The error message says what is wrong or not supported.
    pub(super) fn parse(source: &str) -> Result<Self, String> {
        if source.chars().nth(MAX_PATTERN_CHARS).is_some() {
            return Err(format!("Pattern longer than {MAX_PATTERN_CHARS} characters"));
        }
        let translation = translate::translate(source)?;
        if translation.positions > MAX_PATTERN_POSITIONS {
            return Err(format!(
                "Pattern has more than {MAX_PATTERN_POSITIONS} positions when its repetitions are written out"
            ));
        }
        Ok(Self {
            source: source.into(),
            max_positions: if translation.is_deterministic { 1 } else { translation.positions as u64 + 1 },
            translated: translation.text.into(),
            compiled: OnceLock::new(),
        })
    }

    /// Memory of the compiled pattern without its match cache, in bytes. An error if it cannot be compiled.
    pub(super) fn compiled_bytes(&self) -> Result<usize, String> {
        let compiled = self.compiled.get_or_init(|| compile(&self.translated)).as_ref();
        compiled.map(|compiled| compiled.0.regex.memory_usage()).map_err(Clone::clone)
    }

    /// Memory of the compiled pattern with its match cache, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.compiled().map_or(0, |CompiledPattern(compiled)| {
            // A pattern that needs more than the cache is matched with working memory of up to twice its own.
            3 * compiled.regex.memory_usage() + 2 * MATCH_CACHE_BYTES
        })
    }

    /// The compiled pattern; `None` if it cannot be compiled. Compiled at the first call.
    pub(super) fn compiled(&self) -> Option<&CompiledPattern> {
        self.compiled.get_or_init(|| compile(&self.translated)).as_ref().ok()
    }

    /// The pattern as it was sent.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The pattern in the syntax of the `regex` crate.
    pub(super) fn translated(&self) -> &str {
        &self.translated
    }

    /// The maximum number of positions in the pattern that a matcher follows at once.
    pub(super) fn max_positions(&self) -> u64 {
        self.max_positions
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.compiled().is_some_and(|compiled| compiled.is_match(text))
    }
}

impl CompiledPattern {
    /// Whether the pattern matches somewhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        let Automaton { regex, cache } = &*self.0;
        let input = Input::new(text).earliest(true);
        match cache.try_lock() {
            Ok(mut cache) => regex.search_half_with(&mut cache, &input).is_some(),
            // A panic may have left the cache in an inconsistent state.
            Err(TryLockError::WouldBlock | TryLockError::Poisoned(_)) => {
                regex.search_half_with(&mut regex.create_cache(), &input).is_some()
            }
        }
    }
}

/// Compiles a translated pattern within the service's limits.
fn compile(translated: &str) -> Result<CompiledPattern, String> {
    let config = Config::new()
        .nfa_size_limit(Some(MAX_PATTERN_BYTES))
        .which_captures(WhichCaptures::Implicit)
        .hybrid_cache_capacity(MATCH_CACHE_BYTES)
        // The backtracker's memory grows with the text.
        .backtrack(false);
    match Regex::builder().configure(config).build(translated) {
        Ok(regex) => {
            let cache = Mutex::new(regex.create_cache());
            Ok(CompiledPattern(Arc::new(Automaton { regex, cache })))
        }
        Err(error) if error.size_limit().is_some() => {
            Err(format!("Pattern compiles to more than {} KiB", MAX_PATTERN_BYTES / 1024))
        }
        Err(_) => Err("Pattern cannot be compiled by the linear regex engine".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn matches(source: &str, matched: &[&str], unmatched: &[&str]) {
        let pattern = Pattern::parse(source).unwrap_or_else(|message| panic!("{source}: {message}"));
        pattern.compiled_bytes().unwrap();
        for text in matched {
            assert!(pattern.is_match(text), "{source} should match {text:?}");
        }
        for text in unmatched {
            assert!(!pattern.is_match(text), "{source} should not match {text:?}");
        }
    }

    #[test]
    fn patterns_match_as_in_ecma_262() {
        matches("^a|b$", &["a", "ax", "xb"], &["xa", "bx", ""]);
        matches(r"^\d+$", &["0129"], &["٣", "", "1a"]); // \d is ASCII
        matches(r"^\w+$", &["a_Z9"], &["é", "-"]);
        matches(r"^\s$", &["\u{feff}", "\u{a0}", "\u{2028}", "\t"], &["\u{85}", "x"]);
        matches(r"^\S\D\W$", &["xx-"], &[" x-", "x1-", "xxa"]);
        matches("^.$", &["é", "𝒳", "\u{85}"], &["\n", "\r", "\u{2028}", ""]);
        matches(r"\bfoo\b", &["a foo!", "-foo-"], &["afoo", "foo1", "éfoo"]); // \b includes letters of all scripts
        matches(r"a\Bb", &["ab"], &["a b"]);
        matches(r"^\/\-\.\{\}\<\>$", &["/-.{}<>"], &[]);
        matches(r"^\u0041\x42\u{1F600}\uD83D\uDE00\cJ\0$", &["AB😀😀\n\0"], &[]);
        matches(r"^[\w.-]+$", &["a.b-c"], &["a b"]);
        matches(r"^[a\-z\]\\^]+$", &["a-z]\\^"], &["b"]);
        matches(r"^[[&&~~]+$", &["[&~"], &["a"]);
        matches(r"^[\b]$", &["\u{8}"], &["b"]);
        matches("[]", &[], &["", "a"]);
        matches("^[^]$", &["\n", "a"], &[""]);
        matches(r"^[^\d\s]+$", &["ab"], &["1", " "]);
        matches(r"^[\s\S]$", &["\n", "a", "\u{10ffff}"], &["", "ab"]);
        matches(r"^[^\S]$", &[" ", "\u{feff}"], &["a"]);
        matches(r"^[a-\d]+$", &["a-5"], &["b"]);
        matches(r"^[\w--z]+$", &["a-z"], &["."]);
        matches(r"^[\d-a-z]+$", &["1-az"], &["b"]); // as without the `u` flag: the second hyphen is a character too
        matches(r"^[\P{L}\d-]+$", &["1-."], &["a"]);
        matches(r"^\p{Lu}\p{Script=Greek}\P{L}$", &["Éα1"], &["éα1"]);
        matches(r"^[\p{L}']+$", &["O'Brïen"], &["1"]);
        matches("^(?:ab)+?(?<x>c){2,3}(d){0,1}e{1,}$", &["ababccde", "abccce"], &["abce"]);
        matches("^a{,2}b{x}]}$", &["a{,2}b{x}]}"], &[]); // not a quantifier: literal
        matches("", &["", "anything"], &[]);
    }

    #[test]
    fn a_translated_class_has_no_nested_class() {
        for pattern in
            [r"[\w-]", r"[\s\S]", r"[^\d\s]", r"[\p{L}\d]", "[[&&~~!--[]", r"[a-\d]", r"[\]\[^-]", "[]", "[^]"]
        {
            let pattern = Pattern::parse(pattern).unwrap();
            let inside = &pattern.translated()[1..pattern.translated().len() - 1];
            assert!(!inside.contains(['[', ']', '&', '~']) && !inside.contains("--"), "{}", pattern.translated());
        }
    }

    #[test]
    fn syntax_errors_and_unsupported_syntax_are_refused() {
        for (pattern, message) in [
            ("(?=a)", "Lookaround is not supported"),
            ("(?<!a)b", "Lookaround is not supported"),
            (r"(a)\1", "Back references are not supported"),
            (r"\k<x>", "Back references are not supported"),
            ("(?i)a", "Unknown group '(?i'"),
            ("(a", "Unclosed group"),
            ("a)", "Unmatched ')'"),
            ("[a", "Unclosed character class"),
            ("[z-a]", "Character range out of order"),
            ("*a", "Nothing to repeat"),
            ("a**", "Nothing to repeat"),
            ("a{3,2}", "Repetition out of order"),
            (r"\y", r"Unknown escape '\y'"),
            (r"\uD800", "Lone surrogate"),
            (r"\p{Nonsense}", "Pattern cannot be compiled by the linear regex engine"),
            (r"a\", "Pattern ends with '\\'"),
        ] {
            let result = Pattern::parse(pattern).and_then(|pattern| pattern.compiled_bytes().map(|_| ()));
            assert!(result.as_ref().is_err_and(|text| text.contains(message)), "{pattern}: {result:?}");
        }
    }

    #[test]
    fn limits_of_patterns_are_exact() {
        let longest = "a".repeat(MAX_PATTERN_CHARS);
        assert!(Pattern::parse(&longest).is_ok());
        assert_eq!(Pattern::parse(&format!("{longest}a")).unwrap_err(), "Pattern longer than 512 characters");
        assert!(Pattern::parse("(?:a{40}){50}").is_ok()); // 2,000 positions
        assert!(Pattern::parse("(?:a{40}){50}a").unwrap_err().contains("more than 2000 positions"));
        assert!(Pattern::parse("(((a{99}){99}){99}){99}").unwrap_err().contains("more than 2000 positions"));
        assert!(Pattern::parse(r"\p{L}{10}").unwrap().compiled_bytes().is_ok());
        assert_eq!(
            Pattern::parse(r"\p{L}{60}").unwrap().compiled_bytes().unwrap_err(),
            "Pattern compiles to more than 1024 KiB"
        );
    }
}
