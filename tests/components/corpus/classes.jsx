class Base { constructor(a) { this.a = a; } method() { return this.a; } static make() { return new this(1); } }
class Derived extends Base {
  constructor(...args) { super(...args); super.method(); }
  get value() { return super.method(); }
  set value(v) { this.a = v; }
  static get name() { return 'derived'; }
  ['computed' + 1]() { return () => super.value; }
  async later() { await this; }
  *items() { yield this; }
}
const Anonymous = class extends (Derived ?? Base) {};
export default class extends Anonymous { render() { return null; } }
