//! Every size limit of the service, in one place. `docs/api.md` lists the same numbers.

pub use schema::limits::*;

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
/// Largest `config.defaultProps`, in bytes of its text: room for data of the largest size and other props beside it.
pub const DEFAULT_PROPS_BYTES: usize = 320 * 1024;
/// How much data and text one answer with messages holds, in bytes, before it ends early: it always holds one message.
pub const MESSAGE_PART_BYTES: usize = 4 * 1024 * 1024;
/// How far before the last message a reader that has read to the end goes on, in seconds. A message becomes visible when it is
/// committed, usually milliseconds and seldom seconds after its id was made, and clocks of processes may differ.
pub const RESUME_OVERLAP_SECONDS: u64 = 10;
/// Largest text of a message, in characters.
pub const MESSAGE_TEXT_CHARS: usize = 100_000;
/// Longest id that a caller chooses (peers, conversations, workspaces, users), in characters.
pub const NAME_ID_CHARS: usize = 128;
/// Longest search term, in characters.
pub const SEARCH_CHARS: usize = 200;
/// Longest `Idempotency-Key`, in characters.
pub const IDEMPOTENCY_KEY_CHARS: usize = 255;
/// Most peers that "widget in use" names.
pub const PEERS_NAMED: usize = 100;
/// Results of a page when the caller names no number, and the most it may ask for.
pub const PAGE_LIMIT: (u32, u32) = (20, 100);
/// The same for the messages of a conversation.
pub const MESSAGE_PAGE_LIMIT: (u32, u32) = (50, 100);
