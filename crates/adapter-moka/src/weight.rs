use domain::{
    access::ApiKey,
    binding::PeerWidget,
    widget::{WidgetContract, WidgetWithUsage},
};

/// What a copy takes beside its long texts: its place, its key, ids and names, and what moka keeps of it.
pub(crate) const OVERHEAD: usize = 768;

/// How many bytes of long texts a value holds.
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
        tags + texts + widget.schema.text().as_str().len() + widget.component.as_str().len()
    }
}
