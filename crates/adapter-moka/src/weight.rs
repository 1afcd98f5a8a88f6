use domain::{
    access::ApiKey,
    binding::PeerWidget,
    widget::{WidgetContract, WidgetWithUsage},
};

/// Memory of an entry besides its long texts, in bytes: key, ids, names, and the bookkeeping of moka.
pub(crate) const ENTRY_OVERHEAD_BYTES: usize = 768;

/// The size of the long texts in a value, in bytes.
pub(crate) trait Weight {
    fn bytes(&self) -> usize;
}

impl<T: Weight> Weight for Option<T> {
    fn bytes(&self) -> usize {
        self.as_ref().map_or(0, T::bytes)
    }
}

impl Weight for ApiKey {
    fn bytes(&self) -> usize {
        0
    }
}

impl Weight for PeerWidget {
    fn bytes(&self) -> usize {
        self.config.default_props.as_ref().map_or(0, |props| props.as_json().as_str().len())
    }
}

impl Weight for WidgetContract {
    fn bytes(&self) -> usize {
        self.schema.text().as_str().len()
    }
}

impl Weight for WidgetWithUsage {
    fn bytes(&self) -> usize {
        let widget = &self.widget;
        let tags: usize = widget.tags.iter().map(|tag| tag.as_str().len() + size_of::<String>()).sum();
        let texts = widget.name.as_str().len() + widget.description.as_str().len();
        let origins: usize = widget.resources.iter().map(|origin| origin.as_str().len() + size_of::<String>()).sum();
        tags + texts + origins + widget.schema.text().as_str().len() + widget.component.as_str().len()
    }
}
