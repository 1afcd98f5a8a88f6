use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    body::{BodySize, MessageBody},
    web::Bytes,
};

use crate::bounds::Place;

/// What is handed on at once. actix-http copies all of what it is handed into its buffer, and so would hold a long answer
/// twice, the second time for each client that does not take it in.
const SLICE: usize = 16 * 1024;

/// A long body, handed on in slices. (It says nothing of being bytes already: actix-web would take those out again.)
pub(crate) struct Slices {
    rest: Bytes,
    /// Counts the body until the client has read all of it but what the buffers of a connection hold.
    _memory: Option<Place>,
}

impl Slices {
    /// A body that many answers share.
    pub(crate) fn shared(body: Bytes) -> Self {
        Self { rest: body, _memory: None }
    }

    /// A body that is counted.
    pub(crate) fn counted(body: Bytes, memory: Option<Place>) -> Self {
        Self { rest: body, _memory: memory }
    }
}

impl MessageBody for Slices {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.rest.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let length = self.rest.len().min(SLICE);
        Poll::Ready((length > 0).then(|| Ok(self.rest.split_to(length))))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;

    use super::*;

    #[actix_web::test]
    async fn all_of_it_is_handed_on_and_never_much_at_once() {
        for length in [0, 1, SLICE, SLICE + 1, 5 * SLICE + 7] {
            let bytes = Bytes::from(vec![b'x'; length]);
            let mut slices = Slices::shared(bytes.clone());
            assert_eq!(slices.size(), BodySize::Sized(length as u64));
            let first = std::future::poll_fn(|cx| Pin::new(&mut slices).poll_next(cx)).await;
            let first = first.map_or_else(Bytes::new, |slice| slice.unwrap());
            assert!(first.len() <= SLICE);
            let rest = to_bytes(slices).await.unwrap();
            assert_eq!([first, rest].concat(), bytes);
        }
    }
}
