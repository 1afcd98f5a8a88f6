mod get;
mod list;
mod use_of;
