//! adapter-valico
