use domain::origin::Origin;

/// Where browsers reach the service: scheme, host and port, without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

/// A DNS name has at most 253 characters, a port 5.
const MAX_AUTHORITY_LENGTH: usize = 259;

impl PublicUrl {
    /// Reads `https://widgets.example.com`; `off` takes the `Host` of each request.
    pub fn parse(text: &str) -> Result<Option<Self>, String> {
        if text == "off" {
            return Ok(None);
        }
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if matches!(scheme, "http" | "https") && is_authority(authority) {
            return Ok(Some(Self(format!("{scheme}://{}", authority.to_ascii_lowercase()))));
        }
        // Debug escapes what could move the cursor of a terminal.
        Err(format!(
            "expected http:// or https://, a host and at most a port, such as https://widgets.example.com, or off, \
             received {text:?}"
        ))
    }

    /// The address that a request's `Host` names; `None` if a policy cannot name it, such as an IPv6 address.
    ///
    /// In a Content-Security-Policy, `http` stands for `https` as well.
    pub fn of_host(host: &str) -> Option<Self> {
        // A name may end with the root's dot.
        let host = host.strip_suffix('.').map_or_else(|| host.replacen(".:", ":", 1), str::to_owned);
        is_authority(&host).then(|| Self(format!("http://{}", host.to_ascii_lowercase())))
    }

    /// Whether this is the address of the origin. The scheme does not count: that of a request's `Host` is not known.
    pub(crate) fn is_of(&self, origin: &Origin) -> bool {
        let authority = self.0.split_once("://").map_or("", |(_, authority)| authority);
        let without_default = authority.strip_suffix(":443").or(authority.strip_suffix(":80")).unwrap_or(authority);
        [authority, without_default].contains(&origin.authority())
    }

    /// The origin, as a Content-Security-Policy names it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the text is a host and at most a port. Nothing in such a text can end a source of a policy or begin another.
fn is_authority(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "1"));
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0);
    text.len() <= MAX_AUTHORITY_LENGTH && host.split('.').all(is_label) && is_port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin() {
        for (text, origin) in [
            ("https://widgets.example.com", "https://widgets.example.com"),
            ("https://Widgets.Example.com/", "https://widgets.example.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost", "http://localhost"),
        ] {
            assert_eq!(PublicUrl::parse(text), Ok(Some(PublicUrl(origin.to_owned()))));
        }
        assert_eq!(PublicUrl::parse("off"), Ok(None));
        for text in
            ["widgets.example.com", "ftp://a", "https://", "https://a/b", "https://a?b", "https://u@a", "https://*.a"]
        {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_services_own_origin_is_recognized() {
        let origin = |text| Origin::parse(text).unwrap();
        for own in ["https://a.example", "https://a.example:443", "http://a.example", "http://a.example:80"] {
            let own = PublicUrl::parse(own).unwrap().unwrap();
            assert!(own.is_of(&origin("https://a.example")), "{own:?}");
            assert!(
                !own.is_of(&origin("https://b.example")) && !own.is_of(&origin("https://a.example:8443")),
                "{own:?}"
            );
        }
        assert!(PublicUrl::of_host("LOCALHOST:8443").unwrap().is_of(&origin("https://localhost:8443")));
    }

    #[test]
    fn a_host_that_a_policy_cannot_name_is_left_out() {
        for host in ["widgets.example.com", "localhost:8080", "10.0.0.1", "A_b-c:1"] {
            let url = PublicUrl::of_host(host).unwrap();
            assert_eq!(url.as_str(), format!("http://{}", host.to_ascii_lowercase()));
        }
        let long = "a".repeat(260);
        for host in [
            "",
            "*",
            "*.example.com",
            "a;b",
            "a b",
            "a,b",
            "'self'",
            "[::1]:80",
            "a:",
            "a:0",
            "a:65536",
            "a:+1",
            "a..b",
            "a/",
            &long,
        ] {
            assert_eq!(PublicUrl::of_host(host), None, "{host}");
        }
    }
}
