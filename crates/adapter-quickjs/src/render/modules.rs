//! The modules that a widget can import: React's, and the files of the library set.

use std::collections::HashMap;

use rquickjs::{
    Ctx, Error, Module, Result,
    loader::{ImportAttributes, Loader, Resolver},
    module::Declared,
};

/// The name of the widget's module in stacks.
pub(super) const WIDGET: &str = "widget.js";

/// Answers imports from tables: nothing is read from anywhere.
pub(super) struct Modules {
    /// Sources of React's modules, by specifier.
    react: HashMap<String, String>,
    library: fn(&str) -> Option<&'static str>,
}

impl Modules {
    pub(super) fn new(react: HashMap<String, String>, library: fn(&str) -> Option<&'static str>) -> Self {
        Self { react, library }
    }

    pub(super) fn resolver() -> impl Resolver {
        Specifiers
    }

    fn source(&self, name: &str) -> Option<&str> {
        match digest_of(name) {
            Some(digest) => (self.library)(digest),
            None => self.react.get(name).map(String::as_str),
        }
    }
}

impl Loader for Modules {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js, Declared>> {
        let source =
            self.source(name).ok_or_else(|| Error::new_loading_message(name, "this service has no such module"))?;
        Module::declare(ctx.clone(), name, source)
    }
}

/// Names a file of the library by its digest, wherever it is imported from, and all else by its specifier.
struct Specifiers;

impl Resolver for Specifiers {
    fn resolve<'js>(&mut self, _: &Ctx<'js>, _: &str, name: &str, _: Option<ImportAttributes<'js>>) -> Result<String> {
        let file = name.strip_prefix("../lib/").or_else(|| name.strip_prefix("./")).unwrap_or(name);
        Ok(if digest_of(file).is_some() { file } else { name }.to_owned())
    }
}

/// The digest in the name of a file of the library.
fn digest_of(name: &str) -> Option<&str> {
    let digest = name.strip_suffix(".js")?;
    let is_digest = digest.len() == 64 && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_digest.then_some(digest)
}
