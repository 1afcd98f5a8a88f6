//! Which servers each `sslmode` trusts.

use std::sync::LazyLock;

use adapter_diesel::{ConnectError, PostgresStore};
use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use test_postgres::Server;

use super::fixture::runtime;

/// A server with a certificate for `localhost`, and its issuer.
struct Secured {
    server: Server,
    authority: String,
}

static SECURED: LazyLock<Secured> = LazyLock::new(|| {
    let (authority, issuer) = authority();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let settings = [("ssl", "on"), ("ssl_cert_file", "server.pem"), ("ssl_key_file", "server.key")];
    let files = [("server.pem", certificate.pem()), ("server.key", key.serialize_pem())];
    let files = files.each_ref().map(|(name, content)| (*name, content.as_str()));
    Secured { server: Server::private(&settings, &files), authority }
});

fn authority() -> (String, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    (certificate.pem(), Issuer::new(params, key))
}

/// Connects with these options. Returns whether the connections of the store are encrypted.
async fn connect(host: &str, options: &str) -> Result<bool, String> {
    let url = SECURED.server.tcp_url("postgres").replace("127.0.0.1", host);
    let name = format!("tls-{}", options.bytes().fold(0_u64, |hash, byte| hash.wrapping_mul(31) + u64::from(byte)));
    let url = format!("{url}?application_name={name}&{options}");
    let _store = match PostgresStore::connect(&url, runtime()).await {
        Ok(store) => store,
        Err(error @ (ConnectError::Refused(_) | ConnectError::Certificates(_) | ConnectError::Url(_))) => {
            return Err(error.to_string());
        }
    };
    let query = "SELECT count(*) AS count FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)";
    let query = format!("{query} WHERE ssl AND application_name = '{name}'");
    let mut admin = AsyncPgConnection::establish(&SECURED.server.url("postgres")).await.unwrap();
    let found: Count = sql_query(query).get_result(&mut admin).await.unwrap();
    Ok(found.count > 0)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn file(content: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    file
}

#[tokio::test]
async fn disable_uses_no_tls_and_prefer_and_require_do() {
    assert_eq!(connect("localhost", "sslmode=disable").await, Ok(false));
    assert_eq!(connect("localhost", "").await, Ok(true), "prefer is the default");
    assert_eq!(connect("localhost", "sslmode=prefer").await, Ok(true));
    assert_eq!(connect("127.0.0.1", "sslmode=require").await, Ok(true), "require does not verify the server");
}

#[tokio::test]
async fn verify_full_trusts_only_the_host_and_the_authorities_of_the_url() {
    let authorities = file(&SECURED.authority);
    let options = format!("sslmode=verify-full&sslrootcert={}", authorities.path().display());
    assert_eq!(connect("localhost", &options).await, Ok(true));

    let of_another_host = connect("127.0.0.1", &options).await.unwrap_err();
    assert!(of_another_host.contains("certificate not valid for name"), "{of_another_host}");

    let others = file(&authority().0);
    let options = format!("sslmode=verify-full&sslrootcert={}", others.path().display());
    let of_another_authority = connect("localhost", &options).await.unwrap_err();
    assert!(of_another_authority.contains("invalid peer certificate"), "{of_another_authority}");
}

#[tokio::test]
async fn verify_full_without_authorities_fails_before_connecting() {
    let empty = file("");
    for path in [empty.path().display().to_string(), "/no/such/file.pem".to_owned()] {
        let error = connect("localhost", &format!("sslmode=verify-full&sslrootcert={path}")).await.unwrap_err();
        assert!(
            error.starts_with("cannot verify the PostgreSQL server's certificate") && error.contains(&path),
            "{error}"
        );
    }
}

#[tokio::test]
async fn require_fails_with_a_server_without_tls() {
    let url = format!("{}?sslmode=require", Server::shared().tcp_url("postgres"));
    let error = PostgresStore::connect(&url, runtime()).await.unwrap_err().to_string();
    assert!(error.contains("server does not support TLS"), "{error}");
}

#[tokio::test]
async fn verify_full_checks_the_name_of_the_connected_host() {
    let authorities = file(&SECURED.authority);
    let options = format!("sslmode=verify-full&sslrootcert={}", authorities.path().display());
    let closed_port = "127.0.0.1:1";
    assert_eq!(connect(&format!("{closed_port},localhost"), &options).await, Ok(true));
    let other_name = connect(&format!("{closed_port},127.0.0.1"), &options).await.unwrap_err();
    assert!(other_name.contains("certificate"), "{other_name}");
}
