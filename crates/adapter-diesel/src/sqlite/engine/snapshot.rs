use diesel::{Connection as _, SqliteConnection, result::Error};
use ports::StoreError;

use crate::failure::store_error;

/// Runs several reads in one transaction, so that they see one state of the database.
pub(crate) fn snapshot<T, E: From<StoreError>>(
    connection: &mut SqliteConnection,
    work: impl FnOnce(&mut SqliteConnection) -> Result<T, E>,
) -> Result<T, E> {
    connection.transaction::<_, Error, _>(|connection| Ok(work(connection))).map_err(store_error)?
}
