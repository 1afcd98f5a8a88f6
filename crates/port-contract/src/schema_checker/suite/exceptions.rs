//! Where the service's answer is another than the suite's, on purpose, whichever checker is configured.

/// A schema of the suite that the guard does not take.
pub(super) struct Refused {
    pub(super) file: &'static str,
    pub(super) group: &'static str,
    /// What the refusal says.
    pub(super) says: &'static str,
}

/// Values that the suite does not admit, and the service does.
pub(super) struct Admitted {
    pub(super) file: &'static str,
    pub(super) group: &'static str,
    pub(super) why: &'static str,
    pub(super) tests: &'static [&'static str],
}

const OUT: &str = "leads out of the schema";
const BASE: &str = "'$id' is allowed at the root only";

const CONTENT: &str = "`contentMediaType` and `contentEncoding` are annotations";
const FORMAT: &str = "the format is an annotation";

const fn refused(file: &'static str, group: &'static str, says: &'static str) -> Refused {
    Refused { file, group, says }
}

pub(super) const REFUSED: &[Refused] = &[
    refused("definitions", "validate definition against metaschema", OUT),
    refused("optional/cross-draft", "refs to future drafts are processed as future drafts", OUT),
    refused("optional/id", "id inside an enum is not a real identifier", BASE),
    refused("optional/unknownKeyword", "$id inside an unknown keyword is not a real identifier", BASE),
    refused("ref", "$ref prevents a sibling $id from changing the base uri", BASE),
    refused("ref", "remote ref, containing refs itself", OUT),
    refused("ref", "Recursive references between schemas", BASE),
    refused("ref", "Location-independent identifier", BASE),
    refused("ref", "Reference an anchor with a non-relative URI", BASE),
    refused("ref", "Location-independent identifier with base URI change in subschema", BASE),
    refused("ref", "refs with relative uris and defs", BASE),
    refused("ref", "relative refs with absolute uris and defs", BASE),
    refused("ref", "$id must be resolved against nearest parent, not just immediate parent", BASE),
    refused("ref", "simple URN base URI with $ref via the URN", OUT),
    refused("ref", "URN base URI with URN and JSON pointer ref", OUT),
    refused("ref", "URN base URI with URN and anchor ref", BASE),
    refused("ref", "ref to if", OUT),
    refused("ref", "ref to then", OUT),
    refused("ref", "ref to else", OUT),
    refused("ref", "ref with absolute-path-reference", BASE),
    refused("refRemote", "remote ref", OUT),
    refused("refRemote", "fragment within remote ref", OUT),
    refused("refRemote", "ref within remote ref", OUT),
    refused("refRemote", "base URI change", BASE),
    refused("refRemote", "base URI change - change folder", BASE),
    refused("refRemote", "base URI change - change folder in subschema", BASE),
    refused("refRemote", "root ref in remote ref", OUT),
    refused("refRemote", "remote ref with ref to definitions", OUT),
    refused("refRemote", "Location-independent identifier in remote ref", OUT),
    refused("refRemote", "retrieved nested refs resolve relative to their URI not $id", OUT),
    refused("refRemote", "$ref to $ref finds location-independent $id", OUT),
];

pub(super) const ADMITTED: &[Admitted] = &[
    Admitted {
        file: "optional/content",
        group: "validation of string-encoded content based on media type",
        why: CONTENT,
        tests: &["an invalid JSON document"],
    },
    Admitted {
        file: "optional/content",
        group: "validation of binary string-encoding",
        why: CONTENT,
        tests: &["an invalid base64 string (% is not a valid character)"],
    },
    Admitted {
        file: "optional/content",
        group: "validation of binary-encoded media type documents",
        why: CONTENT,
        tests: &["a validly-encoded invalid JSON document", "an invalid base64 string that is valid JSON"],
    },
    Admitted {
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
    Admitted {
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
    Admitted {
        file: "optional/format/regex",
        group: "validation of regular expressions",
        why: FORMAT,
        tests: &["a regular expression with unclosed parens is invalid"],
    },
];
