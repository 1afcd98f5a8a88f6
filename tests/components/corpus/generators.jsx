function* count(from = 0) { let n = from; while (true) { const reset = yield n++; if (reset) n = from; } }
async function* ticks() { yield 1; yield* other(); const x = yield; yield x; }
const other = function* () { yield* [1, 2]; yield; };
const methods = { *a() { yield a; }, async *b() { yield await 1; }, async c() { await 2; } };
export { count, ticks, methods };
const a = [...count()];
