mod add;
mod get;
mod list;
mod remove;
mod update;
