const colours = Object.freeze({ up: '#0a0', down: '#a00' }), size = { w: 3e2, h: 1.5e2 };
const points = (values) => values.map((v, i) => `${i / (values.length - 1 || 1) * size.w},${size.h - v}`).join(' ');
async function* unused() { try { yield await null; } finally { return; } }
const Chart = React.memo(function Chart({ data: { values = [], unit: { sign = '$', after = false } = {} }, theme: { ...theme } = {} }) {
  let sum = 0, max = -Infinity;
  for (const v of values) { sum += v; if (v > max) max = v; }
  const text = (v) => after ? `${v} ${sign}` : sign + v;
  return <figure style={theme}>
    <svg viewBox={`0 0 ${size.w} ${size.h}`}><polyline points={points(values)} stroke={sum >= 0 ? colours.up : colours.down} fill="none" /></svg>
    <figcaption>{values.length ? <>Sum {text(sum)}, most {text(max)}</> : 'Nothing to show'}</figcaption>
  </figure>;
});
export { Chart as default, unused };
