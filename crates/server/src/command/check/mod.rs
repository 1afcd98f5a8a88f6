//! `widgetd check <folder>…`: the service's review of widgets in folders, for authors and their CI.

mod finding;
mod folder;
mod metadata;
mod position;
mod review;

use std::{path::PathBuf, process::ExitCode};

use app::Reviewer;

use self::{
    finding::{Finding, Severity},
    folder::Folder,
};
use super::{CommandError, text};

/// Checks each folder, and prints the findings to stdout. The exit code is the highest of all folders: 0 accepted, 1 refused,
/// 2 not a widget.
pub(super) async fn run(folders: &[PathBuf], reviewer: &Reviewer) -> Result<ExitCode, CommandError> {
    let (mut unusable, mut findings) = (0, Vec::<Finding>::new());
    for path in folders {
        match Folder::read(path) {
            Ok(folder) => {
                let found = review::review(&folder, reviewer).await?;
                found.iter().try_for_each(|finding| text::print(&finding.to_string()))?;
                findings.extend(found);
            }
            Err(reason) => {
                unusable += 1;
                text::print_to_stderr(&format!("error: {}", text::Escaped(reason)));
            }
        }
    }
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let checked = count(folders.len() - unusable, "widget");
    text::print_to_stderr(&format!("{checked} checked: {}, {}", count(errors, "error"), count(warnings, "warning")));
    Ok(ExitCode::from(match (unusable, errors) {
        (0, 0) => 0,
        (0, _) => 1,
        _ => 2,
    }))
}

fn count(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}
