//! The plans of all queries: no query scans a whole table.

use diesel::{debug_query, prelude::*, query_builder::QueryFragment, sql_query, sql_types::Text, sqlite::Sqlite};
use domain::{
    names::WorkspaceId,
    widget::{Category, Page, SearchTerm, Tag, TagSet, WidgetFilter},
};

use super::store;
use crate::{
    failure::store_error,
    queries,
    rows::{binding::BindingRow, bytes::Bytes, message::MessageRow, search},
    schema::{idempotency, widget, widget_module, widget_version},
    sqlite::{
        SqliteStore,
        stores::{housekeeping, widget_list},
    },
};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

async fn plan(store: &SqliteStore, query: impl QueryFragment<Sqlite>) -> Vec<String> {
    let sql = debug_query::<Sqlite, _>(&query).to_string();
    let (sql, _binds) = sql.split_once(" -- binds").unwrap();
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    let steps = store
        .database
        .read(move |connection| sql_query(explain).load::<Step>(connection).map_err(store_error))
        .await
        .unwrap();
    steps.into_iter().map(|step| step.detail).collect()
}

macro_rules! assert_plan {
    ($store:expr, $query:expr, [$($step:literal),* $(,)?]) => {
        assert_eq!(plan(&$store, $query).await, [$($step),*] as [&str; _])
    };
}

const ID: Bytes<16> = Bytes([7; 16]);

#[tokio::test]
async fn a_message_is_sent_and_read_through_indexes() {
    let (store, _directory) = store().await;
    assert_plan!(
        store,
        queries::api_key::by_hash(Bytes([7; 32])),
        ["SEARCH api_key USING INDEX api_key_by_hash (hash=?)"]
    );
    assert_plan!(
        store,
        queries::widget::live_with_version_by_key("w", "key").select((widget::id, widget_version::schema)),
        [
            "SEARCH widget USING INDEX widget_key (workspace_id=? AND key=?)",
            "SEARCH widget_version USING INDEX sqlite_autoindex_widget_version_1 (workspace_id=? AND widget_id=? AND version=?)",
        ]
    );
    assert_plan!(
        store,
        queries::binding::by_widget("w", "peer", ID).select(BindingRow::as_select()),
        ["SEARCH peer_widget USING INDEX peer_widget_once (workspace_id=? AND peer_id=? AND widget_id=?)"]
    );
    assert_plan!(
        store,
        queries::idempotency::under("w", ID, "key"),
        ["SEARCH idempotency USING PRIMARY KEY (workspace_id=? AND api_key_id=? AND key=?)"]
    );
    assert_plan!(
        store,
        queries::message::following("w", "c", ID).limit(51).select(MessageRow::as_select()),
        ["SEARCH message USING INDEX sqlite_autoindex_message_1 (workspace_id=? AND conversation_id=? AND id>?)"]
    );
}

#[tokio::test]
async fn one_message_and_one_widget_are_found_through_indexes() {
    let (store, _directory) = store().await;
    assert_plan!(
        store,
        queries::message::one("w", "c", ID).select(MessageRow::as_select()),
        ["SEARCH message USING INDEX sqlite_autoindex_message_1 (workspace_id=? AND conversation_id=? AND id=?)"]
    );
    assert_plan!(
        store,
        queries::widget::live_with_version("w", ID).select((widget::name, widget_version::component)),
        [
            "SEARCH widget USING INDEX widget_by_id (workspace_id=? AND deleted_at=? AND id=?)",
            "SEARCH widget_version USING INDEX sqlite_autoindex_widget_version_1 (workspace_id=? AND widget_id=? AND version=?)",
        ]
    );
}

#[tokio::test]
async fn versions_and_their_modules_are_found_through_indexes() {
    let (store, _directory) = store().await;
    assert_plan!(
        store,
        queries::version::with_modules("w", ID)
            .order(widget_version::version.desc())
            .limit(20)
            .select((widget_version::created_at, widget_module::digest.nullable())),
        [
            "SEARCH widget_version USING INDEX sqlite_autoindex_widget_version_1 (workspace_id=? AND widget_id=?)",
            "SEARCH widget_module USING INDEX sqlite_autoindex_widget_module_1 (workspace_id=? AND widget_id=? AND version=?) LEFT-JOIN",
        ]
    );
    assert_plan!(
        store,
        queries::version::code(Bytes([7; 32])),
        ["SEARCH widget_module USING INDEX widget_module_by_digest (digest=?)"]
    );
    assert_plan!(
        store,
        queries::version::with_module(Bytes([7; 32]), ID, 1),
        [
            "SEARCH widget_module USING INDEX widget_module_by_digest (digest=?)",
            "SEARCH widget_version USING INDEX sqlite_autoindex_widget_version_1 (workspace_id=? AND widget_id=? AND version=?)",
        ]
    );
    assert_plan!(
        store,
        queries::version::source_map(Bytes([7; 32])),
        ["SEARCH widget_module USING INDEX widget_module_by_source_map (source_map_digest=?)"]
    );
}

