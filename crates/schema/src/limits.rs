//! Limits of JSON documents and JSON Schemas.

/// Largest JSON Schema, in bytes of its text.
pub const SCHEMA_BYTES: usize = 128 * 1024;
/// Most JSON values in a schema.
pub const SCHEMA_NODES: usize = 5_000;
/// Most bytes of the paths to all subschemas together: checkers keep a path for each.
pub const SCHEMA_PATH_BYTES: usize = 1024 * 1024;
/// Most regular expressions in a schema.
pub const SCHEMA_PATTERNS: usize = 200;
/// Longest regular expression, in characters.
pub const PATTERN_CHARS: usize = 512;
/// Most characters and classes in one regular expression, counted repetitions written out.
pub const PATTERN_POSITIONS: usize = 2_000;
/// Most memory for the automaton of one regular expression, in bytes.
pub const PATTERN_BYTES: usize = 1024 * 1024;
/// Most memory for all compiled regular expressions of a schema, in bytes, as their engine measures it.
pub const SCHEMA_PATTERN_BYTES: usize = 2 * 1024 * 1024;
/// Most `$ref`s that follow one another without going into the data.
pub const REF_CHAIN: usize = 16;
/// Most subschemas that are open at once while data of the deepest nesting is checked: what bounds a checker's stack.
pub const OPEN_SUBSCHEMAS: usize = 512;
/// Largest message data, in bytes of its text.
pub const DATA_BYTES: usize = 256 * 1024;
/// Deepest nesting of any JSON document that is taken in.
pub const JSON_DEPTH: usize = 64;
/// Most errors that one answer lists.
pub const ERRORS: usize = 50;
