use diesel::{dsl::auto_type, prelude::*};

use crate::{rows::Id, schema::message};

/// One message.
#[auto_type]
pub(crate) fn one<'a>(workspace: &'a str, conversation: &'a str, id: Id) -> _ {
    message::table
        .filter(message::workspace_id.eq(workspace))
        .filter(message::conversation_id.eq(conversation))
        .filter(message::id.eq(id))
}

/// The messages of a conversation that follow `after`, oldest first.
#[auto_type]
pub(crate) fn following<'a>(workspace: &'a str, conversation: &'a str, after: Id) -> _ {
    message::table
        .filter(message::workspace_id.eq(workspace))
        .filter(message::conversation_id.eq(conversation))
        .filter(message::id.gt(after))
        .order(message::id.asc())
}
