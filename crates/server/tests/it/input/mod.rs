//! Input that no honest client sends: each gets its 4xx in the envelope, and the service goes on.

mod body;
mod media_type;
mod size;
mod target;
mod upgrade;
mod wire;
