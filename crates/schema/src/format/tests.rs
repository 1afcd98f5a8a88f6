use super::*;

#[track_caller]
fn check(name: &str, valid: &[&str], invalid: &[&str]) {
    let format = Format::from_name(name).unwrap();
    valid.iter().for_each(|text| assert!(format.matches(text), "{text:?} is a valid {name}"));
    invalid.iter().for_each(|text| assert!(!format.matches(text), "{text:?} is not a valid {name}"));
}

#[test]
fn dates_and_times_follow_rfc_3339() {
    check(
        "date",
        &["2024-02-29", "2000-02-29", "1963-06-19"],
        &[
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "2024-1-1",
            "2024-01-01T",
            "২024-01-01",
        ],
    );
    check(
        "time",
        &["08:30:06Z", "08:30:06.283185+05:30", "23:59:60Z", "01:29:60+01:30", "00:00:00z"],
        &[
            "24:00:00Z",
            "08:60:00Z",
            "08:30:61Z",
            "22:59:60Z",
            "08:30:06",
            "8:30:06Z",
            "08:30:06+24:00",
            "08:30:06.Z",
            "Z",
        ],
    );
    check(
        "date-time",
        &["1963-06-19T08:30:06.283185Z", "1998-12-31t23:59:60z"],
        &["1963-06-19 08:30:06Z", "1963-06-19T08:30:06", "1963-06-38T08:30:06Z", "2013-350T01:01:01", ""],
    );
}

