use std::os::unix::ffi::OsStringExt as _;

use clap::{Args as _, FromArgMatches as _};

use super::*;

/// The settings of a process that was started with these flags and no environment variables.
fn settings(flags: &[&str]) -> Settings {
    let without_env =
        Settings::augment_args(clap::Command::new("widgetd")).mut_args(|arg| arg.env(None::<&'static str>));
    let matches = without_env.no_binary_name(true).try_get_matches_from(flags).unwrap();
    Settings::from_arg_matches(&matches).unwrap()
}

fn refusal(settings: &Settings) -> String {
    settings.config().unwrap_err().to_string()
}

#[test]
fn the_defaults_are_those_of_the_documentation() {
    let config = settings(&[]).config().unwrap();
    assert_eq!(config.bind, "127.0.0.1:8080");
    assert_eq!(config.public_url, None);
    assert!(config.widget_origins.is_empty());
    assert!(config.cors_origins.is_empty());
    assert_eq!(config.database_url, DatabaseUrl::Sqlite("sqlite:widgetd.db".to_owned()));
    assert_eq!(config.read_database_url, None);
    assert_eq!(config.rate_limits, Limits::default());
    assert_eq!(config.message_retention, None);
    assert_eq!(config.schema_checker, SchemaCheckerKind::Jsonschema);
    assert_eq!(config.load, Load { connections: 4_096, requests_per_key: 256, body_mib: 64 });
    assert_eq!(config.log, LogFilter::parse("info").unwrap());
}

#[test]
fn every_flag_sets_its_value() {
    let config = settings(&[
        "--bind=[::1]:0",
        "--public-url=https://widgets.example.com",
        "--widget-origins=https://cdn.example.com,https://*.example.org",
        "--cors-origins=https://app.example.com,http://localhost:5173",
        "--database-url=sqlite:/tmp/x.db",
        "--rate-limit-write=1/second",
        "--rate-limit-list=2/minute",
        "--rate-limit-message=off",
        "--message-retention=90d",
        "--schema-checker=valico",
        "--max-connections=10",
        "--max-requests-per-key=2",
        "--body-memory=32MiB",
        "--log=warn,http=debug",
    ])
    .config()
    .unwrap();
    assert_eq!(config.bind, "[::1]:0");
    assert_eq!(Ok(config.public_url), PublicUrl::parse("https://widgets.example.com"));
    assert!(config.cors_origins.allows_page("http://localhost:5173"));
    assert_eq!(Ok(config.widget_origins), AllowedOrigins::parse("https://cdn.example.com, https://*.example.org"));
    assert_eq!(config.database_url, DatabaseUrl::Sqlite("sqlite:/tmp/x.db".to_owned()));
    let limits = Limits {
        write: Some(RateLimit { requests: 1, window_seconds: 1 }),
        list: Some(RateLimit { requests: 2, window_seconds: 60 }),
        message: None,
        preview: Some(RateLimit { requests: 600, window_seconds: 3_600 }),
    };
    assert_eq!(config.rate_limits, limits);
    assert_eq!(Ok(config.message_retention), Retention::parse("90d"));
    assert_eq!(config.schema_checker, SchemaCheckerKind::Valico);
    assert_eq!(config.load, Load { connections: 10, requests_per_key: 2, body_mib: 32 });
    assert_eq!(config.log.filter().to_string(), "actix_http=off,http=debug,warn");
}

/// Every setting, by its flag and its variable.
const SETTINGS: [(&str, &str); 16] = [
    ("bind", "WIDGETD_BIND"),
    ("public-url", "WIDGETD_PUBLIC_URL"),
    ("widget-origins", "WIDGETD_WIDGET_ORIGINS"),
    ("cors-origins", "WIDGETD_CORS_ORIGINS"),
    ("database-url", "WIDGETD_DATABASE_URL"),
    ("read-database-url", "WIDGETD_READ_DATABASE_URL"),
    ("rate-limit-write", "WIDGETD_RATE_LIMIT_WRITE"),
    ("rate-limit-list", "WIDGETD_RATE_LIMIT_LIST"),
    ("rate-limit-message", "WIDGETD_RATE_LIMIT_MESSAGE"),
    ("rate-limit-preview", "WIDGETD_RATE_LIMIT_PREVIEW"),
    ("message-retention", "WIDGETD_MESSAGE_RETENTION"),
    ("schema-checker", "WIDGETD_SCHEMA_CHECKER"),
    ("max-connections", "WIDGETD_MAX_CONNECTIONS"),
    ("max-requests-per-key", "WIDGETD_MAX_REQUESTS_PER_KEY"),
    ("body-memory", "WIDGETD_BODY_MEMORY"),
    ("log", "RUST_LOG"),
];

#[test]
fn an_invalid_or_empty_value_is_refused_with_the_name_of_its_variable() {
    for (flag, variable) in SETTINGS {
        for value in ["", "=", "\u{1b}[2J"] {
            let refused = refusal(&settings(&[&format!("--{flag}={value}")]));
            assert!(refused.starts_with(&format!("{variable} (or --{flag}): ")), "{refused}");
            assert!(!refused.contains('\u{1b}'), "{refused}");
        }
    }
}

#[test]
fn a_value_that_is_not_utf8_is_refused_with_the_name_of_its_variable() {
    let wrong = OsString::from_vec(vec![b'x', 0xff]);
    let spoil: [fn(&mut Settings, OsString); 16] = [
        |settings, value| settings.bind = value,
        |settings, value| settings.public_url = value,
        |settings, value| settings.widget_origins = value,
        |settings, value| settings.cors_origins = value,
        |settings, value| settings.database_url = value,
        |settings, value| settings.read_database_url = value,
        |settings, value| settings.rate_limit_write = value,
        |settings, value| settings.rate_limit_list = value,
        |settings, value| settings.rate_limit_message = value,
        |settings, value| settings.rate_limit_preview = value,
        |settings, value| settings.message_retention = value,
        |settings, value| settings.schema_checker = value,
        |settings, value| settings.max_connections = value,
        |settings, value| settings.max_requests_per_key = value,
        |settings, value| settings.body_memory = value,
        |settings, value| settings.log = value,
    ];
    for (spoil, (flag, variable)) in spoil.into_iter().zip(SETTINGS) {
        let mut settings = settings(&[]);
        spoil(&mut settings, wrong.clone());
        assert_eq!(refusal(&settings), format!("{variable} (or --{flag}): the value is not UTF-8"));
    }
}

#[test]
fn an_address_is_a_host_and_a_port() {
    for bind in ["0.0.0.0:80", "[::]:8080", "localhost:0", "widgets.example.com:65535"] {
        assert_eq!(parse_bind(bind).as_deref(), Ok(bind));
    }
    for bind in
        ["8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "a:+1", "::1:8080:", "a b:1", "http://a:1"]
    {
        assert!(parse_bind(bind).is_err(), "{bind}");
    }
}

#[test]
fn a_database_is_a_sqlite_file_or_a_postgres_url() {
    for url in ["sqlite:widgetd.db", "sqlite:/var/lib/widgetd/data.db", "sqlite:///var/lib/widgetd/data.db"] {
        assert_eq!(DatabaseUrl::parse(url), Ok(DatabaseUrl::Sqlite(url.to_owned())));
    }
    for url in ["postgres://me:hunter2@localhost/widgets", "postgresql://%2Frun%2Fpostgresql/w?sslmode=verify-full"] {
        assert_eq!(DatabaseUrl::parse(url), Ok(DatabaseUrl::Postgres(url.to_owned())));
    }
    for url in ["widgetd.db", "sqlite:", "sqlite://", "mysql://localhost/x", "SQLITE:x", "postgres:x", "postgres://"] {
        assert!(DatabaseUrl::parse(url).is_err(), "{url}");
    }
}

#[test]
fn only_a_postgres_database_can_have_a_read_replica() {
    let read = "--read-database-url=postgres://me:hunter2@two/w";
    let taken = settings(&["--database-url=postgres://one/w", read]).config().unwrap().read_database_url.unwrap();
    assert_eq!((taken.as_str(), format!("{taken:?}").as_str()), ("postgres://me:hunter2@two/w", "postgres://…"));
    for flags in [&[read][..], &["--database-url=postgres://one/w", "--read-database-url=mysql://me:hunter2@two/w"]] {
        let refused = refusal(&settings(flags));
        assert!(refused.starts_with("WIDGETD_READ_DATABASE_URL") && !refused.contains("hunter2"), "{refused}");
    }
}

#[test]
fn a_password_is_never_printed() {
    for url in ["postgre://me:hunter2@localhost/w", "postgres:/me:hunter2@localhost/w", "mysql://me:hunter2@h/w"] {
        let refused = refusal(&settings(&[&format!("--database-url={url}")]));
        assert!(
            refused.starts_with("WIDGETD_DATABASE_URL") && refused.contains("postgres://user:password@"),
            "{refused}"
        );
        assert!(!refused.contains("hunter2"), "{refused}");
    }
    let url = DatabaseUrl::parse("postgres://me:hunter2@localhost/w");
    assert_eq!(format!("{url:?}"), "Ok(postgres://…)");
}

#[test]
fn a_log_filter_is_a_level_or_a_list() {
    for filter in ["info", "OFF", "warn,http=debug", "app::widgets", "error,[{request}]=trace"] {
        assert!(LogFilter::parse(filter).is_ok(), "{filter}");
    }
    for filter in ["inof", "info,serve", "wrong value", "info,", "server=loud", "=info=", " "] {
        assert!(LogFilter::parse(filter).is_err(), "{filter}");
    }
}

#[test]
fn unknown_variables_with_the_prefix_are_reported() {
    let names = ["WIDGETD_BIND", "WIDGETD_BNID", "PATH", "RUST_LOG", "WIDGETD_", "XWIDGETD_Y"].map(OsString::from);
    assert_eq!(unknown_among(names.into_iter()), ["WIDGETD_", "WIDGETD_BNID"]);
}

#[test]
fn the_list_of_variables_is_complete() {
    let command = Settings::augment_args(clap::Command::new("widgetd"));
    let named: Vec<&str> = command.get_arguments().filter_map(|arg| arg.get_env()?.to_str()).collect();
    assert_eq!(named, SETTINGS.map(|(_, variable)| variable));
    let ours = named.iter().filter_map(|name| name.strip_prefix(PREFIX));
    assert!(ours.eq(VARIABLES));
}
