use std::path::{Path, PathBuf};

use super::connection::OpenError;

/// The parsed URL of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Location {
    /// A file, by its absolute path.
    File(PathBuf),
    /// The memory of this process; deleted when the store is closed.
    Memory,
}

impl Location {
    /// Reads `sqlite:relative.db`, `sqlite:/absolute.db`, `sqlite:///absolute.db`, `sqlite::memory:` or a plain path.
    ///
    /// A path is used verbatim: it is not decoded, and a `?` starts no options.
    pub(super) fn parse(url: &str) -> Result<Self, OpenError> {
        let refuse = |why: &str| OpenError::Url { url: url.to_owned(), why: why.to_owned() };
        let path = match url.strip_prefix("sqlite:") {
            Some(rest) if rest.contains(['?', '#']) => return Err(refuse("options in the URL are not supported")),
            Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
            None if url.contains("://") => return Err(refuse("expected a URL that begins with 'sqlite:', or a path")),
            None => url,
        };
        match path {
            "" => Err(refuse("the path of the database is missing")),
            ":memory:" => Ok(Self::Memory),
            path if path.contains('\0') => Err(refuse("a path holds no NUL")),
            path if path.ends_with('/') => Err(refuse("expected the path of a file, not of a directory")),
            path => std::path::absolute(Path::new(path)).map(Self::File).map_err(|why| refuse(&why.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(url: &str) -> PathBuf {
        match Location::parse(url) {
            Ok(Location::File(path)) => path,
            other => panic!("{url}: {other:?}"),
        }
    }

    #[test]
    fn every_form_of_a_path_is_read() {
        let here = std::env::current_dir().unwrap();
        for url in ["sqlite:widgetd.db", "sqlite://widgetd.db", "widgetd.db", "./widgetd.db"] {
            assert_eq!(file(url), here.join("widgetd.db"), "{url}");
        }
        for url in ["sqlite:/var/lib/w.db", "sqlite:///var/lib/w.db", "/var/lib/w.db"] {
            assert_eq!(file(url), Path::new("/var/lib/w.db"), "{url}");
        }
        assert_eq!(file("file:odd?name"), here.join("file:odd?name"));
        assert_eq!(Location::parse("sqlite::memory:").unwrap(), Location::Memory);
        assert_eq!(Location::parse(":memory:").unwrap(), Location::Memory);
    }

    #[test]
    fn an_invalid_location_is_rejected_with_the_reason() {
        for (url, why) in [
            ("", "path of the database is missing"),
            ("sqlite:", "path of the database is missing"),
            ("sqlite:w.db?mode=ro", "options in the URL"),
            ("mysql://localhost/w", "begins with 'sqlite:'"),
            ("sqlite:/var/lib/", "not of a directory"),
            ("sqlite:a\0b", "NUL"),
        ] {
            let error = Location::parse(url).unwrap_err().to_string();
            assert!(error.contains(why), "{url}: {error}");
        }
    }
}
