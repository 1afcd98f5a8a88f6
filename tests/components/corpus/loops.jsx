let i, o = {};
for (;;) { break; }
for (let i = 0, n = 3; i < n; i++) continue;
for (i = 0; i < 1; i++);
for (var v in o) v;
for (const k in o, o) k;
for (const x of []) { if (x) continue; else break; }
for (o.x of [1]); for (o['y'] in o); for ([i] of [[1]]); for ({ i } of [{}]);
for (let of = 0; of < 1; of++); for (let async of []) async;
while (i-- > 0) { i; }
do i++; while (i < 3)
do { i--; } while (i > 0);
for (const f of [() => { for (;;) return; }]) f();
