//! The stores on SQLite and on PostgreSQL ([`postgres`]): the contract of their ports, and the promises of each database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod catalog;
mod changes;
mod damage;
mod fixture;
mod migrations;
mod opening;
mod postgres;
mod search;
mod sharing;
mod totals;

/// The contract on a file in which versions cannot be deleted or changed: no promise requires that.
mod on_file {
    port_contract::store_contract!(crate::fixture::file_with_tripwires);
}

/// The contract on a database in memory.
mod in_memory {
    port_contract::store_contract!(crate::fixture::memory);
}
