use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

/// More than any file of a widget may hold, and little enough to read without a thought.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// The files of a widget, laid out as those of the pre-built ones are.
pub(super) struct Folder {
    /// The folder's own name: the widget's key, unless `widget.json` has one.
    pub(super) name: String,
    /// `widget.json`: name, description, category and tags.
    pub(super) metadata: File,
    /// `schema.json`: what data must look like.
    pub(super) schema: File,
    /// `component.jsx`: the source.
    pub(super) component: File,
    /// `example.json`: data; the one file that may be absent.
    pub(super) example: Option<File>,
}

pub(super) struct File {
    /// As findings name it: with the folder, as it was given.
    pub(super) name: String,
    pub(super) text: String,
}

impl Folder {
    /// Reads the files, or says why there is no widget to check.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        // `.` and `..` have no name of their own.
        let whole = fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()))?;
        if !whole.is_dir() {
            return Err(format!("{}: not a folder", path.display()));
        }
        let required =
            |name| File::read(&path.join(name))?.ok_or_else(|| format!("{}: no such file", path.join(name).display()));
        Ok(Self {
            name: whole.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            metadata: required("widget.json")?,
            schema: required("schema.json")?,
            component: required("component.jsx")?,
            example: File::read(&path.join("example.json"))?,
        })
    }
}

impl File {
    /// Reads a regular file, if there is one, and never more of it than [`MOST_BYTES`].
    fn read(path: &Path) -> Result<Option<Self>, String> {
        let name = path.display().to_string();
        let failed = |error: io::Error| format!("{name}: {error}");
        // Asked before it is opened: to open a pipe is to wait for a writer.
        let about = match fs::metadata(path) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        if !about.is_file() {
            return Err(format!("{name}: not a regular file"));
        }
        let too_large = || format!("{name}: larger than {} MiB", MOST_BYTES >> 20);
        if about.len() > MOST_BYTES {
            return Err(too_large());
        }
        let file = fs::File::open(path).map_err(failed)?;
        let mut text = String::new();
        // It may have grown, and files of /proc have no size.
        file.take(MOST_BYTES + 1).read_to_string(&mut text).map_err(failed)?;
        if text.len() as u64 > MOST_BYTES { Err(too_large()) } else { Ok(Some(Self { name, text })) }
    }
}
