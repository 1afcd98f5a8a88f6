mod get;
mod list;
mod restore;
