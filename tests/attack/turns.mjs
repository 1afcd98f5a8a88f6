/** Requests of one attack in flight. */
export const AT_ONCE = 4;

/** Does this for each, some at a time; those with the same `group` one after the other. */
export async function inTurns(all, work, group = (_, n) => n, atOnce = AT_ONCE) {
  const groups = new Map();
  all.forEach((one, n) => {
    const key = group(one, n);
    groups.set(key, [...(groups.get(key) ?? []), [one, n]]);
  });
  const waiting = [...groups.values()].reverse();
  const next = async () => {
    for (let part = waiting.pop(); part; part = waiting.pop()) {
      for (const [one, n] of part) await work(one, n);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
