//! adapter-diesel
