//! What a search ignores: the case of letters, and different ways to write the same character.

use unicode_normalization::UnicodeNormalization as _;

/// Removes the differences that a search ignores.
///
/// The text is decomposed with compatibility (NFKD), each character is folded, and the result is composed (NFC). So these are
/// equal: upper and lower case of every script, `ß` and `SS`, `σ` and `ς`, `I`, `İ`, `ı` and `i`, a letter with an accent and the
/// same letter followed by a combining accent, full-width and half-width forms and ordinary ones, ligatures and their letters.
/// An accent remains a difference.
///
/// The result for a character does not depend on the characters around it, other than combining marks. Otherwise a substring
/// would not be found.
///
/// The service stores folded texts. A change of this function, or of the Unicode tables that it uses, needs a migration that sets
/// `search_revision` of all widgets to 0: then the service folds them again.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let folded = text.nfkd().flat_map(fold_character).nfkd();
    without_dots_of_i(folded).nfc().collect()
}

/// Lower case, by way of upper case: `ς` and `σ` have the same upper case, as have `ß` and `ss`. The first step is for `ẞ`, which is
/// its own upper case.
fn fold_character(character: char) -> impl Iterator<Item = char> {
    character.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

/// Drops the dot above of each `i`, which is part of the letter already. The lower case of `İ` is an `i` with such a dot.
fn without_dots_of_i(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    const DOT_ABOVE: char = '\u{307}';
    let mut after_i = false;
    text.filter(move |&character| {
        let is_dot_of_i = after_i && character == DOT_ABOVE;
        after_i = character == 'i' || is_dot_of_i;
        !is_dot_of_i
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_reader_takes_for_the_same_text_is_equal() {
        for (one, other) in [
            ("Sales", "sALES"),
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("İstanbul", "istanbul"),
            ("İSTANBUL", "i\u{307}stanbul"),
            ("ISPARTA", "ısparta"),
            ("Café", "CAFE\u{301}"),
            ("Ho\u{302}\u{323}", "hộ"),
            ("ＡＢＣ１２", "abc12"),
            ("ｶﾞ", "ガ"),
            ("한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"),
            ("ﬁnance", "FINANCE"),
            ("K", "k"),
            ("ᾳ", "ΑΙ"),
            ("Ǆ", "ǆ"),
            ("ДОМ", "дом"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn an_accent_is_a_difference_that_remains() {
        for (one, other) in [("cafe", "café"), ("uber", "über"), ("σισυφος", "σίσυφος"), ("e", "ė")] {
            assert!(!fold(other).contains(&fold(one)), "{one} {other}");
        }
    }

    #[test]
    fn a_part_of_a_text_is_found_in_it() {
        for (text, part) in
            [("ΑΣΤΡΟ", "ΑΣ"), ("Große Übersicht", "sse über"), ("İzmir", "zm"), ("Q\u{1f}é", "\u{1f}e\u{301}")]
        {
            assert!(fold(text).contains(&fold(part)), "{text} {part}");
        }
    }

    /// All blocks in which a character has a case or decomposes, without the long runs of ideographs, Hangul, and scripts that have
    /// neither.
    fn characters() -> impl Iterator<Item = char> {
        let ranges = [
            0..0x3400,
            0xa640..0xac02,
            0xd7a3..0xd800,
            0xf900..0x1_2000,
            0x1_6000..0x1_7000,
            0x1_d000..0x1_fc00,
            0x2_f800..0x2_fa20,
        ];
        ranges.into_iter().flatten().filter_map(char::from_u32)
    }

    #[test]
    fn the_case_of_a_character_makes_no_difference() {
        for character in characters() {
            let folded = fold(character.to_string().as_str());
            let (lower, upper): (String, String) =
                (character.to_lowercase().collect(), character.to_uppercase().collect());
            assert_eq!([fold(&lower), fold(&upper)], [folded.as_str(), folded.as_str()], "{character}");
        }
    }

    #[test]
    fn the_fold_is_the_one_that_stored_texts_were_folded_by() {
        let mut all = crc32fast::Hasher::new();
        for character in characters() {
            all.update(fold(character.encode_utf8(&mut [0; 4])).as_bytes());
        }
        assert_eq!(all.finalize(), 3_421_439_660, "the fold changed: add a migration, as its documentation says");
    }

    proptest! {
        #[test]
        fn the_normal_form_makes_no_difference(text in "\\PC{0,20}") {
            let folded = fold(&text);
            for form in [text.nfc().collect::<String>(), text.nfd().collect(), text.nfkc().collect(), text.nfkd().collect()] {
                prop_assert_eq!(fold(&form), folded.as_str());
            }
        }

        #[test]
        fn a_folded_text_is_folded_already(text in "\\PC{0,20}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
