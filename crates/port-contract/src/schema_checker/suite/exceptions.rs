//! Intended differences from the suite, the same for both checkers.

/// A schema of the suite that the guard refuses.
pub(super) struct RefusedSchema {
    pub(super) file: &'static str,
    pub(super) group: &'static str,
    /// A part of the error message.
    pub(super) message: &'static str,
}

/// Values that are invalid in the suite and valid for the service.
pub(super) struct AcceptedValues {
    pub(super) file: &'static str,
    pub(super) group: &'static str,
    pub(super) why: &'static str,
    pub(super) tests: &'static [&'static str],
}

const OUTSIDE_REFERENCE: &str = "leads out of the schema";
const UNEVALUATED: &str = "'unevaluatedProperties' is not supported";
const NESTED_ID: &str = "'$id' is allowed at the root only";

const CONTENT: &str = "`contentMediaType` and `contentEncoding` are annotations";
const FORMAT: &str = "the format is an annotation";

const fn refused(file: &'static str, group: &'static str, message: &'static str) -> RefusedSchema {
    RefusedSchema { file, group, message }
}

pub(super) const REFUSED_SCHEMAS: &[RefusedSchema] = &[
    refused("definitions", "validate definition against metaschema", OUTSIDE_REFERENCE),
    refused("optional/cross-draft", "refs to future drafts are processed as future drafts", OUTSIDE_REFERENCE),
    refused("optional/id", "id inside an enum is not a real identifier", NESTED_ID),
    refused("optional/unknownKeyword", "$id inside an unknown keyword is not a real identifier", NESTED_ID),
    refused("ref", "$ref prevents a sibling $id from changing the base uri", NESTED_ID),
    refused("ref", "remote ref, containing refs itself", OUTSIDE_REFERENCE),
    refused("ref", "Recursive references between schemas", NESTED_ID),
    refused("ref", "Location-independent identifier", NESTED_ID),
    refused("ref", "Reference an anchor with a non-relative URI", NESTED_ID),
    refused("ref", "Location-independent identifier with base URI change in subschema", NESTED_ID),
    refused("ref", "refs with relative uris and defs", NESTED_ID),
    refused("ref", "relative refs with absolute uris and defs", NESTED_ID),
    refused("ref", "$id must be resolved against nearest parent, not just immediate parent", NESTED_ID),
    refused("ref", "URN base URI with URN and anchor ref", NESTED_ID),
    refused("ref", "ref to if", OUTSIDE_REFERENCE),
    refused("ref", "ref to then", OUTSIDE_REFERENCE),
    refused("ref", "ref to else", OUTSIDE_REFERENCE),
    refused("ref", "ref with absolute-path-reference", NESTED_ID),
    refused("refRemote", "remote ref", OUTSIDE_REFERENCE),
    refused("refRemote", "fragment within remote ref", OUTSIDE_REFERENCE),
    refused("refRemote", "ref within remote ref", OUTSIDE_REFERENCE),
    refused("refRemote", "base URI change", NESTED_ID),
    refused("refRemote", "base URI change - change folder", NESTED_ID),
    refused("refRemote", "base URI change - change folder in subschema", NESTED_ID),
    refused("refRemote", "root ref in remote ref", OUTSIDE_REFERENCE),
    refused("refRemote", "remote ref with ref to definitions", OUTSIDE_REFERENCE),
    refused("refRemote", "Location-independent identifier in remote ref", OUTSIDE_REFERENCE),
    refused("refRemote", "retrieved nested refs resolve relative to their URI not $id", OUTSIDE_REFERENCE),
    refused("refRemote", "$ref to $ref finds location-independent $id", OUTSIDE_REFERENCE),
    refused("2020-12/anchor", "Location-independent identifier with absolute URI", NESTED_ID),
    refused("2020-12/anchor", "Location-independent identifier with base URI change in subschema", NESTED_ID),
    refused("2020-12/anchor", "same $anchor with different base uri", NESTED_ID),
    refused("2020-12/defs", "validate definition against metaschema", OUTSIDE_REFERENCE),
    refused("2020-12/not", "collect annotations inside a 'not', even if collection is disabled", UNEVALUATED),
    refused(
        "2020-12/optional/cross-draft",
        "refs to historic drafts are processed as historic drafts",
        OUTSIDE_REFERENCE,
    ),
    refused("2020-12/optional/id", "$id inside an enum is not a real identifier", NESTED_ID),
    refused("2020-12/optional/unknownKeyword", "$id inside an unknown keyword is not a real identifier", NESTED_ID),
    refused("2020-12/ref", "remote ref, containing refs itself", OUTSIDE_REFERENCE),
    refused("2020-12/ref", "Recursive references between schemas", NESTED_ID),
    refused("2020-12/ref", "ref creates new scope when adjacent to keywords", UNEVALUATED),
    refused("2020-12/ref", "refs with relative uris and defs", NESTED_ID),
    refused("2020-12/ref", "relative refs with absolute uris and defs", NESTED_ID),
    refused("2020-12/ref", "$id must be resolved against nearest parent, not just immediate parent", NESTED_ID),
    refused("2020-12/ref", "order of evaluation: $id and $ref", NESTED_ID),
    refused("2020-12/ref", "order of evaluation: $id and $anchor and $ref", NESTED_ID),
    refused("2020-12/ref", "URN ref with nested pointer ref", NESTED_ID),
    refused("2020-12/ref", "ref to if", NESTED_ID),
    refused("2020-12/ref", "ref to then", NESTED_ID),
    refused("2020-12/ref", "ref to else", NESTED_ID),
    refused("2020-12/ref", "ref with absolute-path-reference", NESTED_ID),
];

