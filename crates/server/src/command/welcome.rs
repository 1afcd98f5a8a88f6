//! What `serve` says on stdout.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use app::IssuedKey;

/// Where the service listens: always the last line of its start, for people and for programs that wait for it.
pub(super) fn listening(address: SocketAddr) -> String {
    format!("widgetd listening on http://{address}")
}

/// The first key of a new database, and something to do with it.
pub(super) fn first_key(issued: &IssuedKey, address: SocketAddr) -> String {
    let key = issued.secret.reveal();
    let workspace = &issued.key.workspace;
    let address = reachable(address);
    format!(
        "\
The database is new. This is its first API key, with every permission in workspace '{workspace}'.
It is shown only now; `widgetd key create` makes others.

    {key}

Try it:

    curl -H 'Authorization: Bearer {key}' http://{address}/api/v1/widget/prebuilt
"
    )
}

/// An address that a client on this machine can connect to.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curl_goes_to_an_address_that_can_be_reached() {
        let cases = [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("192.0.2.1:8080", "192.0.2.1:8080")];
        for (bound, told) in cases {
            assert_eq!(reachable(bound.parse().unwrap()).to_string(), told);
        }
    }
}
