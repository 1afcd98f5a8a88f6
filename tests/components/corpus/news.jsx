class A { static b = class {}; }
export const made = [new A, new A(), new A.b, new A.b(1, ...[2]), new (A.b)(), new new A.b()(), new A().x, new (f())(), new A['b']];
function f() { return new.target ? new class { x = 1; }() : A; }
new (class {})().y?.z;
