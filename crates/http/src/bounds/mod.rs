//! What requests under way may take: together, so that the process stays within its memory, and each key of it, so that
//! one caller cannot take what is there for all.

mod memory;
mod requests;

use memory::{LONGEST, Memory};

pub(crate) use memory::{Place, TakeError};
pub(crate) use requests::{Requests, UnderWay};
