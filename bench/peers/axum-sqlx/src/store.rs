use std::{sync::Arc, time::Duration};

use jsonschema::Validator;
use moka::future::Cache;
use sha2::{Digest as _, Sha256};
use sqlx::{PgPool, Row as _};

/// How long a revoked key or an edited widget may still be used as it was.
const FRESH: Duration = Duration::from_secs(1);
const ENTRIES: u64 = 10_000;

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Whose key it is.
pub struct Principal {
    pub workspace: String,
    pub user: String,
    pub may_send: bool,
}

/// What a message needs to know of its widget.
pub struct Widget {
    pub id: Vec<u8>,
    pub version: i64,
    pub schema: Arc<Validator>,
}

/// A row of `message`, without what is always NULL here.
pub struct Message<'a> {
    pub id: &'a [u8],
    pub conversation: &'a str,
    pub widget_key: &'a str,
    pub sent_at: i64,
    pub text: Option<&'a str>,
    pub data: &'a str,
}

/// What is cached of a key or a widget is also that there is none.
#[derive(Clone)]
pub struct Store {
    pool: PgPool,
    principals: Cache<[u8; 32], Option<Arc<Principal>>>,
    widgets: Cache<(String, String), Option<Arc<Widget>>>,
    /// By widget and version, which never change.
    schemas: Cache<(Vec<u8>, i64), Arc<Validator>>,
}

impl Store {
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            principals: Cache::builder().max_capacity(ENTRIES).time_to_live(FRESH).build(),
            widgets: Cache::builder().max_capacity(ENTRIES).time_to_live(FRESH).build(),
            schemas: Cache::new(ENTRIES),
        }
    }

    pub async fn principal(&self, key: &str) -> Result<Option<Arc<Principal>>, Arc<Failure>> {
        let hash: [u8; 32] = Sha256::digest(key.as_bytes()).into();
        self.principals.try_get_with(hash, self.load_principal(hash)).await
    }

    pub async fn widget(&self, workspace: &str, key: &str) -> Result<Option<Arc<Widget>>, Arc<Failure>> {
        let place = (workspace.to_owned(), key.to_owned());
        self.widgets.try_get_with(place, self.load_widget(workspace, key)).await
    }

    pub async fn insert(&self, by: &Principal, widget: &Widget, message: &Message<'_>) -> Result<(), Failure> {
        sqlx::query(
            "INSERT INTO message (workspace_id, conversation_id, id, widget_id, widget_version, widget_key, sent_by, \
             sent_at, text, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(&by.workspace)
        .bind(message.conversation)
        .bind(message.id)
        .bind(&widget.id)
        .bind(widget.version)
        .bind(message.widget_key)
        .bind(&by.user)
        .bind(message.sent_at)
        .bind(message.text)
        .bind(message.data)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn load_principal(&self, hash: [u8; 32]) -> Result<Option<Arc<Principal>>, Failure> {
        let query = "SELECT workspace_id, user_id, permissions FROM api_key WHERE hash = $1 AND revoked_at IS NULL";
        let Some(row) = sqlx::query(query).bind(&hash[..]).fetch_optional(&self.pool).await? else { return Ok(None) };
        let permissions: String = row.try_get("permissions")?;
        let may_send = permissions.split(',').any(|permission| permission == "WIDGETS_USE_BASIC");
        let principal = Principal { workspace: row.try_get("workspace_id")?, user: row.try_get("user_id")?, may_send };
        Ok(Some(Arc::new(principal)))
    }

    async fn load_widget(&self, workspace: &str, key: &str) -> Result<Option<Arc<Widget>>, Failure> {
        let query = "SELECT id, version FROM widget WHERE workspace_id = $1 AND key = $2 AND deleted_at IS NULL";
        let row = sqlx::query(query).bind(workspace).bind(key).fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        let (id, version): (Vec<u8>, i64) = (row.try_get("id")?, row.try_get("version")?);
        let schema = self.schemas.try_get_with((id.clone(), version), self.load_schema(workspace, &id, version)).await;
        let schema = schema.map_err(|why| why.to_string())?;
        Ok(Some(Arc::new(Widget { id, version, schema })))
    }

    async fn load_schema(&self, workspace: &str, widget: &[u8], version: i64) -> Result<Arc<Validator>, Failure> {
        let query = "SELECT schema FROM widget_version WHERE workspace_id = $1 AND widget_id = $2 AND version = $3";
        let query = sqlx::query_scalar(query).bind(workspace).bind(widget).bind(version);
        let schema: String = query.fetch_one(&self.pool).await?;
        let schema = jsonschema::draft7::new(&serde_json::from_str(&schema)?).map_err(|why| why.to_string())?;
        Ok(Arc::new(schema))
    }
}
