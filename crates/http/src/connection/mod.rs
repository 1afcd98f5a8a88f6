//! One client's connection: its deadlines, and how far it may run ahead.
//!
//! actix-http bounds the time of a connection's first head and of an idle connection. It bounds neither a later head that
//! never ends, nor a refused body that trickles on in chunks, nor a client that does not read its answer. A stream between
//! it and the socket does.

mod offers;
mod state;
mod stream;
mod timeouts;

use std::rc::Rc;

use actix_web::HttpRequest;

pub(crate) use state::Connection;
pub(crate) use stream::GuardedStream;
pub use timeouts::Timeouts;

/// The connection of a request.
pub(crate) fn of(request: &HttpRequest) -> Option<Rc<Connection>> {
    request.conn_data::<Rc<Connection>>().cloned()
}
