mod for_ever;
mod message;
mod preview;
