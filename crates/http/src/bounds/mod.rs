//! Limits of requests in flight: for all of them, so that the process stays within its memory, and for each key, so that one
//! caller cannot use what all share.

mod memory;
mod requests;

use memory::{MAX_REQUEST_BYTES, Memory};

pub(crate) use memory::{MemoryError, MemoryPermit};
pub(crate) use requests::{RequestPermit, Requests};
