outer: for (const a of [1, 2]) {
  inner: while (a) { if (a > 1) continue outer; break inner; }
  block: { if (a) break block; }
  both: other: for (;;) { break both; continue other; }
}
outer: ;
async: of: 1;
