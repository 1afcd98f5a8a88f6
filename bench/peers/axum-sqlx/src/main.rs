//! What `scripts/bench` measures widgetd against: one route of its API, written straightforwardly with axum and sqlx.
//!
//! Works on a database that widgetd made: its tables, its API keys, its widgets. Has what a good engineer would give it
//! at once: prepared statements, a pool, compiled schemas, keys and widgets cached for a second. No group commit: each
//! message is a separate INSERT.

mod send;
mod store;

use std::error::Error;

use axum::{Router, routing::post};
use sqlx::{Executor as _, postgres::PgPoolOptions};
use tokio::net::TcpListener;

/// Connections to PostgreSQL, if `DATABASE_CONNECTIONS` names no other number. With 8 it stored half as many messages, with
/// 32 no more.
const CONNECTIONS: u32 = 16;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("DATABASE_URL").map_err(|_| "DATABASE_URL must name the database")?;
    let connections = match std::env::var("DATABASE_CONNECTIONS") {
        Ok(number) => number.parse()?,
        Err(_) => CONNECTIONS,
    };
    // The ping before each use costs a round trip; widgetd does without it too.
    let pool = PgPoolOptions::new().max_connections(connections).test_before_acquire(false).connect(&url).await?;
    pool.execute("SELECT 1").await?;
    let routes = Router::new()
        .route("/api/v1/conversation/{conversation}/message", post(send::send))
        .with_state(store::Store::new(pool));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, routes).await?;
    Ok(())
}
