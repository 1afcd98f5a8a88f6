//! The command line: `widgetd serve | migrate | key create|list|revoke | openapi | check <folder>…`.
//!
//! Exit codes: 0 done, 1 failed, 2 used wrongly (flags, variables, a folder that holds no widget).
//! What a command was asked for goes to stdout, everything else to stderr.

mod check;
mod housekeeping;
mod key;
mod listen;
mod logs;
mod migrate;
mod serve;
mod text;
mod welcome;

use std::{future::Future, num::NonZeroUsize, path::PathBuf, process::ExitCode};

use clap::Parser as _;

use crate::{
    config::{Config, ConfigError, Settings},
    wiring::{StartError, WORKER_SUBCOMMAND, worker},
};

/// A self-hosted widget service for AI conversations
#[derive(clap::Parser)]
#[command(name = "widgetd", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    settings: Settings,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Run the service; what `widgetd` alone does
    Serve,
    /// Bring the database to the state this version needs, without serving
    Migrate,
    /// Create, list and revoke API keys
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Print the OpenAPI document of the HTTP API
    Openapi,
    /// Check widgets in folders as the service would, without one
    Check {
        /// A folder with widget.json, schema.json, component.jsx and example.json
        #[arg(required = true, value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
    /// Run checks for a service; started by the service itself
    #[command(name = WORKER_SUBCOMMAND, hide = true)]
    Worker,
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("{0}")]
    Failed(String),
}

impl CommandError {
    fn failed(error: impl std::fmt::Display) -> Self {
        Self::Failed(error.to_string())
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Config(_) => 2,
            Self::Start(_) | Self::Failed(_) => 1,
        }
    }
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come as errors too, and go to stdout with exit code 0.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    execute(cli).unwrap_or_else(|error| {
        text::say(&format!("error: {error}"));
        ExitCode::from(error.exit_code())
    })
}

fn execute(cli: Cli) -> Result<ExitCode, CommandError> {
    let settings = cli.settings;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Worker => Ok(worker()),
        Command::Openapi => done(text::print(http::openapi::json().trim_end())),
        Command::Check { folders } => {
            let checker = settings.schema_checker()?;
            block_on(check::run(&folders, checker))?
        }
        Command::Serve => with_store(&settings, serve::run),
        Command::Migrate => with_store(&settings, migrate::run),
        Command::Key(command) => with_store(&settings, |config| key::run(command, config)),
    }
}

/// Runs a command that needs the whole configuration.
fn with_store<F>(settings: &Settings, command: impl FnOnce(Config) -> F) -> Result<ExitCode, CommandError>
where
    F: Future<Output = Result<(), CommandError>>,
{
    let config = settings.config()?;
    logs::start(&config.log);
    for variable in crate::config::unknown_variables() {
        tracing::warn!(variable, "there is no such variable: is it misspelt?");
    }
    done(block_on(command(config))?)
}

/// Runs the future on the one long-lived runtime, where connections, worker processes and background tasks live.
///
/// The threads that serve HTTP have runtimes of their own. Two are enough here: what waits on this one is I/O.
fn block_on<F: Future>(future: F) -> Result<F::Output, CommandError> {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.min(2))
        .thread_name("widgetd")
        .enable_all()
        .build()
        .map_err(CommandError::failed)?;
    Ok(runtime.block_on(future))
}

fn done(result: Result<(), CommandError>) -> Result<ExitCode, CommandError> {
    result.map(|()| ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_workers_command_is_not_for_people() {
        let mut command = Cli::command();
        assert!(!command.render_long_help().to_string().contains(WORKER_SUBCOMMAND));
        assert!(command.find_subcommand(WORKER_SUBCOMMAND).is_some());
    }
}
