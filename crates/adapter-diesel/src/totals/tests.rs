use futures_util::future::join_all;
use tokio::time::advance;

use super::*;

fn workspace(name: &str) -> WorkspaceId {
    WorkspaceId::parse(name).unwrap()
}

async fn kept(totals: &Totals, name: &str) -> Option<u64> {
    match totals.of(&workspace(name), &WidgetFilter::default()).await {
        Total::Kept(total) => Some(total),
        Total::Wanted(_) => None,
    }
}

async fn counting(totals: &Totals, name: &str) -> Counting {
    match totals.of(&workspace(name), &WidgetFilter::default()).await {
        Total::Wanted(counting) => counting,
        Total::Kept(total) => panic!("{total} is kept"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_total_over_10_000_is_kept_for_10_seconds_from_the_beginning_of_its_count() {
    let totals = Totals::new();
    let begun = counting(&totals, "w").await;
    advance(Duration::from_secs(3)).await;
    assert_eq!(begun.done(10_001), 10_001);
    assert_eq!(kept(&totals, "w").await, Some(10_001));
    assert_eq!(kept(&totals, "another").await, None);
    advance(Duration::from_millis(6_999)).await;
    assert_eq!(kept(&totals, "w").await, Some(10_001));
    advance(Duration::from_millis(1)).await;
    assert_eq!(kept(&totals, "w").await, None);
}

#[tokio::test(start_paused = true)]
async fn a_total_up_to_10_000_is_never_kept() {
    let totals = Totals::new();
    assert_eq!(counting(&totals, "w").await.done(10_000), 10_000);
    assert_eq!(kept(&totals, "w").await, None);
    // Nor when it was more before.
    counting(&totals, "w").await.done(10_001);
    advance(FRESH).await;
    counting(&totals, "w").await.done(9_999);
    assert_eq!(kept(&totals, "w").await, None);
}

#[tokio::test(start_paused = true)]
async fn of_many_that_want_a_long_count_again_one_counts() {
    let totals = Totals::new();
    counting(&totals, "w").await.done(20_000);
    advance(FRESH).await;
    let begun = counting(&totals, "w").await;
    let waiting = tokio::spawn({
        let totals = totals.clone();
        async move { join_all((0..5).map(|_| kept(&totals, "w"))).await }
    });
    tokio::task::yield_now().await;
    begun.done(20_005);
    assert_eq!(waiting.await.unwrap(), [Some(20_005); 5]);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_long_for_a_count_that_does_not_end() {
    let totals = Totals::new();
    counting(&totals, "w").await.done(20_000);
    advance(FRESH).await;
    let stuck = counting(&totals, "w").await;
    let begin = Instant::now();
    counting(&totals, "w").await.done(20_005);
    assert_eq!(begin.elapsed(), PATIENCE);
    drop(stuck);
    assert_eq!(kept(&totals, "w").await, Some(20_005));
}

#[tokio::test(start_paused = true)]
async fn a_count_that_failed_is_made_by_the_next() {
    let totals = Totals::new();
    counting(&totals, "w").await.done(20_000);
    advance(FRESH).await;
    drop(counting(&totals, "w").await);
    assert_eq!(kept(&totals, "w").await, None);
}

#[test]
fn a_kept_total_does_not_contradict_the_page() {
    let page = |number| Page { number, limit: 20 };
    assert_eq!(seen(10_001, page(1), 20), 10_001);
    assert_eq!(seen(10_001, page(1), 19), 19, "widgets were deleted");
    assert_eq!(seen(10_001, page(1), 0), 0);
    assert_eq!(seen(10_001, page(501), 1), 10_001);
    assert_eq!(seen(10_001, page(501), 2), 10_002, "one was added");
    assert_eq!(seen(10_001, page(502), 0), 10_001, "past the end nothing is seen");
    assert_eq!(seen(10_001, page(502), 20), 10_040);
}
