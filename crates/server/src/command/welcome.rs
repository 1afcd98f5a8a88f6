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
    let mut said = format!(
        "\
The database is new. This is its first API key, with every permission in workspace '{workspace}'.
It is shown only now; `widgetd key create` makes others.

    {key}

Try it:

    curl -H 'Authorization: Bearer {key}' http://{address}/api/v1/widget/prebuilt
"
    );
    if web_assets::is_built() {
        said += &format!(
            "
Send a widget to a conversation, and see it:

    curl -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' -d '{MESSAGE}' http://{address}/api/v1/conversation/demo/message

    http://{address}/demo#key={key}&conversation=demo
"
        );
    }
    said
}

/// A message with a pre-built widget.
const MESSAGE: &str = r#"{"type":"widget","widgetKey":"sales-funnel-progress","data":{"stages":[{"name":"Leads","count":1500,"conversionRate":0.25},{"name":"Trials","count":375,"conversionRate":0.4},{"name":"Customers","count":150}]}}"#;

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
