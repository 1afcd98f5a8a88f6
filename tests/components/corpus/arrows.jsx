const one = () => 1, two = (x) => x, three = x => ({ x }), four = async x => await x;
const five = async ({ a }, [b] = [], ...c) => { await a; return b ?? c; };
const six = a => b => c => a(b)(c), seven = (a, b = () => a) => b();
const eight = cond => cond ? x => x : (y) => -y;
export const nine = [() => {}, async () => {}, (async) => async, async => async];
one(two, three, four, five, six, seven, eight, async);
function async() { return async (x) => x; }
