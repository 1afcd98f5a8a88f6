use std::fmt;

use crate::{
    field::{FieldError, FieldPath},
    wording,
};

/// One error in data, before its text is written. Most findings belong to alternatives that are discarded.
pub(super) struct Finding<'a> {
    path: Vec<Step<'a>>,
    sentence: Box<dyn FnOnce() -> String + 'a>,
}

/// A step from a value to a part of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    Member(&'a str),
    Index(usize),
}

impl<'a> Finding<'a> {
    pub(super) fn new(path: Vec<Step<'a>>, sentence: impl FnOnce() -> String + 'a) -> Self {
        Self { path, sentence: Box::new(sentence) }
    }

    /// Writes the error. Its path begins with `root`.
    pub(super) fn into_error(self, root: &str) -> FieldError {
        let mut path = FieldPath::root(root);
        for step in &self.path {
            match step {
                Step::Member(name) => path.push_member(wording::bounded_name(name)),
                Step::Index(index) => path.push_index(*index),
            }
        }
        FieldError::new(wording::bounded_path(path.as_str()), (self.sentence)())
    }
}

impl fmt::Debug for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding").field("path", &self.path).finish_non_exhaustive()
    }
}
