import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
const reducer = (state, { type, by = 1 }) => ({ add: { ...state, n: state.n + by }, reset: { n: 0 } })[type] ?? state;
export default function Counter({ data: { start = 0, label } }) {
  const [{ n }, dispatch] = useReducer(reducer, { n: start }), [open, setOpen] = useState(false), box = useRef(null);
  const double = useMemo(() => n * 2, [n]), toggle = useCallback(() => setOpen((was) => !was), []);
  useEffect(() => { const id = setInterval(() => dispatch({ type: 'add' }), 1e3); return () => clearInterval(id); }, []);
  if (!label) return null;
  return (
    <div ref={box} onClick={toggle} className={`counter ${open ? 'open' : ''}`.trim()}>
      <h2>{label}: {double}</h2>
      {open && <button type="button" onClick={() => dispatch({ type: 'reset' })}>Reset</button>}
    </div>
  );
}
