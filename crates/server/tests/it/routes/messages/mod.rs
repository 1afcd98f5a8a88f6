mod bound_data;
mod get;
mod list;
mod send;
