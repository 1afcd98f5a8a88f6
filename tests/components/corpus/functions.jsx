function plain(a, b = a, { c } = {}, ...rest) { return arguments.length + rest.length + b + c; }
const named = function inner(n) { return n ? inner(n - 1) : 0; };
async function later() { for await (const x of named) await x; return await later; }
function outer() { function within() { return new.target; } return within; }
(function () { plain(); })();
(() => later())();
export default function () { return outer; }
