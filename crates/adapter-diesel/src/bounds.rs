//! The bounds of the queues in front of both databases.

/// The most requests that wait for a thread. At 1,000 commits a second a request waits for a second at worst; later
/// requests are better answered with "unavailable" than queued.
pub(crate) const MAX_QUEUED: usize = 1_024;
/// The most KiB of requests that wait, where requests differ much in size.
pub(crate) const MAX_QUEUED_KIB: usize = 16 * 1_024;
/// The most requests that share a commit. A commit takes about as long for one row as for hundreds; beyond this number the
/// gain is small, and the first request would wait for the work of all.
pub(crate) const MAX_BATCH: usize = 256;
