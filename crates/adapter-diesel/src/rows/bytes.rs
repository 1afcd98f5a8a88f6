use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::Binary,
};
use uuid::Uuid;

/// A binary column of fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow, AsExpression)]
#[diesel(sql_type = Binary)]
pub(crate) struct Bytes<const N: usize>(pub(crate) [u8; N]);

/// The bytes of a UUID: they sort as the ids do.
pub(crate) type Id = Bytes<16>;

/// A SHA-256.
pub(crate) type Digest = Bytes<32>;

impl<const N: usize> Bytes<N> {
    pub(crate) const ZERO: Self = Self([0; N]);
}

impl From<&Uuid> for Id {
    fn from(uuid: &Uuid) -> Self {
        Self(*uuid.as_bytes())
    }
}

impl From<Id> for Uuid {
    fn from(id: Id) -> Self {
        Self::from_bytes(id.0)
    }
}

impl<DB: Backend, const N: usize> ToSql<Binary, DB> for Bytes<N>
where
    [u8]: ToSql<Binary, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.as_slice().to_sql(out)
    }
}

impl<DB: Backend, const N: usize> FromSql<Binary, DB> for Bytes<N>
where
    Vec<u8>: FromSql<Binary, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = Vec::<u8>::from_sql(value)?;
        let found = bytes.len();
        bytes.try_into().map(Self).map_err(|_| format!("expected {N} bytes, found {found}").into())
    }
}
