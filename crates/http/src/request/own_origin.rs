use std::borrow::Cow;

use actix_web::{HttpRequest, http::header};

use crate::public_url::PublicUrl;

/// Where the client reached the service: as the operator set it, else as the request's only `Host` names it.
///
/// `Forwarded` and `X-Forwarded-Host` are not read: any client can send them.
pub(crate) fn own_origin<'a>(request: &HttpRequest, public_url: Option<&'a PublicUrl>) -> Option<Cow<'a, PublicUrl>> {
    if let Some(url) = public_url {
        return Some(Cow::Borrowed(url));
    }
    let mut hosts = request.headers().get_all(header::HOST);
    let (host, another) = (hosts.next()?, hosts.next());
    let host = host.to_str().ok().filter(|_| another.is_none())?;
    PublicUrl::of_host(host).map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_operators_address_wins_over_the_requests() {
        let request = TestRequest::default().insert_header(("host", "one.example:8080")).to_http_request();
        assert_eq!(own_origin(&request, None).unwrap().as_str(), "http://one.example:8080");
        let set = PublicUrl::parse("https://two.example").unwrap();
        assert_eq!(own_origin(&request, set.as_ref()).unwrap().as_str(), "https://two.example");
    }

    #[test]
    fn a_request_whose_host_is_absent_double_or_forwarded_names_none() {
        let double = TestRequest::default().append_header(("host", "a")).append_header(("host", "b"));
        let forwarded = TestRequest::default().insert_header(("x-forwarded-host", "a"));
        for request in [double, forwarded, TestRequest::default()] {
            assert_eq!(own_origin(&request.to_http_request(), None), None);
        }
    }
}
