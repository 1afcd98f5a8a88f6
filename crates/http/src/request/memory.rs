use crate::{
    bounds::{Place, TakeError, UnderWay},
    response::{ApiError, ErrorCode},
};

/// Takes memory for a body or a long answer, waiting a little for it. What the client sends meanwhile waits in the socket.
pub(crate) async fn take(under_way: &UnderWay, bytes: usize) -> Result<Place, ApiError> {
    under_way.take_body(bytes).await.map_err(refused)
}

/// Takes memory for what a long body is read into, waiting a little for it.
pub(super) async fn take_for_values(under_way: &UnderWay, body: &[u8]) -> Result<Place, ApiError> {
    under_way.take_values(weight(body)).await.map_err(refused)
}

/// What a body may take when it is read: a value for each comma, a node of a map for each brace. Those in strings are
/// counted too, since to tell them apart would be to read it.
fn weight(body: &[u8]) -> usize {
    const VALUE: usize = 32;
    const NODE: usize = 640;
    let count = |wanted: u8| body.iter().filter(|byte| **byte == wanted).count();
    body.len() + VALUE * (count(b',') + count(b'[')) + NODE * count(b'{')
}

fn refused(error: TakeError) -> ApiError {
    match error {
        TakeError::ShareTaken => {
            let message = "The API key has too many long requests under way";
            ApiError::new(ErrorCode::TooManyAtOnce, message).retry_after(1)
        }
        TakeError::AllTaken => ApiError::unavailable("The service is overloaded, try again"),
    }
}
