'use strict';
const plain = ['', "", 'it\'s', "\"", '\n\t\b\v\f\r\0\\', '\x41\u0041\u{1F600}', '😀 é 変', "a\
b", '\a\/\e', "'", '"', '<p>', '// no comment', '/* nor this */', '\u2028', ' '];
export default () => plain;
