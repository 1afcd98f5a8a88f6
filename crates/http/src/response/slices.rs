use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    body::{BodySize, MessageBody},
    web::Bytes,
};

/// Maximum length of a slice in bytes. actix-http copies each part of a body into its buffer, so an unsliced long answer
/// would be held twice for each slow client.
const MAX_SLICE_BYTES: usize = 16 * 1024;

/// A long body that is handed to actix-http in slices. (It does not implement `try_into_bytes`, or actix-web would hand over all
/// of it at once.)
pub(crate) struct SlicedBody {
    rest: Bytes,
}

impl SlicedBody {
    pub(crate) fn new(body: Bytes) -> Self {
        Self { rest: body }
    }
}

impl MessageBody for SlicedBody {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.rest.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let length = self.rest.len().min(MAX_SLICE_BYTES);
        Poll::Ready((length > 0).then(|| Ok(self.rest.split_to(length))))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;

    use super::*;

    #[actix_web::test]
    async fn all_of_a_body_is_handed_over_in_slices() {
        for length in [0, 1, MAX_SLICE_BYTES, MAX_SLICE_BYTES + 1, 5 * MAX_SLICE_BYTES + 7] {
            let bytes = Bytes::from(vec![b'x'; length]);
            let mut slices = SlicedBody::new(bytes.clone());
            assert_eq!(slices.size(), BodySize::Sized(length as u64));
            let first = std::future::poll_fn(|cx| Pin::new(&mut slices).poll_next(cx)).await;
            let first = first.map_or_else(Bytes::new, |slice| slice.unwrap());
            assert!(first.len() <= MAX_SLICE_BYTES);
            let rest = to_bytes(slices).await.unwrap();
            assert_eq!([first, rest].concat(), bytes);
        }
    }
}
