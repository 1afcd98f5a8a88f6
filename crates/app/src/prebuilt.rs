//! The catalog of pre-built widgets.

use std::sync::Arc;

use domain::{
    id::WidgetId,
    widget::{PrebuiltWidget, Version, WidgetContract, WidgetKey},
};
use ports::{Clock, PrebuiltStore};

use crate::AppError;

/// The pre-built widgets of this binary, with their versions in the store.
pub struct PrebuiltCatalog {
    widgets: Vec<Arc<PublishedWidget>>,
}

/// A pre-built widget and the version of its content.
#[derive(Debug)]
pub struct PublishedWidget {
    /// The widget.
    pub widget: PrebuiltWidget,
    /// The version that messages pin.
    pub version: Version,
}

impl PrebuiltCatalog {
    /// Stores each widget's content as a version, unless it is stored already.
    pub async fn publish(
        widgets: Vec<PrebuiltWidget>,
        store: &dyn PrebuiltStore,
        clock: &dyn Clock,
    ) -> Result<Self, AppError> {
        let mut published = Vec::with_capacity(widgets.len());
        for widget in widgets {
            let version = store.publish(&widget, clock.now()).await?;
            published.push(Arc::new(PublishedWidget { widget, version }));
        }
        Ok(Self { widgets: published })
    }

    /// All pre-built widgets, in the reference's order.
    pub fn all(&self) -> &[Arc<PublishedWidget>] {
        &self.widgets
    }

    /// The pre-built widget with this key.
    pub fn by_key(&self, key: &WidgetKey) -> Option<&Arc<PublishedWidget>> {
        self.widgets.iter().find(|published| &published.widget.key == key)
    }

    /// The pre-built widget with this id.
    pub fn by_id(&self, id: WidgetId) -> Option<&Arc<PublishedWidget>> {
        self.widgets.iter().find(|published| published.widget.id == id)
    }
}

impl PublishedWidget {
    /// The parts of the widget that sending a message needs.
    pub(crate) fn contract(&self) -> WidgetContract {
        WidgetContract {
            id: self.widget.id,
            key: self.widget.key.clone(),
            version: self.version,
            schema: self.widget.schema.clone(),
        }
    }
}
