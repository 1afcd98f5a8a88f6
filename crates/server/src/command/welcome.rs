//! The messages that `serve` prints to stdout.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use app::IssuedKey;

/// The address that the service listens on. Always the last line of a start, so that programs can wait for it.
pub(super) fn listening(address: SocketAddr) -> String {
    format!("widgetd listening on http://{address}")
}

/// The first key of a new database, and commands to try it with.
pub(super) fn first_key(issued: &IssuedKey, address: SocketAddr) -> String {
    let key = issued.secret.reveal();
    let workspace = &issued.key.workspace;
    let address = reachable(address);
    let mut message = format!(
        "\
The database is new. This is its first API key, with every permission in workspace '{workspace}'.
It is shown only now; `widgetd key create` makes others.

    {key}

Try it:

    curl -H 'Authorization: Bearer {key}' http://{address}/api/v1/widget/prebuilt
"
    );
    if web_assets::is_built() {
        message += &format!(
            "
Send a widget to a conversation, and see it:

    curl -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' -d '{MESSAGE}' http://{address}/api/v1/conversation/demo/message

    http://{address}/demo#key={key}&conversation=demo
"
        );
    }
    message
}

/// The body of a request that sends a message with a pre-built widget.
const MESSAGE: &str = r#"{"type":"widget","widgetKey":"sales-funnel-progress","data":{"stages":[{"name":"Leads","count":1500,"conversionRate":0.25},{"name":"Trials","count":375,"conversionRate":0.4},{"name":"Customers","count":150}]}}"#;

/// The address, with an unspecified IP replaced with the loopback address, to which clients on this machine can connect.
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
    fn the_curl_commands_use_a_reachable_address() {
        let cases = [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("192.0.2.1:8080", "192.0.2.1:8080")];
        for (bound, printed) in cases {
            assert_eq!(reachable(bound.parse().unwrap()).to_string(), printed);
        }
    }
}
