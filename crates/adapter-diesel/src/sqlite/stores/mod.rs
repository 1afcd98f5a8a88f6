//! What the database keeps: the implementations of the ports, and the statements that they share.

pub(crate) mod api_keys;
pub(crate) mod bindings;
pub(crate) mod housekeeping;
pub(crate) mod idempotency;
pub(crate) mod messages;
pub(crate) mod prebuilt;
pub(crate) mod versions;
pub(crate) mod widget_list;
pub(crate) mod widgets;

use diesel::{OptionalExtension as _, QueryResult};
use ports::StoreError;

use crate::failure::store_error;

/// The first row of a query in its domain type; `None` if there is no row.
fn read_optional<R, T>(
    row: QueryResult<R>,
    convert: impl FnOnce(R) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    row.optional().map_err(store_error)?.map(convert).transpose()
}