pub(super) const ACCEPTED_VALUES: &[AcceptedValues] = &[
    AcceptedValues {
        file: "optional/content",
        group: "validation of string-encoded content based on media type",
        why: CONTENT,
        tests: &["an invalid JSON document"],
    },
    AcceptedValues {
        file: "optional/content",
        group: "validation of binary string-encoding",
        why: CONTENT,
        tests: &["an invalid base64 string (% is not a valid character)"],
    },
    AcceptedValues {
        file: "optional/content",
        group: "validation of binary-encoded media type documents",
        why: CONTENT,
        tests: &["a validly-encoded invalid JSON document", "an invalid base64 string that is valid JSON"],
    },
    AcceptedValues {
        file: "optional/format/idn-hostname",
        group: "validation of internationalized host names",
        why: FORMAT,
        tests: &[
            "illegal first char U+302E Hangul single dot tone mark",
            "contains illegal char U+302E Hangul single dot tone mark",
            "a host name with a component too long",
            "invalid label, correct Punycode",
            "invalid Punycode",
            "U-label contains \"--\" in the 3rd and 4th position",
            "U-label starts with a dash",
            "U-label ends with a dash",
            "U-label starts and ends with a dash",
            "Begins with a Spacing Combining Mark",
            "Begins with a Nonspacing Mark",
            "Begins with an Enclosing Mark",
            "Exceptions that are DISALLOWED, right-to-left chars",
            "Exceptions that are DISALLOWED, left-to-right chars",
            "MIDDLE DOT with no preceding 'l'",
            "MIDDLE DOT with nothing preceding",
            "MIDDLE DOT with no following 'l'",
            "MIDDLE DOT with nothing following",
            "Greek KERAIA not followed by Greek",
            "Greek KERAIA not followed by anything",
            "Hebrew GERESH not preceded by Hebrew",
            "Hebrew GERESH not preceded by anything",
            "Hebrew GERSHAYIM not preceded by Hebrew",
            "Hebrew GERSHAYIM not preceded by anything",
            "KATAKANA MIDDLE DOT with no Hiragana, Katakana, or Han",
            "KATAKANA MIDDLE DOT with no other characters",
            "Arabic-Indic digits mixed with Extended Arabic-Indic digits",
            "ZERO WIDTH JOINER not preceded by Virama",
            "ZERO WIDTH JOINER not preceded by anything",
            "empty string",
        ],
    },
    AcceptedValues {
        file: "optional/format/idn-hostname",
        group: "validation of separators in internationalized host names",
        why: FORMAT,
        tests: &[
            "single dot",
            "single ideographic full stop",
            "single fullwidth full stop",
            "single halfwidth ideographic full stop",
        ],
    },
    AcceptedValues {
        file: "optional/format/regex",
        group: "validation of regular expressions",
        why: FORMAT,
        tests: &["a regular expression with unclosed parens is invalid"],
    },
];
