const { a, b: renamed, c = 1, d: { e: [f, , g = 2] }, ...rest } = source();
const [x, [y, { z }], , ...others] = rest.list;
let p, q;
({ p, q: q.inner, ...p.more } = x);
[p, q[0] = 3, ...q.tail] = y;
[p, q] = [q, p];
for (const { key, value = key } of z) others.push(a, renamed, c, f, g, key, value);
function source({ data: { items = [] } = {} } = {}, [head] = []) { return { ...items, head }; }
