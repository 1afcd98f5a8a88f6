mod message;
mod pinned_version;
mod preview;
