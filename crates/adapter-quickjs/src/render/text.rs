//! The text of HTML that React wrote.

use ports::MAX_RENDERED_TEXT_BYTES;

/// Elements whose text continues the line. All others begin a new line.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "label", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "tspan",
];

/// Elements whose content is no text for readers.
const HIDDEN: [&str; 5] = ["script", "style", "template", "noscript", "title"];

/// The text of HTML, and whether its end was cut off. Lines have no space at their ends and are not empty. Elements that follow
/// one another in a line are separated by a space.
///
/// React escapes `<` in texts and attributes, so a `<` begins a tag.
pub(super) fn text_of(html: &str) -> (String, bool) {
    let mut text = Text::default();
    let mut rest = html;
    let mut follows_element = false;
    while !rest.is_empty() && !text.is_full() {
        let (words, tag) = rest.split_once('<').unwrap_or((rest, ""));
        text.push(words);
        let (tag, after) = split_tag(tag);
        rest = after;
        let name = name_of(tag);
        if tag.starts_with("!--") {
            continue;
        }
        // Such elements mostly have a gap between them, which is a matter of style.
        let is_closing = tag.starts_with('/');
        if follows_element && words.is_empty() && !is_closing {
            text.push(" ");
        }
        follows_element = is_closing;
        if HIDDEN.contains(&name) && !is_closing {
            let end = format!("</{name}");
            rest = rest.find(&end).map_or("", |at| &rest[at..]);
        }
        if !INLINE.contains(&name) {
            text.end_line();
        }
    }
    text.finish()
}

/// Splits what follows a `<` behind the `>` that ends the tag. A `>` in an attribute is text: React escapes it in values.
fn split_tag(text: &str) -> (&str, &str) {
    let end = if text.starts_with("!--") { "-->" } else { ">" };
    text.split_once(end).unwrap_or((text, ""))
}

fn name_of(tag: &str) -> &str {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    tag.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// Lines of text with collapsed white space.
#[derive(Default)]
struct Text {
    lines: String,
    line: String,
}

impl Text {
    fn is_full(&self) -> bool {
        self.lines.len() + self.line.len() > MAX_RENDERED_TEXT_BYTES
    }

    fn push(&mut self, escaped: &str) {
        for character in Unescaped(escaped) {
            if !character.is_whitespace() {
                self.line.push(character);
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            if self.is_full() {
                return;
            }
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim_end();
        if !line.is_empty() {
            if !self.lines.is_empty() {
                self.lines.push('\n');
            }
            self.lines.push_str(line);
        }
        self.line.clear();
    }

    fn finish(mut self) -> (String, bool) {
        self.end_line();
        let is_truncated = self.lines.len() > MAX_RENDERED_TEXT_BYTES;
        self.lines.truncate(self.lines.floor_char_boundary(MAX_RENDERED_TEXT_BYTES));
        (self.lines, is_truncated)
    }
}

/// The characters of a text in which React has escaped five of them.
struct Unescaped<'a>(&'a str);

impl Iterator for Unescaped<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        const ESCAPES: [(&str, char); 5] =
            [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#x27;", '\'')];
        for (escape, character) in ESCAPES {
            if let Some(rest) = self.0.strip_prefix(escape) {
                self.0 = rest;
                return Some(character);
            }
        }
        let mut characters = self.0.chars();
        let character = characters.next();
        self.0 = characters.as_str();
        character
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_inline_elements_are_not() {
        let html = "<div class=\"a\"><h1>Total  </h1><p>\n  <b>3</b> of <!-- x -->4<br/>left</p><ul><li>a</li><li></li><li>b</li></ul></div>";
        assert_eq!(text_of(html), ("Total\n3 of 4\nleft\na\nb".into(), false));
    }

    #[test]
    fn escaped_characters_and_hidden_elements() {
        let html = "<style>p > a{}</style><p title=\"a &gt; b\">&lt;a&gt; &amp;amp; &quot;&#x27; é</p><script>let a = 1 < 2;</script>end";
        assert_eq!(text_of(html).0, "<a> &amp; \"' é\nend");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let (text, is_truncated) = text_of(&"é€".repeat(4_000));
        assert!(is_truncated && text.len() <= MAX_RENDERED_TEXT_BYTES && text.len() > MAX_RENDERED_TEXT_BYTES - 4);
        let whole = "a".repeat(MAX_RENDERED_TEXT_BYTES);
        assert_eq!(text_of(&format!("<p>{whole}</p>")), (whole, false));
    }

    #[test]
    fn elements_in_a_line_are_separated_and_words_are_not() {
        let html = "<p><span>Leads</span><b>1,500</b>, <i>in<b>line</b></i>s</p>";
        assert_eq!(text_of(html).0, "Leads 1,500, inlines");
    }

    #[test]
    fn any_text_is_read_to_its_end() {
        for html in ["<", "<!--", "<p", "a<", "&", "&am", "</", "<style>a", ">", "<!---->"] {
            assert!(text_of(html).0.len() < 4, "{html}");
        }
    }
}
