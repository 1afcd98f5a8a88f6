//! adapter-jsonschema
