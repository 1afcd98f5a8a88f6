mod create;
mod delete;
mod fields;
mod get;
mod list;
mod schema_and_component;
mod update;
mod validate;
