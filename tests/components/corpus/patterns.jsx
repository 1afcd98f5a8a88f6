const simple = [/a/, /[/]/g, /\//i, /(?:a|b)*?c{1,2}d{3,}e+/gimsuy, /^$/m, /[^a-z\d\-\]]/, /\bw\B/];
const groups = /(?<year>\d{4})-(?<month>\d\d)\k<year>\2/u, both = /(?<a>x)|(?<a>y)/;
const around = /(?=a)(?!b)(?<=c)(?<!d)./s, unicode = /\p{L}\u{1F600}[\p{Script=Greek}😀]/u, sets = /[\p{L}&&]/;
const v = [/[\p{L}--[a-z]]/v, /[[a-z]&&[aeiou]]/v, /[\q{abc|d}]/v, /(?i:a)b(?-i:c)/];
const loose = [/\1(a)/, /{/, /]/, /a{,1}/, /\c/, /[\b]/, /(?=a)*/, /\8/];
const quotient = simple.length / 2 / groups.length, b = (1) / 2 / 3;
export default () => [/=/, around, unicode, sets, v, loose, both, quotient, b].map(/x/.test);
