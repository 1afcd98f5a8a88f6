//! The render test: renders a component with React's server renderer, to find what it throws. `docs/render-test.md` describes
//! it.

mod engine;
mod modules;
mod source_map;
mod text;
mod wire;
mod workers;

pub use workers::{RenderScripts, RenderWorkers, task};
