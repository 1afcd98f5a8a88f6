//! The review of a widget or a component.

use app::Reviewer;
use domain::{access::Principal, limits};
use ports::ReviewSettings;
use schema::{
    Schema,
    field::{FieldError, FieldPath},
    json::{JsonDocument, JsonText},
};
use serde_json::value::RawValue;

use super::{
    finding::Finding,
    folder::{File, Folder},
    metadata,
};
use crate::command::CommandError;

/// Reviews the widget as the service would, file by file.
pub(super) async fn widget(folder: &Folder, reviewer: &Reviewer) -> Result<Vec<Finding>, CommandError> {
    let mut findings = Vec::new();
    let mut settings = ReviewSettings::default();
    match json(&folder.metadata) {
        Ok(text) => {
            let (declared, errors) = metadata::read(text, &folder.name);
            findings.extend(in_fields(&folder.metadata, "", errors));
            settings = declared;
        }
        Err(malformed) => findings.push(malformed),
    }
    // Where no origin is allowed, the author most likely does not know what the operator allows.
    if !reviewer.origins.is_empty() {
        let warnings = reviewer.warnings_of(&settings.resources).into_iter();
        findings.extend(warnings.map(|warning| Finding::warning(&folder.metadata, warning)));
    }
    let schema = review_schema(&folder.schema, reviewer, &mut findings).await?;
    component(&folder.component, &settings, reviewer, &mut findings).await?;
    match (&folder.example, schema) {
        (Some(example), Some(schema)) => review_example(example, &schema, reviewer, &mut findings).await?,
        (None, Some(_)) => {
            let message = "no example.json in the folder: the schema was not tested with data";
            findings.push(Finding::warning(&folder.schema, message.to_owned()));
        }
        // Without a valid schema the example cannot be checked.
        (_, None) => {}
    }
    Ok(findings)
}

async fn review_schema(
    file: &File,
    reviewer: &Reviewer,
    findings: &mut Vec<Finding>,
) -> Result<Option<Schema>, CommandError> {
    let text = match json(file) {
        Ok(text) => text,
        Err(malformed) => {
            findings.push(malformed);
            return Ok(None);
        }
    };
    let review = reviewer.schema(text, &Principal::service()).await.map_err(CommandError::failed)?;
    findings.extend(review.warnings.into_iter().map(|warning| Finding::warning(file, warning)));
    match review.outcome {
        Ok(schema) => Ok(Some(schema)),
        Err(errors) => {
            findings.extend(in_fields(file, "schema", errors));
            Ok(None)
        }
    }
}

/// Reviews the source of a component.
pub(super) async fn component(
    file: &File,
    settings: &ReviewSettings,
    reviewer: &Reviewer,
    findings: &mut Vec<Finding>,
) -> Result<(), CommandError> {
    let review =
        reviewer.component(&file.text, settings, Principal::service().key).await.map_err(CommandError::failed)?;
    let errors = review.outcome.err().unwrap_or_default();
    findings.extend(errors.into_iter().map(|error| Finding::component(file, error)));
    findings.extend(review.warnings.into_iter().map(|warning| Finding::component_warning(file, warning)));
    Ok(())
}

async fn review_example(
    file: &File,
    schema: &Schema,
    reviewer: &Reviewer,
    findings: &mut Vec<Finding>,
) -> Result<(), CommandError> {
    const ROOT: &str = "data";
    let text = match json(file) {
        Ok(text) => text,
        Err(malformed) => {
            findings.push(malformed);
            return Ok(());
        }
    };
    if text.as_str().len() > limits::MAX_DATA_BYTES {
        let message = format!("Larger than {} KiB, the maximum size of a message's data", limits::MAX_DATA_BYTES >> 10);
        findings.extend(in_fields(file, ROOT, vec![FieldError::new(ROOT, message)]));
        return Ok(());
    }
    let errors = match JsonDocument::parse(text, &FieldPath::root(ROOT)) {
        Ok(data) => reviewer
            .schemas
            .check_data(schema, &data, ROOT, &Principal::service())
            .await
            .map_err(CommandError::failed)?,
        Err(error) => vec![error],
    };
    findings.extend(in_fields(file, ROOT, errors));
    Ok(())
}

fn json(file: &File) -> Result<JsonText, Finding> {
    if file.text.starts_with('\u{feff}') {
        return Err(Finding::byte_order_mark(file));
    }
    let raw: Result<&RawValue, _> = serde_json::from_str(&file.text);
    raw.map(JsonText::from_raw).map_err(|error| Finding::malformed(file, &error))
}

fn in_fields(file: &File, root: &str, errors: Vec<FieldError>) -> impl Iterator<Item = Finding> {
    errors.into_iter().map(move |error| Finding::field(file, root, error))
}
