use actix_web::HttpRequest;

use crate::{
    bounds::{Place, TakeError, UnderWay},
    connection,
    response::{ApiError, ErrorCode},
};

/// Takes memory for a request, waiting a little for it, and keeps it until the answer is taken in. What the client sends
/// meanwhile waits in the socket.
pub(crate) async fn take(request: &HttpRequest, under_way: &UnderWay, bytes: usize) -> Result<(), ApiError> {
    let Some(connection) = connection::of(request) else {
        return Err(ApiError::internal("a request that came on no connection"));
    };
    if let Some(place) = under_way.try_take_body(bytes) {
        connection.keep(place);
        return Ok(());
    }
    connection.hold();
    let taken = under_way.take_body(bytes).await;
    connection.resume();
    connection.keep(taken.map_err(refused)?);
    // Reading was held up, and goes on only when the connection's task runs anew.
    tokio::task::yield_now().await;
    Ok(())
}

/// Gives back what is past so many bytes.
pub(crate) fn shrink_to(request: &HttpRequest, bytes: usize) {
    if let Some(connection) = connection::of(request) {
        connection.shrink_to(bytes);
    }
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
