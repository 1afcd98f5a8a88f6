use super::{
    alone,
    fleet::{NO_LIMITS, Replica},
    server,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn ten_replicas_that_start_together_on_an_empty_database_print_one_key_and_all_serve() {
    let _alone = alone().await;
    let server = server();
    let url = server.url("postgres");
    let starting: Vec<_> = (0..10)
        .map(|_| {
            let url = url.clone();
            tokio::task::spawn_blocking(move || Replica::start(&url, &NO_LIMITS))
        })
        .collect();
    let mut replicas = Vec::new();
    for replica in starting {
        replicas.push(replica.await.unwrap());
    }
    let printed = replicas.iter().flat_map(|replica| &replica.service.printed);
    let keys: Vec<_> = printed.map(|line| line.trim()).filter(|line| line.starts_with("wgt_")).collect();
    let [key] = keys[..] else { panic!("{} keys are printed", keys.len()) };
    for replica in &replicas {
        assert_eq!(replica.service.status_with_key(key).await, 200);
    }
}
