//! Limits of JSON documents and JSON Schemas.

/// Maximum size of a JSON Schema, in bytes of its text.
pub const MAX_SCHEMA_BYTES: usize = 128 * 1024;
/// Maximum number of JSON values in a schema.
pub const MAX_SCHEMA_NODES: usize = 5_000;
/// Maximum length of the paths to all subschemas together, in bytes: checkers store a path for each.
pub const MAX_SCHEMA_PATH_BYTES: usize = 1024 * 1024;
/// Maximum number of regular expressions in a schema.
pub const MAX_SCHEMA_PATTERNS: usize = 200;
/// Maximum length of a regular expression, in characters.
pub const MAX_PATTERN_CHARS: usize = 512;
/// Maximum number of characters and classes in a regular expression, with counted repetitions written out.
pub const MAX_PATTERN_POSITIONS: usize = 2_000;
/// Maximum memory for the automaton of one regular expression, in bytes.
pub const MAX_PATTERN_BYTES: usize = 1024 * 1024;
/// Maximum memory for all compiled regular expressions of a schema, in bytes, as measured by their engine.
pub const MAX_SCHEMA_PATTERN_BYTES: usize = 2 * 1024 * 1024;
/// Maximum number of `$ref`s in a row, without a step into the data between them.
pub const MAX_REF_CHAIN: usize = 16;
/// Maximum number of subschemas that are open at once while data of the deepest nesting is checked. Bounds a checker's stack.
pub const MAX_OPEN_SUBSCHEMAS: usize = 512;
/// Maximum size of a message's data, in bytes of its text.
pub const MAX_DATA_BYTES: usize = 256 * 1024;
/// Maximum nesting of an accepted JSON document.
pub const MAX_JSON_DEPTH: usize = 64;
/// Maximum number of errors in one answer.
pub const MAX_ERRORS: usize = 50;
