//! The promises of the ports, as checks that every adapter runs. A check is a plain async function over the port; it
//! panics when the promise is broken, so it can be called from any test. See `docs/adapters.md`.
