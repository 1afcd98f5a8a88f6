//! The plans of all queries on 100,000 rows: no query scans a whole table, neither with a plan for its own values nor with
//! a generic plan, which PostgreSQL may use for a prepared statement.

use diesel::{
    QueryableByName, debug_query,
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_query,
    sql_types::{BigInt, Binary, Text},
};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _};
use domain::{
    names::WorkspaceId,
    widget::{Category, Page, SearchTerm, Tag, TagSet, WidgetFilter},
};
use test_postgres::Database;

use super::store;
use crate::{
    postgres::stores::{housekeeping, widget_list},
    queries,
    rows::{
        api_key::ApiKeyRow, binding::BindingRow, bytes::Bytes, idempotency::AttemptRow, message::MessageRow,
        search::OUTDATED,
    },
    schema::{widget, widget_module, widget_version},
};

/// Nine of ten rows belong to the workspace `w`, the others to a hundred more. Messages are in ten partitions. `int8send`
/// keeps the order. Foreign keys do not matter for reads, and checking them would take half of the time.
const ROWS: &str = "
    ALTER TABLE widget_version DROP CONSTRAINT widget_version_workspace_id_widget_id_fkey;
    ALTER TABLE widget_module DROP CONSTRAINT widget_module_workspace_id_widget_id_version_fkey;
    ALTER TABLE widget_tag DROP CONSTRAINT widget_tag_workspace_id_widget_id_fkey;
    CREATE FUNCTION place(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
        $$ SELECT CASE WHEN n % 10 < 9 THEN 'w' ELSE 'w-' || n % 1000 / 10 END $$;
    CREATE FUNCTION named(n bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT int8send(n) || int8send(n) $$;
    INSERT INTO api_key SELECT place(n), named(n), sha256(named(n)), 'u', 'WIDGETS_MANAGE', n, NULL
        FROM generate_series(1, 100000) n;
    INSERT INTO widget SELECT place(n), named(n), 'key-' || n, CASE n % 20 WHEN 0 THEN 'sales' ELSE 'general' END, 1, 1, 'u',
            n, n, NULL, 'Widget ' || n, '[]', CASE n % 9999 WHEN 0 THEN 'zebra ' ELSE 'chart ' END || n,
            repeat('An interactive dashboard with charts and metrics. ', 8), 1
        FROM generate_series(1, 100000) n;
    INSERT INTO widget_version SELECT place(n), named(n), 1, sha256(''), n, '{}', 'c' FROM generate_series(1, 100000) n;
    INSERT INTO widget_module SELECT place(n), named(n), 1, sha256(named(n)), sha256(named(n)), 'c', '{}'
        FROM generate_series(1, 100000) n;
    INSERT INTO widget_tag SELECT place(n), tag, named(n) FROM generate_series(1, 100000) n,
        LATERAL (VALUES ('all'), (CASE n % 9999 WHEN 0 THEN 'rare' ELSE 'common' END)) AS tags (tag);
    INSERT INTO peer_widget SELECT place(n), named(n), 'peer-' || n / 100, named(n), true, NULL, n, NULL
        FROM generate_series(1, 100000) n;
    ALTER TABLE message DETACH PARTITION message_first;
    ALTER TABLE message DETACH PARTITION message_rest;
    ALTER TABLE message ATTACH PARTITION message_first FOR VALUES FROM (MINVALUE) TO (int8send(10000));
    DO $$ BEGIN
        FOR n IN 1..8 LOOP
            EXECUTE format('CREATE TABLE message_%s (LIKE message INCLUDING ALL)', n);
            EXECUTE format('ALTER TABLE message ATTACH PARTITION message_%s FOR VALUES FROM (%L) TO (%L)',
                n, int8send(n * 10000), int8send((n + 1) * 10000));
        END LOOP;
    END $$;
    ALTER TABLE message ATTACH PARTITION message_rest FOR VALUES FROM (int8send(90000)) TO (MAXVALUE);
    INSERT INTO message SELECT place(n), 'conv-' || n % 100, named(n), NULL, named(n), 1, 'key', 'u', n, NULL, '{}'
        FROM generate_series(1, 100000) n;
    INSERT INTO idempotency SELECT place(n), named(n), 'key', sha256(''), n, '{}' FROM generate_series(1, 100000) n;
";

async fn filled() -> (AsyncPgConnection, Database) {
    let (store, database) = store().await;
    store.close().await;
    let mut connection = AsyncPgConnection::establish(&database.url()).await.unwrap();
    // Otherwise VACUUM may not treat the last commits as visible to all.
    connection.batch_execute("SET synchronous_commit = on").await.unwrap();
    connection.batch_execute(ROWS).await.unwrap();
    // Updates the statistics and the visibility map, as autovacuum would in time.
    connection.batch_execute("VACUUM ANALYZE").await.unwrap();
    (connection, database)
}

/// A query that is explained and not executed.
#[derive(QueryId)]
struct Explained<Q>(Q);

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Explained<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql("EXPLAIN (COSTS OFF) ");
        self.0.walk_ast(out)
    }
}

