use std::process::Command;

use super::process::{Home, client, run_to_its_end, stderr};

/// The header and the address of the `curl` that the service printed.
fn curl(printed: &[String]) -> (String, String) {
    let line = printed.iter().find_map(|line| line.trim().strip_prefix("curl -H '")).expect("a curl is printed");
    let (header, url) = line.split_once("' ").unwrap();
    (header.to_owned(), url.to_owned())
}

#[tokio::test]
async fn the_first_start_prints_a_key_and_a_working_curl_command() {
    let home = Home::new();
    let service = home.start();
    let (header, url) = curl(&service.printed);
    let (name, value) = header.split_once(": ").unwrap();
    let answer = client().get(&url).header(name, value).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["success"], true);
    let key = value.strip_prefix("Bearer ").unwrap();
    assert!(
        service.printed.iter().any(|line| line.trim() == key),
        "the key stands alone on a line: {:?}",
        service.printed
    );
    assert!(!home.log().contains(key), "the key must not reach the log");
}

#[tokio::test]
async fn the_first_start_prints_a_message_to_send_and_the_page_that_shows_it() {
    let home = Home::new();
    let service = home.start();
    let line =
        |start: &str| service.printed.iter().map(|line| line.trim()).rfind(|line| line.starts_with(start)).unwrap();
    let sent = Command::new("sh").args(["-c", &format!("{} -s", line("curl "))]).output().unwrap();
    let sent: serde_json::Value = serde_json::from_slice(&sent.stdout).unwrap();
    assert_eq!(sent["success"], true, "{sent}");
    let (page, fragment) = line("http://").split_once('#').unwrap();
    assert_eq!(client().get(page).send().await.unwrap().status(), 200);
    let key = fragment.strip_prefix("key=").unwrap().strip_suffix("&conversation=demo").unwrap();
    assert_eq!(service.status_with_key(key).await, 200);
}

#[tokio::test]
async fn the_second_start_prints_no_key_and_the_first_key_still_works() {
    let home = Home::new();
    let first = home.start();
    let key = curl(&first.printed).0.replace("Authorization: Bearer ", "");
    drop(first);
    let second = home.start();
    assert_eq!(second.printed, [format!("widgetd listening on http://{}", second.address)]);
    assert_eq!(second.status_with_key(&key).await, 200);
}

#[tokio::test]
async fn a_start_creates_no_key_if_the_database_has_one() {
    let home = Home::migrated();
    let key = home.new_key();
    let service = home.start();
    assert_eq!(service.printed.len(), 1, "{:?}", service.printed);
    assert_eq!(service.status_with_key(&key).await, 200);
}

#[test]
fn an_address_in_use_is_reported_and_no_key_is_lost() {
    let home = Home::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run_to_its_end(home.command(&["serve"]).env("WIDGETD_BIND", &address));
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(told.contains(&format!("cannot listen on {address} (WIDGETD_BIND)")), "{told}");
    assert!(output.stdout.is_empty());
    // The next start still prints a key.
    assert!(home.start().printed.len() > 1);
}
