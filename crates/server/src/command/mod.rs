//! The command line: `widgetd serve | migrate | key create|list|revoke | openapi | check <path>…`.
//!
//! Exit codes: 0 success, 1 failure, 2 wrong use (flags, environment variables, a path to check that cannot be read).
//! A command prints its result to stdout and everything else to stderr.

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
    wiring::{self, StartError, WORKER_SUBCOMMAND, worker},
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
    /// Run the service; the default without a subcommand
    Serve,
    /// Apply the database migrations that this version needs, without serving
    Migrate,
    /// Create, list and revoke API keys
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Print the OpenAPI document of the HTTP API
    Openapi,
    /// Print the licenses of the libraries that widgets can use
    Licenses,
    /// Check widgets and components offline, as the service would
    Check {
        /// A folder with widget.json, schema.json, component.jsx or .tsx, and example.json; or the file of a component; or - for a component
        /// on stdin
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Print one JSON object with all findings
        #[arg(long)]
        json: bool,
    },
    /// Run a worker process; the service starts these itself
    #[command(name = WORKER_SUBCOMMAND, hide = true)]
    Worker,
}

/// Why a command failed.
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

/// Parses the command line of the process and runs the command.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap returns help and version as errors too; they go to stdout with exit code 0.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    execute(cli).unwrap_or_else(|error| {
        text::print_to_stderr(&format!("error: {error}"));
        ExitCode::from(error.exit_code())
    })
}

fn execute(cli: Cli) -> Result<ExitCode, CommandError> {
    let settings = cli.settings;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Worker => Ok(worker()),
        Command::Openapi => done(text::print(http::openapi::json().trim_end())),
        Command::Licenses => done(text::print(web_assets::licenses().trim_end())),
        Command::Check { paths, json } => {
            let (checker, origins) = (settings.schema_checker()?, settings.widget_origins()?);
            block_on(async { check::run(&paths, json, &wiring::reviewer(checker, origins)?).await })?
        }
        Command::Serve => with_store(&settings, serve::run),
        Command::Migrate => with_store(&settings, migrate::run),
        Command::Key(command) => with_store(&settings, |config| key::run(command, config)),
    }
}

/// Runs a command that needs the complete configuration.
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

/// Runs the future on the long-lived runtime, which drives database connections, worker processes and background tasks.
///
/// Two threads are enough, since its tasks mostly wait for I/O. The threads that serve HTTP have separate runtimes.
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
    fn the_help_hides_the_worker_command() {
        let mut command = Cli::command();
        assert!(!command.render_long_help().to_string().contains(WORKER_SUBCOMMAND));
        assert!(command.find_subcommand(WORKER_SUBCOMMAND).is_some());
    }
}
