use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Nullable, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _};

use super::Millis;

/// Where the first partition begins.
pub(super) const BEGINNING: Millis = -1;
/// Where the last one ends.
pub(super) const END: Millis = Millis::MAX;

/// The partitions of `message`, the oldest first. Only the six bytes of a time are understood as a bound, shown as PostgreSQL
/// shows bytes by default. Names as `regclass` shows them, but for one that was dropped this moment: that would be a number.
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
    /// As it stands in a statement.
    #[diesel(sql_type = Text)]
    pub(crate) name: String,
    /// How large its primary key is.
    #[diesel(sql_type = BigInt)]
    pub(super) index_bytes: i64,
    /// Its ids are of this time and later. `None` if an operator made it in a way of their own.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) from: Option<Millis>,
    /// Its ids are of before this time.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) to: Option<Millis>,
}

impl Partition {
    pub(super) async fn all(connection: &mut AsyncPgConnection) -> diesel::QueryResult<Vec<Self>> {
        sql_query(PARTITIONS).load(connection).await
    }

    /// Its name without that of its schema.
    pub(super) fn plain_name(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    /// From when to when it is, if it is neither the first nor the last.
    pub(super) fn times(&self) -> Option<(Millis, Millis)> {
        self.from.zip(self.to).filter(|&(from, to)| from != BEGINNING && to != END)
    }

    /// Whether it has a name as the service gives, and not one that an operator chose.
    pub(super) fn is_ours(&self) -> bool {
        self.plain_name().starts_with("message_")
    }

    /// Whether it takes what is later than all the others.
    pub(super) fn is_rest(&self) -> bool {
        self.to == Some(END)
    }

    /// Whether it takes what is earlier than all the others.
    pub(super) fn is_first(&self) -> bool {
        self.from == Some(BEGINNING)
    }
}
