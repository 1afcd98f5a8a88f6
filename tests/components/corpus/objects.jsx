const key = 'k', shorthand = 1;
const o = {
  a: 1, 'b': 2, 3: 4, [key]: 5, shorthand, async: 1, get: 2, set: 3, await: 4, if: 5,
  method() { return super.toString(); }, get value() { return 1; }, set value(v) { v; },
  async later() {}, *gen() {}, async *both() {}, get [key + 1]() { return 2; }, async get() {}, get set() { return 1; },
  __proto__: null, ...key, ...{ nested: { deep: [{}] } }, 1n: 2, 0x1f: 3, .5: 4,
};
export const copy = { ...o, o };
