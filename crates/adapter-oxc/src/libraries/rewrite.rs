//! Replaces the specifiers of libraries by the paths of their files, and icons by their data.

use std::collections::BTreeSet;

use domain::{library::LibrarySet, module::AssetDigest};
use oxc_allocator::Allocator;
use oxc_ast::ast::{ImportDeclaration, ImportDeclarationSpecifier, Program, Statement, StringLiteral};

use super::{is_stylesheet, specifier::canonical};
use crate::tree;

/// What a module imports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Used {
    /// The specifiers, as the set has them.
    pub(crate) imports: BTreeSet<String>,
    /// The files that the module imports itself.
    pub(crate) files: BTreeSet<AssetDigest>,
}

/// Rewrites the imports of a program. If it changes the program, scopes and symbols must be computed again.
pub(crate) fn rewrite<'a>(set: &LibrarySet, allocator: &'a Allocator, program: &mut Program<'a>) -> (Used, bool) {
    let mut change = Change { set, allocator, used: Used::default(), icons: Vec::new(), is_changed: false };
    program.body.retain_mut(|statement| change.keeps(statement));
    if !change.icons.is_empty() {
        change.insert_icons(program);
    }
    change.insert_closure(program);
    (change.used, change.is_changed)
}

struct Change<'s, 'a> {
    set: &'s LibrarySet,
    allocator: &'a Allocator,
    used: Used,
    /// The local names of icons, and the arguments of their factory.
    icons: Vec<(String, &'static str)>,
    is_changed: bool,
}

impl<'a> Change<'_, 'a> {
    /// Rewrites a statement. Returns whether anything of it remains.
    fn keeps(&mut self, statement: &mut Statement<'a>) -> bool {
        match statement {
            Statement::ImportDeclaration(it) if is_stylesheet(&it.source.value) && it.specifiers.is_none() => {
                self.is_changed = true;
                false
            }
            Statement::ImportDeclaration(it) => {
                let keeps = self.takes_no_icons(it) || !self.take_icons(it);
                self.note(&it.source);
                if keeps {
                    self.resolve(&mut it.source);
                }
                keeps
            }
            Statement::ExportAllDeclaration(it) => {
                self.note(&it.source);
                self.resolve(&mut it.source);
                true
            }
            Statement::ExportFromDeclaration(it) => {
                self.note(&it.source);
                self.resolve(&mut it.source);
                true
            }
            _ => true,
        }
    }

    fn note(&mut self, source: &StringLiteral<'a>) {
        self.used.imports.insert(canonical(self.set, &source.value).into_owned());
    }

    /// Replaces the specifier of a library by the path of its file.
    fn resolve(&mut self, source: &mut StringLiteral<'a>) {
        let Some(digest) = self.set.library(&canonical(self.set, &source.value)).and_then(|library| library.file)
        else {
            return;
        };
        source.value = self.allocator.alloc_str(&path(digest)).into();
        source.raw = None;
        self.used.files.insert(digest);
        self.is_changed = true;
    }

    fn takes_no_icons(&self, it: &ImportDeclaration<'a>) -> bool {
        self.set.icons.is_none_or(|icons| it.source.value != icons.specifier)
    }

    /// Removes the icons from an import. Returns whether it imports nothing else.
    fn take_icons(&mut self, it: &mut ImportDeclaration<'a>) -> bool {
        let (Some(icons), Some(specifiers)) = (self.set.icons, it.specifiers.as_mut()) else { return false };
        let before = specifiers.len();
        specifiers.retain(|specifier| {
            let ImportDeclarationSpecifier::ImportSpecifier(it) = specifier else { return true };
            let Some(arguments) = icons.find(&it.imported.name()) else { return true };
            self.icons.push((it.local.name.to_string(), arguments));
            false
        });
        self.is_changed |= specifiers.len() < before;
        before > 0 && specifiers.is_empty()
    }

    /// Imports the files that the imported ones import, so that a browser requests all of them at once.
    fn insert_closure(&mut self, program: &mut Program<'a>) {
        let further = self.set.closure(self.used.files.iter().copied()).into_iter();
        let further = further.filter(|digest| !self.used.files.contains(digest));
        let text: String = further.map(|digest| format!("import{:?};", path(digest))).collect();
        for (index, statement) in tree::statements(self.allocator, &text).into_iter().enumerate() {
            program.body.insert(index, statement);
        }
    }

    /// Declares the icons before everything else, as imports are.
    fn insert_icons(&mut self, program: &mut Program<'a>) {
        let Some(icons) = self.set.icons else { return };
        let factory = tree::unused_name(program.source_text, "_icon");
        self.used.files.insert(icons.factory);
        let mut text = format!("import{{createLucideIcon as {factory}}}from{:?};", path(icons.factory));
        for (local, arguments) in &self.icons {
            text.push_str(&format!("const {local}={factory}({});", elements(arguments)));
        }
        for (index, statement) in tree::statements(self.allocator, &text).into_iter().enumerate() {
            program.body.insert(index, statement);
        }
    }
}

/// The path of a file, relative to that of a module.
fn path(digest: AssetDigest) -> String {
    format!("../lib/{digest}.js")
}

/// The elements of a JSON array, as arguments.
fn elements(array: &str) -> &str {
    array.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or_default()
}
