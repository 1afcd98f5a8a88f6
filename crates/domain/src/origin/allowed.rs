use schema::field::Invalid;

use super::{EXAMPLE, Origin, SCHEME, check_authority, check_port};

const LOCALHOST: &str = "http://localhost";

/// The origins that the operator allows; none by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllowedOrigins(Vec<Pattern>);

/// One pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    /// `https://cdn.example.com`: this origin.
    Exact(Box<str>),
    /// `https://*.example.com`: every `https` origin that ends with this text, which begins with a dot. It is that of any subdomain, at any
    /// depth, but not that of the domain itself.
    Subdomains(Box<str>),
}

impl AllowedOrigins {
    /// Parses `off`, or patterns with commas between them: origins such as `https://cdn.example.com`, and `https://*.example.com` for
    /// all subdomains.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Self::parse_each(text, EXAMPLE, Pattern::parse)
    }

    /// Parses origins of pages: the same patterns and, for development, `http://localhost` with or without a port.
    pub fn parse_of_pages(text: &str) -> Result<Self, Invalid> {
        Self::parse_each(text, "https://app.example.com, http://localhost:5173", |pattern| {
            match pattern.strip_prefix(LOCALHOST).map(|port| port.strip_prefix(':').ok_or(port)) {
                Some(Err("")) => {}
                Some(Ok(port)) => check_port(port, 80)?,
                _ if pattern.starts_with("http://") => return Err(Invalid::new("http is for http://localhost alone")),
                _ => return Pattern::parse(pattern),
            }
            Ok(Pattern::Exact(pattern.into()))
        })
    }

    fn parse_each(
        text: &str,
        examples: &str,
        parse: impl Fn(&str) -> Result<Pattern, Invalid>,
    ) -> Result<Self, Invalid> {
        if text == "off" {
            return Ok(Self::default());
        }
        let parse = |pattern: &str| match pattern {
            "" => Err(Invalid::new("an origin is missing before or after a comma")),
            _ if pattern.contains(char::is_whitespace) => Err(Invalid::new("write a comma between two origins")),
            _ => parse(pattern),
        };
        let parse = |pattern: &str| {
            parse(pattern).map_err(|what| {
                // Debug escapes what could move the cursor of a terminal.
                Invalid::new(format!(
                    "expected origins such as {examples} or https://*.example.com with commas between them, or off, received \
                     {pattern:?}: {}",
                    what.0
                ))
            })
        };
        text.split(',').map(|pattern| parse(pattern.trim())).collect::<Result<_, _>>().map(Self)
    }

    /// Whether no origin is allowed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a pattern matches the origin.
    pub fn allows(&self, origin: &Origin) -> bool {
        self.0.iter().any(|pattern| match pattern {
            Pattern::Exact(allowed) => **allowed == *origin.as_str(),
            // The host of an origin is never empty, so something stands before the dot.
            Pattern::Subdomains(suffix) => origin.authority().ends_with(&**suffix),
        })
    }

    /// Whether a pattern matches the origin of a page, as browsers send it. `null` is never allowed: any sandboxed frame sends it.
    pub fn allows_page(&self, origin: &str) -> bool {
        let is_named = |pattern: &Pattern| matches!(pattern, Pattern::Exact(allowed) if **allowed == *origin);
        self.0.iter().any(is_named) || Origin::parse(origin).is_ok_and(|origin| self.allows(&origin))
    }
}

impl Pattern {
    fn parse(text: &str) -> Result<Self, Invalid> {
        let authority =
            text.strip_prefix(SCHEME).ok_or_else(|| Invalid::new(format!("it does not begin with {SCHEME}")))?;
        let Some(domain) = authority.strip_prefix("*.") else {
            check_authority(authority)?;
            return Ok(Self::Exact(text.into()));
        };
        check_authority(domain)?;
        if !domain.contains('.') {
            return Err(Invalid::new("it would allow a whole top-level domain"));
        }
        Ok(Self::Subdomains(authority[1..].into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Origin {
        Origin::parse(text).unwrap()
    }

    #[test]
    fn patterns_allow_exact_origins_and_subdomains() {
        let allowed = AllowedOrigins::parse("https://cdn.example.com, https://*.example.org,https://*.a.example:8443");
        let allowed = allowed.unwrap();
        for text in
            ["https://cdn.example.com", "https://a.example.org", "https://a.b.example.org", "https://x.a.example:8443"]
        {
            assert!(allowed.allows(&origin(text)), "{text}");
        }
        for text in [
            "https://cdn.example.com:8443",
            "https://a.cdn.example.com",
            "https://example.com",
            "https://example.org",
            "https://xexample.org",
            "https://a.example.org:8443",
            "https://a.example.org.evil.example",
            "https://x.a.example",
            "https://a.example:8443",
        ] {
            assert!(!allowed.allows(&origin(text)), "{text}");
        }
    }

    #[test]
    fn pages_may_also_be_of_ones_own_machine() {
        let allowed = "https://app.example.com,http://localhost:5173, http://localhost,https://*.example.org";
        assert!(AllowedOrigins::parse(allowed).is_err(), "widgets load by https alone");
        let allowed = AllowedOrigins::parse_of_pages(allowed).unwrap();
        for origin in ["https://app.example.com", "http://localhost:5173", "http://localhost", "https://a.example.org"]
        {
            assert!(allowed.allows_page(origin), "{origin}");
        }
        for origin in [
            "",
            "null",
            "*",
            "http://app.example.com",
            "http://localhost:5174",
            "https://localhost",
            "http://a.example.org",
            "https://APP.example.com",
            "https://app.example.com/",
            "https://evil.example/.example.org",
            "https://evil.example#.example.org",
            "https://.example.org",
        ] {
            assert!(!allowed.allows_page(origin), "{origin}");
        }
        for text in [
            "http://localhost:80",
            "http://localhost:",
            "http://localhost.evil.example",
            "http://a.example",
            "null",
            "*",
        ] {
            assert!(AllowedOrigins::parse_of_pages(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nothing_is_allowed_by_default() {
        assert_eq!(AllowedOrigins::parse("off"), Ok(AllowedOrigins::default()));
        assert!(!AllowedOrigins::default().allows(&origin("https://cdn.example.com")));
        assert!(AllowedOrigins::default().is_empty());
    }

    #[test]
    fn other_patterns_are_refused() {
        for text in [
            "",
            "*",
            "https://*",
            "https://*.com",
            "https://*.*.example.com",
            "https://a.*.example.com",
            "https://*example.com",
            "https://*.example.com:*",
            "https://*.example.com/",
            "https://*.127.0.0.1",
            "http://cdn.example.com",
            "https://cdn.example.com,",
            "https://cdn.example.com https://a.example",
            "https://cdn.example.com,off",
            "Off",
        ] {
            assert!(AllowedOrigins::parse(text).is_err(), "{text:?}");
        }
    }
}
