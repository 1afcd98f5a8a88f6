mod docs;
mod examples;
mod health;
mod metrics;
mod openapi;
