//! Malformed input: it gets a 4xx in the envelope, and the service keeps running.

mod body;
mod media_type;
mod size;
mod target;
mod upgrade;
mod wire;
