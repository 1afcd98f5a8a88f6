//! The store on PostgreSQL.

mod catalog;
mod changes;
mod clock;
mod failure;
pub(crate) mod fixture;
mod housekeeping;
mod migrations;
mod partitions;
mod proxy;
mod rate_limits;
mod retention;
mod search;
mod tls;
mod without_trigrams;

/// The contract on databases in which versions and messages cannot be deleted or changed: no promise requires that.
mod contract {
    port_contract::store_contract!(crate::postgres::fixture::with_tripwires);
}