#[test]
fn host_names_ip_and_email_addresses() {
    let long_label = format!("{}.example", "a".repeat(64));
    check(
        "hostname",
        &["www.example.com", "xn--4gbwdl.xn--wgbh1c", "h0-st", "1.2"],
        &["-a", "a-", "a..b", "under_score", "", "exämple", &long_label],
    );
    check("ipv4", &["192.168.0.1"], &["256.1.1.1", "1.2.3", "01.2.3.4", "1.2.3.4/8", "0x7f.1.1.1", " 1.2.3.4"]);
    check("ipv6", &["::1", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8"], &["12345::", "1::2::3", "fe80::1%eth0", "::1/64"]);
    check(
        "email",
        &["joe.bloggs@example.com", "te~st+x@example.com", "\"joe \\\" b@x\"@example.com", "a@[127.0.0.1]"],
        &["2962", ".a@b.c", "a.@b.c", "a..b@c.d", "a@", "@b", "joe bloggs@x.y", "a@[1.2.3]", "é@b.c"],
    );
}

#[test]
fn uris_and_json_pointers() {
    check(
        "uri",
        &[
            "http://foo.bar/?baz=qux#quux",
            "urn:oasis:names",
            "mailto:a@b.c",
            "http://u:p@[2001:db8::7]:80/c=GB?x",
            "a:",
        ],
        &[
            "//foo.bar",
            "/abc",
            "\\\\WINDOWS",
            "http:// x",
            ":// x",
            "a%zz:",
            "bar,baz:foo",
            "http://a]b",
            "http://x:80a/",
        ],
    );
    check("uri-reference", &["/abc", "//foo.bar/x", "abc", "#frag", "", "./a:b"], &["a b", "\\x", "#a#b", "1a:b"]);
    check("json-pointer", &["", "/foo/0", "/a~1b/~0", "/"], &["foo", "/~", "/~2", "#/x"]);
    check("relative-json-pointer", &["0", "1/a", "10#"], &["", "-1", "01", "/a", "1a"]);
}

#[test]
fn iris_and_internationalized_email_addresses() {
    check(
        "iri",
        &["http://ƒøø.ßår/?∂éœ=πîx#πîüx", "http://ü@é:80/\u{10000}", "urn:é", "x:?\u{e000}"],
        &[
            "âππ",
            "/abc",
            "é://x",
            "http://a b",
            "http://x/\u{e000}",
            "x:\u{fffe}",
            "x:\u{1fffe}",
            "x:#\u{e000}",
            "x:é%zz",
        ],
    );
    check("iri-reference", &["âππ", "//ƒøø/é?é#é", "", "#ƒrägmênt"], &["#ƒräg\\mênt", "é:b", "\u{7f}"]);
    for ascii_only in ["uri", "uri-reference"] {
        check(ascii_only, &["http://x/"], &["http://é/", "http://x/é", "http://x/?\u{e000}"]);
    }
    check(
        "idn-email",
        &["실례@실례.테스트", "joe@example.com", "\"jöe b\"@x", "é@[127.0.0.1]"],
        &["2962", "é@", "@é", "é é@x", "é@-x", "é..é@x", "é@x\u{3000}y", "\"é\u{85}\"@x"],
    );
}

#[test]
fn uri_templates() {
    check(
        "uri-template",
        &[
            "",
            "http://example.com/dictionary/{term:1}/{term}",
            "{+path,x}/here{#frag*}{/a,b:9999}{?q,lang}{&x.y_z,%41}{;a}{.b}{|reserved}",
            "it's/é/\u{e000}%20",
        ],
        &[
            "{",
            "}",
            "{}",
            "{a",
            "a}",
            "{{a}}",
            "{a}}",
            "{a b}",
            "{a:0}",
            "{a:10000}",
            "{a:}",
            "{a:1*}",
            "{a..b}",
            "{a,}",
            "{é}",
            "{%4}",
            "a b",
            "<",
            "%zz",
            "{-a}",
        ],
    );
}

#[test]
fn other_formats_are_not_checked() {
    assert_eq!(Format::from_name("idn-hostname"), None);
    assert_eq!(Format::from_name("regex"), None);
    assert_eq!(Format::from_name("no-such-format"), None);
}

#[test]
fn a_fault_says_what_is_missing() {
    for (name, text, fault) in [
        ("date-time", "2025-10-20", "the time is missing, as in '2025-10-20T10:00:00Z'"),
        ("date-time", "2025-10-20 10:00:00Z", "a 'T' is missing between date and time, as in '2025-10-20T10:00:00Z'"),
        ("date-time", "1760954400", "a text such as '2025-10-20T10:00:00Z' is expected"),
        ("date-time", "", "a text such as '2025-10-20T10:00:00Z' is expected"),
        ("date-time", "2025-10-20T10:00:00.5", "the time zone is missing: 'Z' for UTC, or an offset such as '+02:00'"),
        ("date-time", "2025-10-20T10:00", "the seconds and the time zone are missing, as in '10:00:00Z'"),
        ("date-time", "2025-10-20T10:00Z", "the seconds are missing, as in '10:00:00Z'"),
        ("date-time", "2025-10-20T10:00:00+0200", "the time zone is neither 'Z' nor an offset such as '+02:00'"),
        ("date-time", "2025-10-20T9:30:00Z", "the time is not written as in '10:00:00Z'"),
        ("date-time", "2025-10-20T25:00:00Z", "the time does not exist"),
        ("date-time", "2025-02-29T10:00:00Z", "the date does not exist"),
        ("date-time", "20/10/2025T10:00:00Z", "the date is not year, month and day as in '2025-10-20'"),
        ("date", "2025-10-20T10:00:00Z", "only the date is expected, as in '2025-10-20'"),
        ("date", "2025-1-5", "the date is not year, month and day as in '2025-10-20'"),
        ("date", "2025-13-01", "the date does not exist"),
        ("date", "20é5-13-01", "the date is not year, month and day as in '2025-10-20'"),
        ("time", "10:00", "the seconds and the time zone are missing, as in '10:00:00Z'"),
        ("time", "10 Uhr", "the time is not written as in '10:00:00Z'"),
        ("uri", "example.com/a", "a scheme is missing, as in 'https://example.com/'"),
        ("iri", "/é", "a scheme is missing, as in 'https://example.com/'"),
        ("uri", "https://example.com/é", "letters beyond ASCII are not percent-encoded"),
    ] {
        let format = Format::from_name(name).unwrap();
        assert!(!format.matches(text), "{name}: {text}");
        assert_eq!(format.fault(text), Some(fault), "{name}: {text}");
    }
    for (name, text) in [("email", "a"), ("uri", "a b")] {
        assert_eq!(Format::from_name(name).unwrap().fault(text), None, "{name}: {text}");
    }
}
