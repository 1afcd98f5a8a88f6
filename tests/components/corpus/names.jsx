const async = 1, of = 2, get = 3, set = 4, from = 5, as = 6, type = 7, declare = 8, abstract = 9, target = 10, meta = 11;
const module = 1, namespace = 2, accessor = 3, defer = 4, constructor = 5, prototype = 6, undefined_ = undefined, NaN_ = NaN;
const $ = async, _ = of, é = get, 変数 = set, ünï_1$ = from, \u0061b = as, ℮ = type, 𠮷 = declare, a\u200c = 1;
export { async as if, of as default, get as get, set as 'a string', from as class };
export const o = { $, _, é, 変数, ab, async: of, ünï_1$, 𠮷, abstract, target, meta, module, namespace, accessor, defer };
export const used = [constructor, prototype, undefined_, NaN_, ℮];
