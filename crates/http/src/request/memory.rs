use crate::{
    bounds::{MemoryError, MemoryPermit, RequestPermit},
    response::{ApiError, ErrorCode},
};

/// Acquires memory for a body or a long answer, and waits some seconds for it. What the client sends meanwhile stays in the
/// socket.
pub(crate) async fn acquire(permit: &RequestPermit, bytes: usize) -> Result<MemoryPermit, ApiError> {
    permit.acquire_body(bytes).await.map_err(refused)
}

/// Acquires memory for the values that a long body is parsed into.
pub(super) async fn acquire_for_values(permit: &RequestPermit, body: &[u8]) -> Result<MemoryPermit, ApiError> {
    permit.acquire_values(max_parsed_bytes(body)).await.map_err(refused)
}

/// The maximum size of a body and its values in bytes: a value for each comma and bracket, a node of a map for each brace.
/// Those in strings count too, because only a parser could tell them apart.
fn max_parsed_bytes(body: &[u8]) -> usize {
    const VALUE: usize = 32;
    const NODE: usize = 640;
    let count = |wanted: u8| body.iter().filter(|byte| **byte == wanted).count();
    body.len() + VALUE * (count(b',') + count(b'[')) + NODE * count(b'{')
}

fn refused(error: MemoryError) -> ApiError {
    match error {
        MemoryError::KeyShareExhausted => {
            let message = "The API key has too many long requests in flight";
            ApiError::new(ErrorCode::TooManyConcurrentRequests, message).retry_after(1)
        }
        MemoryError::Exhausted => ApiError::unavailable("The service is overloaded, try again"),
    }
}
