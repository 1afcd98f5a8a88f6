const name = 'x', plain = `text`, empty = ``, one = `a${name}b`, many = `${name}${1 + 2} ${`inner ${name}`}`;
const lines = `first
second \` \${ } $ { $$ \\ ${ { a: `}` }.a }`;
const tag = (strings) => strings.raw[0];
export const tagged = [tag`\unicode and \xerxes \u{`, tag`a${plain}`, tag.of`x``y`, (() => tag)()`z`, new tag`w`];
tag`${empty}${one}${many}${lines}`;
