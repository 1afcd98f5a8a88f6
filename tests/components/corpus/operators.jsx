const a = 1, b = 2, c = {};
const powers = [a ** b ** a, (-a) ** b, a ** -b, -(a ** b), 2 ** (typeof a, b)];
const logic = [a && b || a, (a ?? b) || a, a || (b ?? a), !a && !!b, !(a in c), !(c instanceof Object)];
const bits = [a & b | a ^ b, ~a << b >> a >>> b], sums = a + b - a * b / a % b + +a - -b + - -a;
const compared = [a < b, a > b, a <= b, a >= b, a == b, a != b, a === b, a !== b, 'x' in c, c instanceof Object];
void 0, typeof a, delete c.x, typeof typeof void delete c[0];
export default () => (a, b, a ? b : a ? b : c, powers, logic, bits, sums, compared);
