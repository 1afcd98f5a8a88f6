//! prebuilt