/// Messages are the exception: a scan reads the next thousand, from where the one before it ended.
#[tokio::test]
async fn old_rows_are_found_in_steps() {
    let (store, _directory) = store().await;
    assert_plan!(
        store,
        queries::idempotency::times_before(7).offset(999).limit(1),
        ["SEARCH idempotency USING COVERING INDEX idempotency_by_age (made_at<?)"]
    );
    assert_plan!(
        store,
        diesel::delete(idempotency::table.filter(idempotency::made_at.lt(7))),
        ["SEARCH idempotency USING INDEX idempotency_by_age (made_at<?)"]
    );
    assert_plan!(
        store,
        sql_query(housekeeping::SCAN),
        ["CO-ROUTINE (subquery-1)", "SEARCH message USING INTEGER PRIMARY KEY (rowid>?)", "SCAN (subquery-1)"]
    );
    assert_plan!(
        store,
        sql_query(housekeeping::DELETE),
        ["SEARCH message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"]
    );
    assert_plan!(
        store,
        sql_query(search::OUTDATED),
        ["SEARCH widget USING INDEX widget_to_fold ((workspace_id,id)>(?,?))"]
    );
}

#[tokio::test]
async fn widgets_are_listed_in_the_order_of_an_index() {
    let (store, _directory) = store().await;
    let workspace = WorkspaceId::parse("w").unwrap();
    let page = Page { number: 2, limit: 20 };
    let all = WidgetFilter::default();
    assert_plan!(
        store,
        widget_list::newest(&workspace, &all, page),
        ["SEARCH widget USING INDEX widget_by_id (workspace_id=? AND deleted_at=?)"]
    );
    let category = WidgetFilter { category: Some(Category::Sales), ..WidgetFilter::default() };
    assert_plan!(
        store,
        widget_list::matching(&workspace, &category).count(),
        ["SEARCH widget USING COVERING INDEX widget_by_category (workspace_id=? AND category=? AND deleted_at=?)"]
    );
    let category = WidgetFilter {
        category: Some(Category::Sales),
        search: Some(SearchTerm::parse("x").unwrap()),
        ..WidgetFilter::default()
    };
    assert_plan!(
        store,
        widget_list::newest(&workspace, &category, page),
        ["SEARCH widget USING INDEX widget_by_category (workspace_id=? AND category=? AND deleted_at=?)"]
    );
    assert_plan!(
        store,
        widget_list::matching(&workspace, &all).count(),
        ["SEARCH widget USING COVERING INDEX widget_by_id (workspace_id=? AND deleted_at=?)"]
    );
    let tagged = WidgetFilter { tags: TagSet::new(vec![Tag::parse("a").unwrap()]).unwrap(), ..WidgetFilter::default() };
    assert_plan!(
        store,
        widget_list::newest(&workspace, &tagged, page),
        [
            "SEARCH widget USING INDEX widget_by_id (workspace_id=? AND deleted_at=? AND id=?)",
            "LIST SUBQUERY 1",
            "SEARCH widget_tag USING PRIMARY KEY (workspace_id=? AND tag=?)",
        ]
    );
}

#[tokio::test]
async fn bindings_are_found_through_indexes() {
    let (store, _directory) = store().await;
    assert_plan!(
        store,
        queries::binding::of_widget("w", ID).count(),
        ["SEARCH peer_widget USING COVERING INDEX peer_widget_by_widget (workspace_id=? AND widget_id=?)"]
    );
    let list = queries::binding::of_peer_with_widgets("w", "@prebuilt", "peer").select((
        BindingRow::as_select(),
        widget::key,
        widget::name,
    ));
    assert_plan!(
        store,
        list,
        [
            "SEARCH peer_widget USING INDEX peer_widget_once (workspace_id=? AND peer_id=?)",
            "SEARCH widget USING INDEX sqlite_autoindex_widget_1 (workspace_id=? AND id=?)",
            "USE TEMP B-TREE FOR ORDER BY",
        ]
    );
}
