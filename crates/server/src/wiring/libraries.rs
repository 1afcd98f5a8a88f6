//! The library set that this program was built with.

use std::sync::{Arc, LazyLock};

use domain::library::LibrarySet;

/// The library set, empty if the program was built without web assets.
pub(crate) fn libraries() -> Arc<LibrarySet> {
    static SET: LazyLock<Arc<LibrarySet>> = LazyLock::new(Arc::default);
    Arc::clone(&SET)
}
