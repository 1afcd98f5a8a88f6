//! Every size limit of the service. Except where a doc says otherwise, each constant is an inclusive maximum. `docs/api.md`
//! lists the same numbers.

pub use schema::limits::*;

/// Maximum length of a widget key, in characters.
pub const MAX_KEY_CHARS: usize = 64;
/// Maximum length of a widget name, in characters.
pub const MAX_NAME_CHARS: usize = 120;
/// Maximum length of a description, in characters.
pub const MAX_DESCRIPTION_CHARS: usize = 2_000;
/// Maximum number of tags of a widget.
pub const MAX_TAGS: usize = 20;
/// Maximum length of a tag, in characters.
pub const MAX_TAG_CHARS: usize = 50;
/// Maximum number of origins in one list of a widget's resources.
pub const MAX_ORIGINS: usize = 10;
/// Maximum length of the name of a host, in characters (RFC 1035).
pub const MAX_HOST_CHARS: usize = 253;
/// Maximum size of a component source, in bytes.
pub const MAX_COMPONENT_BYTES: usize = 256 * 1024;
/// Maximum size of a compiled module, in bytes: four times the largest source. The worst case, elements as small as `<a/>`,
/// grows to three times the size of its source.
pub const MAX_MODULE_BYTES: usize = 1024 * 1024;
/// Maximum size of a source map, in bytes. A source map holds the source as a JSON string, and a few bytes for every name and
/// bracket.
pub const MAX_SOURCE_MAP_BYTES: usize = 4 * 1024 * 1024;
/// Maximum size of the style sheet of a version, in bytes.
pub const MAX_STYLESHEET_BYTES: usize = 256 * 1024;
/// Maximum size of `config.defaultProps`, in bytes of its text: enough for data of the maximum size
/// ([`MAX_DATA_BYTES`]) and other props alongside it.
pub const MAX_DEFAULT_PROPS_BYTES: usize = 320 * 1024;
/// Size of the data and text of one page of messages, in bytes, at which the page ends early. The message that reaches this
/// size is still part of the page, so a page may be larger by one message.
pub const MAX_MESSAGE_PART_BYTES: usize = 4 * 1024 * 1024;
/// How far before the last message a reader that has read to the end resumes, in seconds.
///
/// A message becomes visible when it is committed, usually milliseconds and seldom seconds after its id was created, and the
/// clocks of processes may differ.
pub const RESUME_OVERLAP_SECONDS: u64 = 10;
/// Maximum length of the text of a message, in characters.
pub const MAX_MESSAGE_TEXT_CHARS: usize = 100_000;
/// Maximum length of the name of a workspace or user, in characters.
pub const MAX_NAME_ID_CHARS: usize = 128;
/// Maximum length of the name of a peer or conversation, in characters. In UTF-8 it takes up to 1,024 bytes, which leaves an
/// entry of an index of PostgreSQL (at most 2,704 bytes) room for the workspace and an id.
pub const MAX_CALLER_NAME_CHARS: usize = 256;
/// Maximum length of a search term, in characters.
pub const MAX_SEARCH_CHARS: usize = 200;
/// Maximum length of an `Idempotency-Key`, in characters.
pub const MAX_IDEMPOTENCY_KEY_CHARS: usize = 255;
/// Maximum number of peers that the error "widget in use" lists.
pub const MAX_PEERS_NAMED: usize = 100;
/// Page size of lists: the default, and the maximum that a caller may request.
pub const PAGE_LIMIT: (u32, u32) = (20, 100);
/// Page size of the messages of a conversation: the default, and the maximum that a caller may request.
pub const MESSAGE_PAGE_LIMIT: (u32, u32) = (50, 100);
