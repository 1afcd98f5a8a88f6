// What others see of a service while it is attacked.

/** Runs each probe again and again, with a short rest between, until the attack is over; resolves with the times they took. */
export async function during(attack, probes) {
  let over = false;
  const ended = attack.finally(() => {
    over = true;
  });
  const repeat = async (probe) => {
    const times = [];
    while (!over) {
      const begun = performance.now();
      await probe();
      times.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return times;
  };
  const [answers, ...times] = await Promise.all([ended, ...probes.map(repeat)]);
  return { answers, times };
}

/** The time, in milliseconds, that this part of them did not exceed. */
export function percentile(times, part) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** The same in words. */
export function spread(times) {
  const [p50, p99, most] = [0.5, 0.99, 1].map((part) => percentile(times, part).toFixed(1));
  return `p50 ${p50}, p99 ${p99}, most ${most} ms`;
}

/** A component that nothing is wrong with. */
export const HONEST = 'export default function Widget({ data }) { return <p>{data.title}</p>; }';

/** At every parenthesis the parser looks ahead for an arrow, and each look ahead contains the others. */
export const ENDLESS = '(a=(a='.repeat(40_000);
