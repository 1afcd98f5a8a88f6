//! The headers of a frame that may load from other origins: those of the common frame, with these origins added.

use std::{borrow::Cow, collections::BTreeSet};

use domain::{
    origin::Origin,
    resources::{Origins, Resources},
};

/// Names and values of headers.
pub(crate) type Headers = Vec<(&'static str, Cow<'static, str>)>;

/// Adds the origins to the headers of the common frame. Without origins, and in every other directive, nothing changes.
pub(crate) fn open(common: &'static [(&'static str, &'static str)], resources: &Resources) -> Headers {
    let opened = |name: &'static str, value: &'static str| match name {
        _ if resources.is_empty() => Cow::Borrowed(value),
        "content-security-policy" => {
            let directives: Vec<_> = value.split("; ").map(|directive| open_directive(directive, resources)).collect();
            Cow::Owned(directives.join("; "))
        }
        // Chromium checks it in addition to the policy. A redirect stays subject to the policy.
        "connection-allowlist" => {
            let origins: BTreeSet<&Origin> = resources.iter().collect();
            let origins = origins.into_iter().map(|origin| format!(" \"{origin}\"")).collect::<String>();
            Cow::Owned(format!("{}{origins});redirects=allow", value.trim_end_matches(')')))
        }
        // `require-corp` would block images of servers that send no `Cross-Origin-Resource-Policy`. Pages that require it may embed this
        // one too, and its requests carry no cookies.
        "cross-origin-embedder-policy" => Cow::Borrowed("credentialless"),
        _ => Cow::Borrowed(value),
    };
    common.iter().map(|(name, value)| (*name, opened(name, value))).collect()
}

fn open_directive(directive: &'static str, resources: &Resources) -> Cow<'static, str> {
    let (name, sources) = directive.split_once(' ').unwrap_or((directive, ""));
    let origins: &Origins = match name {
        "img-src" => &resources.images,
        "font-src" => &resources.fonts,
        "connect-src" => &resources.connect,
        _ => return Cow::Borrowed(directive),
    };
    if origins.is_empty() {
        return Cow::Borrowed(directive);
    }
    let kept = sources.split(' ').filter(|source| !matches!(*source, "" | "'none'"));
    let sources: Vec<&str> = kept.chain(origins.iter().map(Origin::as_str)).collect();
    Cow::Owned(format!("{name} {}", sources.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: &[(&str, &str)] = &[
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; img-src data: blob:; font-src data:; connect-src 'none'; frame-src 'none'; sandbox allow-scripts",
        ),
        ("connection-allowlist", "(response-origin)"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("referrer-policy", "no-referrer"),
    ];

    fn origins(texts: &[&str]) -> Origins {
        Origins::new(texts.iter().map(|text| Origin::parse(text).unwrap()).collect()).unwrap()
    }

    #[test]
    fn each_list_opens_its_directive_and_no_other() {
        let images =
            Resources { images: origins(&["https://a.example", "https://b.example:8443"]), ..Resources::default() };
        let fonts = Resources { fonts: origins(&["https://a.example"]), ..Resources::default() };
        let connect = Resources { connect: origins(&["https://a.example"]), ..Resources::default() };
        for (resources, before, after) in [
            (images, "img-src data: blob:;", "img-src data: blob: https://a.example https://b.example:8443;"),
            (fonts, "font-src data:;", "font-src data: https://a.example;"),
            (connect, "connect-src 'none';", "connect-src https://a.example;"),
        ] {
            assert_eq!(open(COMMON, &resources)[0].1, COMMON[0].1.replace(before, after));
        }
    }

    #[test]
    fn connections_are_allowed_to_each_origin_once() {
        let resources = Resources {
            images: origins(&["https://b.example", "https://a.example"]),
            connect: origins(&["https://a.example"]),
            ..Resources::default()
        };
        let headers = open(COMMON, &resources);
        assert_eq!(headers[1].1, r#"(response-origin "https://a.example" "https://b.example");redirects=allow"#);
        assert_eq!(headers[2].1, "credentialless");
        assert_eq!(headers[3].1, "no-referrer");
    }

    #[test]
    fn without_origins_the_headers_are_those_of_the_common_frame() {
        let headers = open(COMMON, &Resources::default());
        assert!(headers.iter().zip(COMMON).all(|(header, common)| header.0 == common.0 && header.1 == common.1));
    }

    /// A frame without one of the directives would need a review.
    #[test]
    fn the_built_frame_has_all_directives_that_are_opened() {
        let Some(frame) = web_assets::find("/embed/v1/frame.html") else { panic!("the tests need Node.js and npm") };
        let all = origins(&["https://a.example"]);
        let headers = open(frame.policy, &Resources { images: all.clone(), fonts: all.clone(), connect: all });
        let opened =
            |name: &str| headers.iter().find(|header| header.0 == name).map(|header| header.1.as_ref()).unwrap();
        assert_eq!(opened("content-security-policy").matches(" https://a.example").count(), 3);
        assert!(opened("connection-allowlist").contains("https://a.example"));
        assert_eq!(opened("cross-origin-embedder-policy"), "credentialless");
    }
}
