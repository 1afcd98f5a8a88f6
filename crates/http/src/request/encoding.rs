use actix_web::{
    HttpRequest,
    http::header::{self, HeaderName},
};

/// Whether the client accepts gzip (RFC 9110, 12.5.3).
pub(crate) fn accepts_gzip(request: &HttpRequest) -> bool {
    accepts(request, &header::ACCEPT_ENCODING, &["gzip", "x-gzip"])
}

/// Whether the client accepts Brotli.
pub(crate) fn accepts_brotli(request: &HttpRequest) -> bool {
    accepts(request, &header::ACCEPT_ENCODING, &["br"])
}

/// Whether the client names HTML in `Accept`, as browsers do and programs do not.
pub(crate) fn accepts_html(request: &HttpRequest) -> bool {
    accepts(request, &header::ACCEPT, &["text/html"])
}

fn accepts(request: &HttpRequest, name: &HeaderName, names: &[&str]) -> bool {
    let values = request.headers().get_all(name).filter_map(|value| value.to_str().ok());
    let (mut named, mut any) = (None, None);
    for choice in values.flat_map(|value| value.split(',')) {
        let mut parts = choice.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        let wanted = weight.is_none_or(|weight| weight.parse().is_ok_and(|weight: f64| weight > 0.0));
        if names.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            named = Some(wanted);
        } else if name == "*" {
            any = Some(wanted);
        }
    }
    named.or(any).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn gzip_is_accepted_where_it_or_a_wildcard_is_named() {
        for (value, accepted) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("deflate;q=1, x-gzip ; q=0.001", true),
            ("*", true),
            ("br;q=1.0, *;q=0.1", true),
            ("", false),
            ("identity", false),
            ("br", false),
            ("gzip;q=0", false),
            ("gzip;q=0.000, *", false),
            ("*;q=0", false),
            ("gzip;q=x", false),
        ] {
            let request = TestRequest::default().insert_header((header::ACCEPT_ENCODING, value)).to_http_request();
            assert_eq!(accepts_gzip(&request), accepted, "{value}");
        }
        assert!(!accepts_gzip(&TestRequest::default().to_http_request()));
    }

    #[test]
    fn html_is_accepted_where_it_is_named() {
        for (value, accepted) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("application/json, Text/HTML;q=0.5", true),
            ("text/html;q=0", false),
            ("*/*", false),
            ("application/json", false),
        ] {
            let request = TestRequest::default().insert_header((header::ACCEPT, value)).to_http_request();
            assert_eq!(accepts_html(&request), accepted, "{value}");
        }
        assert!(!accepts_html(&TestRequest::default().to_http_request()));
    }

    #[test]
    fn each_coding_has_its_own_weight() {
        for (value, brotli, gzip) in [
            ("gzip, deflate, br, zstd", true, true),
            ("gzip;q=1.0, br;q=0", false, true),
            ("BR", true, false),
            ("gzip;q=0.000, *", true, false),
            ("xgzip", false, false),
        ] {
            let request = TestRequest::default().insert_header((header::ACCEPT_ENCODING, value)).to_http_request();
            assert_eq!((accepts_brotli(&request), accepts_gzip(&request)), (brotli, gzip), "{value}");
        }
    }
}
