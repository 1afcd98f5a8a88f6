use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Bool, Nullable, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _};

use super::Millis;

/// The partitions of `message`, the oldest first and the default one last. Only the six bytes of a time are understood as a
/// bound, shown as PostgreSQL shows bytes by default.
const PARTITIONS: &str = r#"
    SELECT name, is_default, index_bytes,
        ('x' || lpad(substring(bound FROM 'FROM \(''\\+x([0-9a-f]{12})''\)'), 16, '0'))::bit(64)::bigint AS first,
        ('x' || lpad(substring(bound FROM 'TO \(''\\+x([0-9a-f]{12})''\)'), 16, '0'))::bit(64)::bigint AS "end"
    FROM (
        SELECT c.oid::regclass::text AS name, pg_get_expr(c.relpartbound, c.oid) AS bound,
            pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT' AS is_default,
            coalesce((SELECT sum(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = c.oid AND indisprimary), 0)::bigint
                AS index_bytes
        FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = 'message'::regclass
    ) AS partition ORDER BY is_default, 5 NULLS LAST"#;

/// A partition of the table of messages.
#[derive(QueryableByName, Debug, Clone, PartialEq, Eq)]
pub(in crate::postgres) struct Partition {
    /// As it stands in a statement.
    #[diesel(sql_type = Text)]
    pub(in crate::postgres) name: String,
    #[diesel(sql_type = Bool)]
    pub(super) is_default: bool,
    /// How large its primary key is.
    #[diesel(sql_type = BigInt)]
    pub(super) index_bytes: i64,
    /// Its ids are of this time and later.
    #[diesel(sql_type = Nullable<BigInt>, column_name = "first")]
    pub(super) from: Option<Millis>,
    /// Its ids are of before this time.
    #[diesel(sql_type = Nullable<BigInt>, column_name = "end")]
    pub(super) to: Option<Millis>,
}

impl Partition {
    pub(super) async fn all(connection: &mut AsyncPgConnection) -> diesel::QueryResult<Vec<Self>> {
        sql_query(PARTITIONS).load(connection).await
    }
}
