//! Every size limit of the service, in one place. `docs/api.md` lists the same figures.

/// Longest widget key, in characters.
pub const KEY_CHARS: usize = 64;
/// Longest widget name, in characters.
pub const NAME_CHARS: usize = 120;
/// Longest description, in characters.
pub const DESCRIPTION_CHARS: usize = 2_000;
/// Most tags of a widget.
pub const TAGS: usize = 20;
/// Longest tag, in characters.
pub const TAG_CHARS: usize = 50;
/// Largest component source, in bytes.
pub const COMPONENT_BYTES: usize = 256 * 1024;
/// Largest module that a component is compiled to, in bytes: four times the largest source. Elements as small as `<a/>` grow
/// three times.
pub const MODULE_BYTES: usize = 1024 * 1024;
/// Largest source map, in bytes: it holds the source as a JSON string, and a few bytes for every name and bracket.
pub const SOURCE_MAP_BYTES: usize = 4 * 1024 * 1024;
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
/// Largest `config.defaultProps`, in bytes of its text: room for data of the largest size and other props beside it.
pub const DEFAULT_PROPS_BYTES: usize = 320 * 1024;
/// How much data and text one answer with messages holds, in bytes, before it ends early: it always holds one message.
pub const MESSAGE_PART_BYTES: usize = 4 * 1024 * 1024;
/// How far before the last message a reader that has read to the end goes on, in seconds. A message becomes visible when it is
/// committed, usually milliseconds and seldom seconds after its id was made, and clocks of processes may differ.
pub const RESUME_OVERLAP_SECONDS: u64 = 10;
/// Largest text of a message, in characters.
pub const MESSAGE_TEXT_CHARS: usize = 100_000;
/// Deepest nesting of any JSON document that is taken in.
pub const JSON_DEPTH: usize = 64;
/// Longest id that a caller chooses (peers, conversations, workspaces, users), in characters.
pub const NAME_ID_CHARS: usize = 128;
/// Longest search term, in characters.
pub const SEARCH_CHARS: usize = 200;
/// Longest `Idempotency-Key`, in characters.
pub const IDEMPOTENCY_KEY_CHARS: usize = 255;
/// Most errors that one answer lists.
pub const ERRORS: usize = 50;
/// Most peers that "widget in use" names.
pub const PEERS_NAMED: usize = 100;
/// Results of a page when the caller names no number, and the most it may ask for.
pub const PAGE_LIMIT: (u32, u32) = (20, 100);
/// The same for the messages of a conversation.
pub const MESSAGE_PAGE_LIMIT: (u32, u32) = (50, 100);
