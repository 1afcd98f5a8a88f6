//! An empty database for a program: prints its URL, and keeps it until standard input ends.

use std::io::{Read as _, Write as _};

use test_postgres::{Database, Server};

fn main() {
    let database = Database::empty(Server::shared());
    let mut out = std::io::stdout();
    writeln!(out, "{}", database.url()).and_then(|()| out.flush()).expect("somebody reads the URL");
    std::io::stdin().read_to_end(&mut Vec::new()).expect("standard input can be read");
}
