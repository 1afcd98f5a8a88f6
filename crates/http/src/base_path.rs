//! Where the API is mounted.

/// All paths of the API begin with it.
pub(crate) const BASE_PATH: &str = "/api/v1";