impl<Q> Query for Explained<Q> {
    type SqlType = Text;
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    step: String,
}

/// The plan for the values of the query, and the generic one.
async fn plans<Q>(connection: &mut AsyncPgConnection, query: Q) -> [String; 2]
where
    Q: QueryFragment<Pg> + QueryId + Send,
{
    let sql = debug_query::<Pg, _>(&query).to_string();
    let (sql, _values) = sql.rsplit_once(" -- binds").unwrap();
    let parameters = (1..).take_while(|n| sql.contains(&format!("${n}"))).count();
    let values = vec!["NULL"; parameters].join(", ");
    connection.batch_execute(&format!("PREPARE generic AS {sql}")).await.unwrap();
    // With NULL values all partitions would be pruned from the plan.
    let settings = "SET plan_cache_mode = force_generic_plan; SET enable_partition_pruning = off";
    connection.batch_execute(settings).await.unwrap();
    let explain = sql_query(format!("EXPLAIN (COSTS OFF) EXECUTE generic({values})"));
    let generic: Vec<Step> = explain.load(connection).await.unwrap();
    let settings = "DEALLOCATE generic; RESET plan_cache_mode; RESET enable_partition_pruning";
    connection.batch_execute(settings).await.unwrap();
    let custom: Vec<String> = Explained(query).load(connection).await.unwrap();
    [custom.join("\n"), generic.into_iter().map(|step| step.step).collect::<Vec<_>>().join("\n")]
}

/// No table is scanned, and each of these indexes is used.
async fn assert_indexed<Q>(connection: &mut AsyncPgConnection, what: &str, query: Q, indexes: &[&str])
where
    Q: QueryFragment<Pg> + QueryId + Send,
{
    for (kind, plan) in ["custom", "generic"].into_iter().zip(plans(connection, query).await) {
        assert!(!plan.contains("Seq Scan"), "{what}, {kind} plan:\n{plan}");
        for index in indexes {
            assert!(plan.contains(&format!(" {index}")), "{what}, {kind} plan, without {index}:\n{plan}");
        }
    }
}

const ID: Bytes<16> = Bytes([0, 0, 0, 0, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0, 200, 0]);

#[tokio::test]
async fn no_query_scans_a_whole_table() {
    let (mut connection, _database) = filled().await;
    a_message_is_sent_and_read(&mut connection).await;
    a_message_is_read_from_its_partitions_alone(&mut connection).await;
    widgets_are_found_and_listed(&mut connection).await;
    versions_and_their_modules_are_found(&mut connection).await;
    bindings_are_found(&mut connection).await;
    what_is_old_is_deleted(&mut connection).await;
}

