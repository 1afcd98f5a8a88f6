const a = { b: { c: [() => ({ d: 1 })] } };
export const values = [a?.b, a?.['b'], a?.b.c, a.b?.c?.[0]?.()?.d, a?.(1)?.(2), (a?.b).c, a ?.5 : 1];
delete a?.b;
a.if.class.new.typeof?.delete;
a?.b ?? (a?.c || a?.d && a.e);
