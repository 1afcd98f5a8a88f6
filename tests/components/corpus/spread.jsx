const list = [1, ...[2, ...[3]], , 4, ,], object = { ...{ a: 1 }, ...null };
const call = (...args) => Math.max(...args, ...list, 1,), holes = [, , ], trailing = [1,];
new Set(...list); call?.(...holes);
export default (a, b,) => [...trailing, ...(a ?? b), object];
