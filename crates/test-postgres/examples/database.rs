//! Creates an empty database for another program. Prints its URL, and drops it when standard input ends.

use std::io::{Read as _, Write as _};

use test_postgres::{Database, Server};

fn main() {
    let database = Database::empty(Server::shared());
    let mut out = std::io::stdout();
    writeln!(out, "{}", database.url()).and_then(|()| out.flush()).expect("standard output can be written");
    std::io::stdin().read_to_end(&mut Vec::new()).expect("standard input can be read");
}
