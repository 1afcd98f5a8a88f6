//! JSON pointers of RFC 6901, and relative ones.

pub(super) fn is_json_pointer(text: &str) -> bool {
    let escapes_end = |text: &str| text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    text.is_empty() || (text.starts_with('/') && escapes_end(text))
}

pub(super) fn is_relative_json_pointer(text: &str) -> bool {
    let up = text.bytes().take_while(u8::is_ascii_digit).count();
    let (levels, rest) = text.split_at(up);
    (levels == "0" || (!levels.is_empty() && !levels.starts_with('0'))) && (rest == "#" || is_json_pointer(rest))
}
