const whole = [0, 1, 42, 1_000_000, 0n, 12n, 1_0n, 0b1010, 0B11n, 0o17, 0O7n, 0xff, 0XFFn, 0x1_f];
const real = [1.5, .5, 5., 1e3, 1E-3, 1.5e+10, .1e1_0, 0.0, 0e0, 1_0.0_1];
export const sums = 1. + 1.0.toFixed() + 1..toFixed() + 1 .toFixed() - -1 + +1 - +-+1 + whole.length * real.length;
