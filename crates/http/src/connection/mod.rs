//! One client's connection. actix-http bounds the time of a connection's first head and nothing after it: neither a later
//! head that never ends, nor a refused body that trickles on, nor a client that does not take its answer in. The stream
//! between it and the socket does, and gives its own bare refusals the envelope that all answers have.

mod offers;
mod parser;
mod refusal;
mod state;
mod stream;

use std::rc::Rc;

use actix_web::HttpRequest;

pub(crate) use refusal::Refusals;
pub(crate) use state::Connection;
pub use state::Patience;
pub(crate) use stream::GuardedStream;

/// The connection that a request came on.
pub(crate) fn of(request: &HttpRequest) -> Option<Rc<Connection>> {
    request.conn_data::<Rc<Connection>>().cloned()
}
