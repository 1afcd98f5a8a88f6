//! `widgetd key create|list|revoke`: manages API keys.

use app::{ApiKeys, IssuedKey};
use domain::{
    access::{ApiKey, Permissions},
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
};

use super::{CommandError, text};
use crate::{config::Config, wiring};

#[derive(Debug, clap::Subcommand)]
pub(super) enum KeyCommand {
    /// Create a key and print it alone on stdout; it cannot be shown again
    Create {
        /// The workspace that requests with the key read and change
        #[arg(long, value_parser = WorkspaceId::parse)]
        workspace: WorkspaceId,
        /// The user on whose behalf the key acts; `createdBy` of everything created with it
        #[arg(long, value_parser = UserId::parse)]
        user: UserId,
        /// Permissions: WIDGETS_USE_BASIC, WIDGETS_MANAGE, both joined by a comma, or '' to read widgets only
        #[arg(long, value_parser = Permissions::parse)]
        permissions: Permissions,
    },
    /// List the keys, oldest first, including revoked ones; their secrets are not stored
    List {
        /// Only the keys of this workspace
        #[arg(long, value_parser = WorkspaceId::parse)]
        workspace: Option<WorkspaceId>,
    },
    /// Revoke a key permanently
    Revoke {
        /// The id of the key, as `key list` shows it
        #[arg(value_parser = ApiKeyId::parse)]
        id: ApiKeyId,
    },
}

pub(super) async fn run(command: KeyCommand, config: Config) -> Result<(), CommandError> {
    let store = wiring::Store::open_migrated(&config.database_url).await?;
    let keys = wiring::api_keys(&store).await?;
    let result = execute(command, &keys).await;
    store.close().await;
    result
}

async fn execute(command: KeyCommand, keys: &ApiKeys) -> Result<(), CommandError> {
    match command {
        KeyCommand::Create { workspace, user, permissions } => {
            let issued = keys.issue(workspace, user, permissions).await.map_err(CommandError::failed)?;
            text::print_to_stderr(&created(&issued));
            match text::print(issued.secret.reveal()) {
                Ok(()) => Ok(()),
                Err(error) => Err(revoke_unprinted(&issued.key, &error, keys).await),
            }
        }
        KeyCommand::List { workspace } => {
            let listed = keys.list(workspace.as_ref()).await.map_err(CommandError::failed)?;
            text::print(&table(&listed))
        }
        KeyCommand::Revoke { id } => match keys.revoke(id).await.map_err(CommandError::failed)? {
            Some(key) => text::print(&revoked(&key)),
            None => Err(CommandError::Failed(format!("there is no key {id}"))),
        },
    }
}

/// Revokes a key that could not be printed completely: no caller can use it, but a part of it may have been written to a file.
async fn revoke_unprinted(key: &ApiKey, error: &CommandError, keys: &ApiKeys) -> CommandError {
    let id = key.id;
    CommandError::Failed(match keys.revoke(id).await {
        Ok(_) => format!("{error}; the key {id} is revoked, create another"),
        Err(failure) => format!("{error}; nor could the key be revoked ({failure}): run `widgetd key revoke {id}`"),
    })
}

fn created(issued: &IssuedKey) -> String {
    let ApiKey { id, workspace, user, permissions, .. } = &issued.key;
    let permissions = or_dash(permissions.to_string());
    format!("Created {id} for {user} in workspace {workspace} with {permissions}. The key is shown only now:")
}

fn revoked(key: &ApiKey) -> String {
    let since = key.revoked_at.map_or_else(String::new, |time| format!(" since {time}"));
    format!("{} of {} in workspace {} is revoked{since}", key.id, key.user, key.workspace)
}

/// Formats the keys as a table, one line for each key.
fn table(keys: &[ApiKey]) -> String {
    let head = ["ID", "WORKSPACE", "USER", "PERMISSIONS", "CREATED", "REVOKED"].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(keys.iter().map(row)).collect();
    let widths: [usize; 6] = std::array::from_fn(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0));
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn row(key: &ApiKey) -> [String; 6] {
    [
        key.id.to_string(),
        key.workspace.to_string(),
        key.user.to_string(),
        or_dash(key.permissions.to_string()),
        key.created_at.to_string(),
        or_dash(key.revoked_at.map_or_else(String::new, |time| time.to_string())),
    ]
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_table_aligns_its_columns() {
        let key = |number, user: &str, permissions, revoked_at| ApiKey {
            id: ApiKeyId::from_uuid(Uuid::from_u128(number)),
            workspace: WorkspaceId::parse("default").unwrap(),
            user: UserId::parse(user).unwrap(),
            permissions,
            created_at: Timestamp::from_micros(1_760_954_400_000_000),
            revoked_at,
        };
        let keys = [
            key(1, "admin", Permissions::all(), None),
            key(2, "a-longer-name", Permissions::default(), Some(Timestamp::from_micros(1_760_954_401_500_000))),
        ];
        insta::assert_snapshot!(table(&keys), @"
        ID                              WORKSPACE  USER           PERMISSIONS                       CREATED                   REVOKED
        key_00000000000000000000000001  default    admin          WIDGETS_USE_BASIC,WIDGETS_MANAGE  2025-10-20T10:00:00.000Z  -
        key_00000000000000000000000002  default    a-longer-name  -                                 2025-10-20T10:00:00.000Z  2025-10-20T10:00:01.500Z
        ");
    }
}
