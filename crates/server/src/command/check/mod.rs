//! `widgetd check <path>…`: the service's review of widgets and components, for authors, their CI and their tools.

mod finding;
mod folder;
mod metadata;
mod position;
mod review;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::Reviewer;
use ports::ReviewSettings;
use serde_json::json;

use self::{
    finding::{Finding, Severity},
    folder::{File, Folder},
};
use super::{CommandError, text};

/// The path that stands for stdin.
const STDIN: &str = "-";

/// What one path names.
enum Input {
    /// A folder with a widget.
    Widget(Box<Folder>),
    /// A file with the source of a component.
    Component(File),
}

impl Input {
    fn read(path: &Path) -> Result<Self, String> {
        if path.as_os_str() == STDIN {
            return File::read_stdin().map(Self::Component);
        }
        if path.is_dir() {
            return Folder::read(path).map(|folder| Self::Widget(Box::new(folder)));
        }
        File::require(path).map(Self::Component)
    }
}

/// Checks what each path names, and prints the findings to stdout. The exit code is the highest of all paths: 0 accepted, 1 refused,
/// 2 neither a widget nor a component.
pub(super) async fn run(paths: &[PathBuf], json: bool, reviewer: &Reviewer) -> Result<ExitCode, CommandError> {
    let (mut widgets, mut components, mut unusable) = (0, 0, 0);
    let mut findings = Vec::<Finding>::new();
    for path in paths {
        let found = match Input::read(path) {
            Ok(Input::Widget(folder)) => {
                widgets += 1;
                review::widget(&folder, reviewer).await?
            }
            Ok(Input::Component(file)) => {
                components += 1;
                let mut found = Vec::new();
                review::component(&file, &ReviewSettings::default(), reviewer, &mut found).await?;
                found
            }
            Err(reason) => {
                unusable += 1;
                text::print_to_stderr(&format!("error: {}", text::Escaped(&reason)));
                if json {
                    findings.push(Finding::unreadable(path, reason));
                }
                continue;
            }
        };
        if !json {
            found.iter().try_for_each(|finding| text::print(&finding.to_string()))?;
        }
        findings.extend(found);
    }
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    if json {
        let found: Vec<_> = findings.iter().map(Finding::to_json).collect();
        text::print(&format!("{:#}", json!({ "errors": errors, "warnings": warnings, "findings": found })))?;
    }
    let checked = match (widgets, components) {
        (_, 0) => count(widgets, "widget"),
        (0, _) => count(components, "component"),
        _ => format!("{} and {}", count(widgets, "widget"), count(components, "component")),
    };
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
