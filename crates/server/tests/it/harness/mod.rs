//! What every test of the HTTP API uses: a separate server with a database, a clock and keys, and a client that checks the
//! promises that every answer must keep.

mod app;
mod backend;
mod client;
mod clock;
mod conformity;
mod keys;
mod raw;
mod response;
mod routes;
mod runtime;
mod samples;

pub(crate) use app::{Options, TestApp, spawn_app, spawn_pair, spawn_with};
pub(crate) use backend::Backend;
pub(crate) use client::{Body, Request};
pub(crate) use clock::{START_SECONDS, TestClock};
pub(crate) use keys::Role;
pub(crate) use raw::{Connection, RawResponse};
pub(crate) use response::Response;
pub(crate) use routes::{Access, ROUTES, Route};
pub(crate) use samples::*;
