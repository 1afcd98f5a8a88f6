use std::{
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    web::Bytes,
};

use crate::bounds::MemoryPermit;

/// Holds the permit until all of the answer is in the buffers of its connection.
pub(crate) fn hold_until_sent(response: HttpResponse, memory: MemoryPermit) -> HttpResponse {
    response.map_body(|_, body| BoxBody::new(HeldBody { body, _memory: memory }))
}

struct HeldBody {
    body: BoxBody,
    _memory: MemoryPermit,
}

impl MessageBody for HeldBody {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(cx)
    }
}