async fn a_message_is_sent_and_read(connection: &mut AsyncPgConnection) {
    let key = queries::api_key::by_hash(Bytes([7; 32])).select(ApiKeyRow::as_select());
    assert_indexed(connection, "key by hash", key, &["api_key_by_hash"]).await;
    let contract = queries::widget::live_with_version_by_key("w", "key-5000");
    let contract = contract.select((widget::id, widget_version::schema));
    assert_indexed(connection, "contract by key", contract, &["widget_key", "widget_version_pkey"]).await;
    let attempt = queries::idempotency::under("w", ID, "key").select(AttemptRow::as_select());
    assert_indexed(connection, "idempotency key", attempt, &["idempotency_pkey"]).await;
    let one = queries::message::one("w", "conv-5", ID).select(MessageRow::as_select());
    assert_indexed(connection, "message", one, &["message_5_pkey"]).await;
    for (part, after) in [("first part", Bytes([0; 16])), ("later part", ID)] {
        let part_of = queries::message::following("w", "conv-5", after).limit(51).select(MessageRow::as_select());
        assert_indexed(connection, part, part_of, &["message_6_pkey", "message_rest_pkey"]).await;
    }
}

/// The partitions that a prepared statement with a generic plan reads.
async fn partitions_read<Q>(connection: &mut AsyncPgConnection, query: Q, values: &str) -> Vec<String>
where
    Q: QueryFragment<Pg> + QueryId + Send,
{
    let sql = debug_query::<Pg, _>(&query).to_string();
    let (sql, _values) = sql.rsplit_once(" -- binds").unwrap();
    let prepare = format!("SET plan_cache_mode = force_generic_plan; PREPARE generic AS {sql}");
    connection.batch_execute(&prepare).await.unwrap();
    let explain = sql_query(format!("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) EXECUTE generic({values})"));
    let plan: Vec<Step> = explain.load(connection).await.unwrap();
    connection.batch_execute("DEALLOCATE generic; RESET plan_cache_mode").await.unwrap();
    let scans =
        plan.into_iter().map(|step| step.step).filter(|step| step.contains("Scan") && !step.contains("never executed"));
    scans.map(|step| step.split(" on ").nth(1).unwrap().split(' ').next().unwrap().to_owned()).collect()
}

async fn a_message_is_read_from_its_partitions_alone(connection: &mut AsyncPgConnection) {
    let one = || queries::message::one("w", "conv-5", ID).select(MessageRow::as_select());
    let id = |n: i64| format!("int8send({n}) || int8send({n})");
    assert_eq!(partitions_read(connection, one(), &format!("'w', 'conv-5', {}", id(51_205))).await, ["message_5"]);
    let part = || queries::message::following("w", "conv-5", ID).limit(51).select(MessageRow::as_select());
    // Ten of a thousand messages match: the page ends in its first partition or in the next.
    let after = |n| format!("'w', 'conv-5', {}, 51", id(n));
    assert_eq!(partitions_read(connection, part(), &after(0)).await, ["message_first"]);
    assert_eq!(partitions_read(connection, part(), &after(31_000)).await, ["message_3"]);
    assert_eq!(partitions_read(connection, part(), &after(38_000)).await, ["message_3", "message_4"]);
}

