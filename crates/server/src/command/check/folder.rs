//! The files of a widget in a folder, and single files.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

/// Maximum size of a file that is read, in bytes. Every valid file of a widget is smaller.
const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// The files of a widget, in the layout of the pre-built widgets.
pub(super) struct Folder {
    /// The folder's name, which is the widget's key unless `widget.json` has one.
    pub(super) name: String,
    /// `widget.json`: name, description, category and tags.
    pub(super) metadata: File,
    /// `schema.json`: the schema of the widget's data.
    pub(super) schema: File,
    /// `component.jsx` or `component.tsx`: the source.
    pub(super) component: File,
    /// `example.json`: example data. Only this file may be absent.
    pub(super) example: Option<File>,
}

pub(super) struct File {
    /// The path for findings: the folder as given on the command line, and the file name.
    pub(super) name: String,
    pub(super) text: String,
}

impl Folder {
    /// Reads the files, or returns why the folder holds no widget.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        // The canonical path has a file name even for `.` and `..`.
        let canonical = fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()))?;
        if !canonical.is_dir() {
            return Err(format!("{}: not a folder", path.display()));
        }
        let required = |name| File::require(&path.join(name));
        Ok(Self {
            name: canonical.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            metadata: required("widget.json")?,
            schema: required("schema.json")?,
            component: match File::read(&path.join("component.tsx"))? {
                Some(file) => file,
                None => required("component.jsx")?,
            },
            example: File::read(&path.join("example.json"))?,
        })
    }
}

impl File {
    /// Reads a file that must exist.
    pub(super) fn require(path: &Path) -> Result<Self, String> {
        Self::read(path)?.ok_or_else(|| format!("{}: no such file", path.display()))
    }

    /// Reads stdin to its end, if that is at most [`MAX_FILE_BYTES`] long.
    pub(super) fn read_stdin() -> Result<Self, String> {
        Self::read_text("<stdin>".to_owned(), io::stdin().lock())
    }

    /// Reads a regular file of at most [`MAX_FILE_BYTES`]; `None` if it does not exist.
    fn read(path: &Path) -> Result<Option<Self>, String> {
        let name = path.display().to_string();
        let failed = |error: io::Error| format!("{name}: {error}");
        // The type is checked before the file is opened: opening a pipe would block until a writer opens it.
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        if !metadata.is_file() {
            return Err(format!("{name}: not a regular file"));
        }
        if metadata.len() > MAX_FILE_BYTES {
            return Err(too_large(&name));
        }
        let file = fs::File::open(path).map_err(failed)?;
        // The file may have grown since, and files in /proc report no size.
        Self::read_text(name, file).map(Some)
    }

    fn read_text(name: String, source: impl io::Read) -> Result<Self, String> {
        let mut text = String::new();
        source.take(MAX_FILE_BYTES + 1).read_to_string(&mut text).map_err(|error| format!("{name}: {error}"))?;
        if text.len() as u64 > MAX_FILE_BYTES { Err(too_large(&name)) } else { Ok(Self { name, text }) }
    }
}

fn too_large(name: &str) -> String {
    format!("{name}: larger than {} MiB", MAX_FILE_BYTES >> 20)
}
