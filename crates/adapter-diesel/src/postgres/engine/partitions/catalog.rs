use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Nullable, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _};

use super::Millis;

/// The lower bound of the first partition.
pub(super) const BEGINNING: Millis = -1;
/// The upper bound of the last partition.
pub(super) const END: Millis = Millis::MAX;

/// The partitions of `message`, the oldest first. Reads bounds of six bytes only, in PostgreSQL's default output format.
/// Names are those of `regclass`, which would show a number for a partition that was just dropped.
const PARTITIONS: &str = r#"
    SELECT name, index_bytes,
        CASE WHEN bound LIKE '% FROM (MINVALUE) %' THEN -1
            ELSE ('x' || lpad(substring(bound FROM 'FROM \(''\\+x([0-9a-f]{12})''\)'), 16, '0'))::bit(64)::bigint END AS "from",
        CASE WHEN bound LIKE '% TO (MAXVALUE)' THEN 9223372036854775807
            ELSE ('x' || lpad(substring(bound FROM 'TO \(''\\+x([0-9a-f]{12})''\)'), 16, '0'))::bit(64)::bigint END AS "to"
    FROM (
        SELECT CASE WHEN pg_table_is_visible(c.oid) IS FALSE THEN quote_ident(nspname) || '.' ELSE '' END || quote_ident(relname)
                AS name,
            pg_get_expr(c.relpartbound, c.oid) AS bound,
            coalesce((SELECT sum(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = c.oid AND indisprimary), 0)::bigint
                AS index_bytes
        FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE inhparent = 'message'::regclass
    ) AS partition ORDER BY "to""#;

/// A partition of the table of messages.
#[derive(QueryableByName, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Partition {
    /// Quoted, with the schema if necessary.
    #[diesel(sql_type = Text)]
    pub(crate) name: String,
    /// The size of its primary key.
    #[diesel(sql_type = BigInt)]
    pub(super) index_bytes: i64,
    /// The first time of its ids. `None` if an operator created it with other bounds.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) from: Option<Millis>,
    /// The time after the last of its ids.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) to: Option<Millis>,
}

impl Partition {
    pub(super) async fn all(connection: &mut AsyncPgConnection) -> diesel::QueryResult<Vec<Self>> {
        sql_query(PARTITIONS).load(connection).await
    }

    /// Its name without the schema.
    pub(super) fn plain_name(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    /// Its bounds, unless it is the first or the last partition.
    pub(super) fn times(&self) -> Option<(Millis, Millis)> {
        self.from.zip(self.to).filter(|&(from, to)| from != BEGINNING && to != END)
    }

    /// Whether the service has named it, and not an operator.
    pub(super) fn is_ours(&self) -> bool {
        self.plain_name().starts_with("message_")
    }

    /// Whether it holds everything later than the others.
    pub(super) fn is_rest(&self) -> bool {
        self.to == Some(END)
    }

    /// Whether it holds everything earlier than the others.
    pub(super) fn is_first(&self) -> bool {
        self.from == Some(BEGINNING)
    }
}