async fn widgets_are_found_and_listed(connection: &mut AsyncPgConnection) {
    let workspace = WorkspaceId::parse("w").unwrap();
    let find = queries::widget::live_with_version("w", ID).select((widget::name, widget_version::component));
    assert_indexed(connection, "find", find, &["widget_version_pkey"]).await;

    let all = WidgetFilter::default();
    let category = WidgetFilter { category: Some(Category::Sales), ..WidgetFilter::default() };
    let tag = |tag: &str| WidgetFilter {
        tags: TagSet::new(vec![Tag::parse(tag).unwrap()]).unwrap(),
        ..WidgetFilter::default()
    };
    let search =
        |term: &str| WidgetFilter { search: Some(SearchTerm::parse(term).unwrap()), ..WidgetFilter::default() };
    for (what, filter, indexes) in [
        ("all", &all, &["widget_by_id"][..]),
        ("a category", &category, &["widget_by_category"]),
        ("a rare tag", &tag("rare"), &["widget_tag_pkey"]),
        ("a rare term", &search("zebra"), &[]),
    ] {
        for (number, of_page) in [(1, &[][..]), (4_000, &["widget_pkey"])] {
            let newest = widget_list::newest(&workspace, filter, Page { number, limit: 20 });
            let what = format!("page {number} of {what}");
            assert_indexed(connection, &what, newest, &[indexes, of_page].concat()).await;
        }
        let count = widget_list::matching(&workspace, filter).count();
        assert_indexed(connection, &format!("the count of {what}"), count, &[]).await;
    }
    // Frequent matches are found while the list is read. Counting them reads all.
    for (what, filter) in [("a common tag", tag("all")), ("a common term", search("chart"))] {
        let newest = widget_list::newest(&workspace, &filter, Page { number: 1, limit: 20 });
        assert_indexed(connection, what, newest, &[]).await;
    }
    let [plan, _] = plans(connection, widget_list::matching(&workspace, &search("zebra")).count()).await;
    assert!(plan.contains("widget_by_search"), "{plan}");
    for filter in [&all, &category] {
        let [plan, _] = plans(connection, widget_list::matching(&workspace, filter).count()).await;
        assert!(plan.contains("Index Only Scan"), "{plan}");
    }
}

async fn versions_and_their_modules_are_found(connection: &mut AsyncPgConnection) {
    let versions = queries::version::with_modules("w", ID)
        .order(widget_version::version.desc())
        .limit(20)
        .select((widget_version::created_at, widget_module::digest.nullable()));
    assert_indexed(connection, "versions", versions, &["widget_version_pkey", "widget_module_pkey"]).await;
    let code = queries::version::code(Bytes([7; 32]));
    assert_indexed(connection, "module", code, &["widget_module_by_digest"]).await;
    let frame = queries::version::with_module(Bytes([7; 32]), Bytes([7; 16]), 1);
    assert_indexed(connection, "frame", frame, &["widget_module_by_digest", "widget_version_pkey"]).await;
    let map = queries::version::source_map(Bytes([7; 32]));
    assert_indexed(connection, "source map", map, &["widget_module_by_source_map"]).await;
}

async fn bindings_are_found(connection: &mut AsyncPgConnection) {
    let binding = queries::binding::by_widget("w", "peer-5", ID).select(BindingRow::as_select());
    assert_indexed(connection, "binding", binding, &["peer_widget_"]).await;
    let count = queries::binding::of_widget("w", ID).count();
    assert_indexed(connection, "usage count", count, &["peer_widget_by_widget"]).await;
    let list = queries::binding::of_peer_with_widgets("w", "@prebuilt", "peer-5").select((
        BindingRow::as_select(),
        widget::key,
        widget::name,
    ));
    assert_indexed(connection, "bindings of a peer", list, &["peer_widget_once", "widget_pkey"]).await;
}

async fn what_is_old_is_deleted(connection: &mut AsyncPgConnection) {
    for (table, age, index) in
        [("idempotency", "made_at", "idempotency_by_age"), ("message_5", "sent_at", "message_5_sent_at_idx")]
    {
        for before in [50_500, 90_000] {
            let batch = sql_query(housekeeping::delete_oldest(table, age));
            let batch = batch.bind::<BigInt, _>(i64::MIN).bind::<BigInt, _>(before).bind::<BigInt, _>(1_000);
            assert_indexed(connection, index, batch, &[index]).await;
        }
    }
    let outdated = sql_query(OUTDATED).bind::<Text, _>("").bind::<Binary, _>(Bytes::<16>::ZERO);
    assert_indexed(connection, "outdated search texts", outdated, &["widget_to_fold"]).await;
}
