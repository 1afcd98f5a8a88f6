class Counter {
  static #made = 0;
  static total = 10;
  #count = 1; name; 'quoted' = 2; 3 = 4; [`computed`] = 5;
  static { this.#made += 1; const local = this.#made; local; }
  get #hidden() { return this.#count; }
  set #hidden(v) { this.#count = v; }
  #step() { return this.#hidden; }
  static isCounter(x) { return #count in x && !(#step in {}); }
  arrow = () => this.#step();
  async = 1; get = 2; set = 3; static = 4; static static = 5; static async = 6;
  bump() { this.#count++; this?.#step(); return this.#hidden ??= 1; }
}
export { Counter as default };
