use std::{num::NonZeroUsize, sync::Arc};

use async_trait::async_trait;
use domain::{field::FieldError, json::JsonDocument, schema::Schema};
use ports::{CheckSchemaError, SchemaChecker};
use tokio::{runtime::Handle, sync::Semaphore};

/// Documents up to this many bytes are checked where they came in: that takes microseconds.
const SMALL: usize = 8 * 1024;

/// Checks large documents on threads of their own, a few at a time.
///
/// A schema and its data may be made to cost tens of milliseconds. On a thread that serves requests, a few such at once
/// would hold up everybody's; here they hold up each other.
pub struct LargeChecksAside {
    checker: Arc<dyn SchemaChecker>,
    runtime: Handle,
    places: Semaphore,
}

impl LargeChecksAside {
    /// The same checker; large checks run on the runtime's threads for blocking work, one for each core at once.
    pub fn new(checker: Arc<dyn SchemaChecker>, runtime: Handle) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self { checker, runtime, places: Semaphore::new(cores) }
    }

    async fn aside<F>(&self, check: F) -> Result<Vec<FieldError>, CheckSchemaError>
    where
        F: FnOnce(&dyn SchemaChecker, &Handle) -> Result<Vec<FieldError>, CheckSchemaError> + Send + 'static,
    {
        let failed = |error: &dyn std::fmt::Display| CheckSchemaError(format!("a check aside: {error}"));
        let _place = self.places.acquire().await.map_err(|error| failed(&error))?;
        let (checker, runtime) = (Arc::clone(&self.checker), self.runtime.clone());
        let checked = self.runtime.spawn_blocking(move || check(&*checker, &runtime)).await;
        checked.unwrap_or_else(|error| Err(failed(&error)))
    }
}

#[async_trait]
impl SchemaChecker for LargeChecksAside {
    async fn check_schema(&self, schema: &Schema) -> Result<Vec<FieldError>, CheckSchemaError> {
        if schema.text().as_str().len() <= SMALL {
            return self.checker.check_schema(schema).await;
        }
        let schema = schema.clone();
        self.aside(move |checker, runtime| runtime.block_on(checker.check_schema(&schema))).await
    }

    async fn check_data(
        &self,
        schema: &Schema,
        data: &JsonDocument,
        root: &str,
    ) -> Result<Vec<FieldError>, CheckSchemaError> {
        if data.text().as_str().len() <= SMALL {
            return self.checker.check_data(schema, data, root).await;
        }
        let (schema, data, root) = (schema.clone(), data.clone(), root.to_owned());
        self.aside(move |checker, runtime| runtime.block_on(checker.check_data(&schema, &data, &root))).await
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Mutex, thread::ThreadId};

    use domain::{field::FieldPath, json::JsonText};

    use super::*;

    /// Notes the threads it is asked on.
    #[derive(Default)]
    struct Witness(Mutex<Vec<ThreadId>>);

    #[async_trait]
    impl SchemaChecker for Witness {
        async fn check_schema(&self, _: &Schema) -> Result<Vec<FieldError>, CheckSchemaError> {
            self.0.lock().unwrap().push(std::thread::current().id());
            Ok(Vec::new())
        }

        async fn check_data(
            &self,
            _: &Schema,
            data: &JsonDocument,
            root: &str,
        ) -> Result<Vec<FieldError>, CheckSchemaError> {
            self.0.lock().unwrap().push(std::thread::current().id());
            assert!(data.text().as_str().len() < 1_000_000, "a defect");
            Ok(vec![FieldError::new(root, "told")])
        }
    }

    fn schema(bytes: usize) -> Schema {
        let text = format!(r#"{{"type":"object","description":"{}"}}"#, "x".repeat(bytes));
        Schema::parse(JsonText::from_stored(text)).unwrap().schema
    }

    fn data(bytes: usize) -> JsonDocument {
        let text = JsonText::from_stored(format!("\"{}\"", "x".repeat(bytes)));
        JsonDocument::parse(text, &FieldPath::root("data")).unwrap()
    }

    #[tokio::test]
    async fn only_large_documents_leave_the_thread_they_came_in_on() {
        let here = std::thread::current().id();
        for (bytes, stays) in [(10, true), (20_000, false)] {
            let witness = Arc::new(Witness::default());
            let checker = LargeChecksAside::new(Arc::clone(&witness) as _, Handle::current());
            assert_eq!(checker.check_schema(&schema(bytes)).await, Ok(Vec::new()));
            let told = checker.check_data(&schema(10), &data(bytes), "data").await;
            assert_eq!(told, Ok(vec![FieldError::new("data", "told")]));
            let threads = witness.0.lock().unwrap();
            assert!(threads.iter().all(|thread| (*thread == here) == stays), "{bytes}");
        }
    }

    #[tokio::test]
    async fn a_panic_aside_is_a_failure_and_gives_its_place_back() {
        let checker = LargeChecksAside::new(Arc::new(Witness::default()), Handle::current());
        for _ in 0..20 {
            assert!(checker.check_data(&schema(10), &data(1_000_000), "data").await.is_err());
        }
        assert!(checker.check_data(&schema(10), &data(20_000), "data").await.is_ok());
    }
}
