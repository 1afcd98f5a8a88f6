const a = 1;
if (a) a; else if (!a) { a; } else { a.b; }
if (a) if (!a) a; else ; else a();
switch (a) { }
switch (a) { case 1: case 2: { let x = 1; x; break; } default: a; case 3: const y = 2; y; }
try { a(); } catch { a; }
try { throw new Error(`x`); } catch ({ message, ...e }) { message; e; } finally { a; }
try { a(); } finally { debugger; }
export default a;
