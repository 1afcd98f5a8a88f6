use actix_web::{HttpRequest, http::header};

/// Whether the client takes gzip (RFC 9110, 12.5.3).
pub(in crate::http) fn takes_gzip(request: &HttpRequest) -> bool {
    takes(request, &["gzip", "x-gzip"])
}

/// Whether the client takes Brotli.
pub(in crate::http) fn takes_brotli(request: &HttpRequest) -> bool {
    takes(request, &["br"])
}

fn takes(request: &HttpRequest, names: &[&str]) -> bool {
    let values = request.headers().get_all(header::ACCEPT_ENCODING).filter_map(|value| value.to_str().ok());
    let (mut named, mut any) = (None, None);
    for coding in values.flat_map(|value| value.split(',')) {
        let mut parts = coding.split(';').map(str::trim);
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
    fn gzip_is_taken_where_it_is_named_or_anything_is() {
        for (value, takes) in [
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
            assert_eq!(takes_gzip(&request), takes, "{value}");
        }
        assert!(!takes_gzip(&TestRequest::default().to_http_request()));
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
            assert_eq!((takes_brotli(&request), takes_gzip(&request)), (brotli, gzip), "{value}");
        }
    }
}
