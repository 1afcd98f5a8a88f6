use futures_util::future::join_all;
use tokio::time::advance;

use super::*;

fn workspace(name: &str) -> WorkspaceId {
    WorkspaceId::parse(name).unwrap()
}

async fn cached(totals: &Totals, name: &str) -> Option<u64> {
    match totals.of(&workspace(name), &WidgetFilter::default()).await {
        Total::Cached(total) => Some(total),
        Total::Uncached(_) => None,
    }
}

async fn counting(totals: &Totals, name: &str) -> Counting {
    match totals.of(&workspace(name), &WidgetFilter::default()).await {
        Total::Uncached(counting) => counting,
        Total::Cached(total) => panic!("{total} is cached"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_total_over_10_000_is_cached_for_10_seconds_from_the_start_of_its_count() {
    let totals = Totals::new();
    let started = counting(&totals, "w").await;
    advance(Duration::from_secs(3)).await;
    assert_eq!(started.finish(10_001), 10_001);
    assert_eq!(cached(&totals, "w").await, Some(10_001));
    assert_eq!(cached(&totals, "another").await, None);
    advance(Duration::from_millis(6_999)).await;
    assert_eq!(cached(&totals, "w").await, Some(10_001));
    advance(Duration::from_millis(1)).await;
    assert_eq!(cached(&totals, "w").await, None);
}

#[tokio::test(start_paused = true)]
async fn a_total_up_to_10_000_is_never_cached() {
    let totals = Totals::new();
    assert_eq!(counting(&totals, "w").await.finish(10_000), 10_000);
    assert_eq!(cached(&totals, "w").await, None);
    // Not even if it was larger before.
    counting(&totals, "w").await.finish(10_001);
    advance(MAX_AGE).await;
    counting(&totals, "w").await.finish(9_999);
    assert_eq!(cached(&totals, "w").await, None);
}

#[tokio::test(start_paused = true)]
async fn of_concurrent_requests_for_a_long_count_exactly_one_counts() {
    let totals = Totals::new();
    counting(&totals, "w").await.finish(20_000);
    advance(MAX_AGE).await;
    let started = counting(&totals, "w").await;
    let waiting = tokio::spawn({
        let totals = totals.clone();
        async move { join_all((0..5).map(|_| cached(&totals, "w"))).await }
    });
    tokio::task::yield_now().await;
    started.finish(20_005);
    assert_eq!(waiting.await.unwrap(), [Some(20_005); 5]);
}

#[tokio::test(start_paused = true)]
async fn no_request_waits_long_for_a_count_that_hangs() {
    let totals = Totals::new();
    counting(&totals, "w").await.finish(20_000);
    advance(MAX_AGE).await;
    let stuck = counting(&totals, "w").await;
    let start = Instant::now();
    counting(&totals, "w").await.finish(20_005);
    assert_eq!(start.elapsed(), WAIT_TIMEOUT);
    drop(stuck);
    assert_eq!(cached(&totals, "w").await, Some(20_005));
}

#[tokio::test(start_paused = true)]
async fn the_next_request_repeats_a_count_that_failed() {
    let totals = Totals::new();
    counting(&totals, "w").await.finish(20_000);
    advance(MAX_AGE).await;
    drop(counting(&totals, "w").await);
    assert_eq!(cached(&totals, "w").await, None);
}

#[test]
fn a_cached_total_does_not_contradict_the_page() {
    let page = |number| Page { number, limit: 20 };
    assert_eq!(adjust(10_001, page(1), 20), 10_001);
    assert_eq!(adjust(10_001, page(1), 19), 19, "widgets were deleted");
    assert_eq!(adjust(10_001, page(1), 0), 0);
    assert_eq!(adjust(10_001, page(501), 1), 10_001);
    assert_eq!(adjust(10_001, page(501), 2), 10_002, "one was added");
    assert_eq!(adjust(10_001, page(502), 0), 10_001, "a page past the end corrects nothing");
    assert_eq!(adjust(10_001, page(502), 20), 10_040);
}
