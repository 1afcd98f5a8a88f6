//! The error of use cases.

use domain::{component::ComponentError, names::PeerId, widget::WidgetKey};
use ports::{
    AppendError, BindError, CheckError, CreateWidgetError, DeleteWidgetError, ReplayError, StoreError,
    UpdateWidgetError,
};
use schema::field::FieldError;

/// Why a use case failed. The crate `http` maps each variant to a status in one place.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Fields of the request have invalid values.
    #[error("the request is invalid")]
    InvalidRequest(Vec<FieldError>),
    /// Schema or component cannot be saved.
    #[error("the widget is invalid")]
    WidgetRejected {
        /// The errors in the schema.
        schema_errors: Vec<FieldError>,
        /// The errors in the component.
        component_errors: Vec<ComponentError>,
    },
    /// The data does not fit the widget's schema.
    #[error("the data does not fit the schema of {widget_key}")]
    DataRejected {
        /// The widget.
        widget_key: WidgetKey,
        /// Where the data does not fit.
        errors: Vec<FieldError>,
    },
    /// The widget exists neither in the workspace nor among the pre-built ones.
    #[error("no such widget")]
    WidgetNotFound,
    /// The widget has no such version.
    #[error("no such version")]
    VersionNotFound,
    /// No version has this module or source map.
    #[error("no such module")]
    ModuleNotFound,
    /// The peer has no such binding.
    #[error("no such binding")]
    PeerWidgetNotFound,
    /// The conversation has no such message.
    #[error("no such message")]
    MessageNotFound,
    /// Another widget of the workspace has the key.
    #[error("the key {0} is taken")]
    KeyTaken(WidgetKey),
    /// The widget is already bound to the peer.
    #[error("the peer has the widget already")]
    AlreadyBound,
    /// The widget is not bound to the peer of the message.
    #[error("the peer does not have the widget")]
    PeerLacksWidget(PeerId),
    /// The binding of the widget to the peer of the message is disabled.
    #[error("the widget is disabled for the peer")]
    DisabledForPeer(PeerId),
    /// The widget to delete is bound to peers.
    #[error("{count} peers have the widget")]
    WidgetInUse {
        /// The number of peers.
        count: u64,
        /// Some or all of them.
        peers: Vec<PeerId>,
    },
    /// A pre-built widget cannot be edited or deleted.
    #[error("pre-built widgets are read-only")]
    PrebuiltReadOnly,
    /// The precondition of an edit or a deletion is not met.
    #[error("the widget was changed meanwhile")]
    Stale,
    /// Too many concurrent edits changed the same object; the caller may retry.
    #[error("too many edits at once")]
    Contended,
    /// The idempotency key was used for a different request.
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    /// Too many checks are waiting; the caller may retry.
    #[error("overloaded")]
    Overloaded,
    /// The store is temporarily unavailable. The text is for the log.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// The stored data was replaced or deleted while the service was running; only a restart helps. The text is for the log.
    #[error("the store's data was replaced: {0}")]
    StoreReplaced(String),
    /// A defect of the service. The text is for the log.
    #[error("internal error: {0}")]
    Internal(String),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(reason) => Self::Unavailable(reason),
            StoreError::Replaced(reason) => Self::StoreReplaced(reason),
            StoreError::Internal(reason) => Self::Internal(reason),
        }
    }
}

impl From<CheckError> for AppError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Overloaded => Self::Overloaded,
            CheckError::Internal(reason) => Self::Internal(reason),
        }
    }
}

impl From<ReplayError> for AppError {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::Mismatch => Self::IdempotencyMismatch,
            ReplayError::Store(error) => error.into(),
        }
    }
}

impl From<UpdateWidgetError> for AppError {
    fn from(error: UpdateWidgetError) -> Self {
        match error {
            UpdateWidgetError::NotFound => Self::WidgetNotFound,
            UpdateWidgetError::Stale => Self::Stale,
            UpdateWidgetError::Store(error) => error.into(),
        }
    }
}

impl From<DeleteWidgetError> for AppError {
    fn from(error: DeleteWidgetError) -> Self {
        match error {
            DeleteWidgetError::NotFound => Self::WidgetNotFound,
            DeleteWidgetError::Stale => Self::Stale,
            DeleteWidgetError::InUse { count, peers } => Self::WidgetInUse { count, peers },
            DeleteWidgetError::Store(error) => error.into(),
        }
    }
}

impl From<BindError> for AppError {
    fn from(error: BindError) -> Self {
        match error {
            BindError::WidgetNotFound => Self::WidgetNotFound,
            BindError::AlreadyBound => Self::AlreadyBound,
            BindError::AttemptMismatch => Self::IdempotencyMismatch,
            BindError::Store(error) => error.into(),
        }
    }
}

impl From<AppendError> for AppError {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::AttemptMismatch => Self::IdempotencyMismatch,
            AppendError::Store(error) => error.into(),
        }
    }
}

impl AppError {
    /// Converts the error of creating a widget with this key.
    pub(crate) fn from_create_error(key: &WidgetKey, error: CreateWidgetError) -> Self {
        match error {
            CreateWidgetError::KeyTaken => Self::KeyTaken(key.clone()),
            CreateWidgetError::AttemptMismatch => Self::IdempotencyMismatch,
            CreateWidgetError::Store(error) => error.into(),
        }
    }
}
