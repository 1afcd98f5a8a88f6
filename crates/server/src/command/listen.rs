//! Binds the address that the service listens on.

use std::{
    io,
    net::{SocketAddr, TcpListener},
};

use tokio::net::TcpSocket;

use super::CommandError;

/// Maximum number of connections that wait to be accepted. With the standard library's 128, clients wait a second or longer
/// when a few hundred connect at once.
const LISTEN_BACKLOG: u32 = 1_024;

/// Listens on an address and port. A host name is tried at each of its addresses. The error names the setting.
pub(super) async fn bind(address: &str) -> Result<TcpListener, CommandError> {
    try_each(address)
        .await
        .map_err(|error| CommandError::Failed(format!("cannot listen on {address} (WIDGETD_BIND): {error}")))
}

async fn try_each(address: &str) -> io::Result<TcpListener> {
    let mut refused = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for address in tokio::net::lookup_host(address).await? {
        match listen(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A restart need not wait until the old process's connections leave TIME_WAIT.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(LISTEN_BACKLOG)?.into_std()
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn a_host_name_can_be_listened_on() {
        let listener = bind("localhost:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        assert!(address.ip().is_loopback());
        assert!(TcpStream::connect(address).is_ok());
    }

    #[tokio::test]
    async fn an_address_in_use_is_refused_with_the_name_of_its_setting() {
        let listener = bind("127.0.0.1:0").await.unwrap();
        let taken = listener.local_addr().unwrap().to_string();
        let error = bind(&taken).await.unwrap_err().to_string();
        assert!(error.starts_with(&format!("cannot listen on {taken} (WIDGETD_BIND): ")), "{error}");
    }
}
