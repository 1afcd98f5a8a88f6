//! Tailwind's own compiler, in a new engine for each component.

mod engine;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use domain::limits::MAX_STYLESHEET_BYTES;
use ports::{StyleCompiler, StyleError};

use self::engine::Failure;

/// Compiles class names with Tailwind.
///
/// Each call starts an engine. Tailwind adds the classes of a call to those of the calls before, and the classes of one caller
/// must not reach the style sheet of another.
#[derive(Debug)]
pub struct Tailwind {
    script: &'static str,
    /// The compiled script. It is compiled at the first use, which takes as long as a component.
    bytecode: OnceLock<Vec<u8>>,
}

impl Tailwind {
    /// Creates a compiler from the script that the web assets have.
    pub const fn new(script: &'static str) -> Self {
        Self { script, bytecode: OnceLock::new() }
    }

    fn bytecode(&self) -> Result<&[u8], Failure> {
        if let Some(bytecode) = self.bytecode.get() {
            return Ok(bytecode);
        }
        let compiled = engine::bytecode(self.script)?;
        Ok(self.bytecode.get_or_init(|| compiled))
    }
}

impl StyleCompiler for Tailwind {
    fn compile(&self, candidates: &[&str]) -> Result<String, StyleError> {
        let css = self.bytecode().and_then(|bytecode| engine::styles(bytecode, candidates));
        match css {
            Ok(css) if css.len() <= MAX_STYLESHEET_BYTES => Ok(css),
            Ok(_) => {
                Err(too_complex(&format!("its class names give more than {} KiB of CSS", MAX_STYLESHEET_BYTES / 1024)))
            }
            Err(Failure::Time) => {
                let seconds = engine::TIME_LIMIT.as_secs();
                Err(too_complex(&format!("compiling its class names takes more than {seconds} second")))
            }
            Err(Failure::Memory) => {
                let mebibytes = engine::HEAP_BYTES / 1024 / 1024;
                Err(too_complex(&format!("compiling its class names takes more than {mebibytes} MiB")))
            }
            Err(Failure::Other(reason)) => Err(StyleError::Internal(reason)),
        }
    }
}

fn too_complex(reason: &str) -> StyleError {
    StyleError::TooComplex(reason.to_owned())
}
