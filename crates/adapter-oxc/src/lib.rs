//! adapter-oxc
