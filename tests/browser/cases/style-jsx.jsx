import { useState } from 'react';
// Case: scoped styles. Components use the same names for classes and keyframes, and one has two instances with different values.
function Price({ value }) {
  return (
    <span id="price" className="tag">
      {value}
      <style jsx>{`
        .tag { color: rgb(200, 0, 0); animation: in 9s paused; }
        @keyframes in { from { outline-offset: 1px } to { outline-offset: 1px } }
        p { text-decoration-line: underline; }
      `}</style>
    </span>
  );
}

function Badge({ id, tone, space, children, ...rest }) {
  return (
    <span className="tag" {...rest} id={id}>
      {children}
      <i className={space > 1 ? 'wide' : undefined}>{tone}</i>
      <style jsx>{`
        .tag { color: ${tone}; padding-left: ${space}px; animation: in 9s paused; }
        .tag:hover, .tag[data-a="b,]"] { color: ${tone} }
        .tag :global(b) { letter-spacing: ${space}px; }
        i { opacity: 0.5; &.wide { opacity: 0.25 } }
        @keyframes in { from { outline-offset: ${space}px } to { outline-offset: ${space}px } }
        @media (min-width: 1px) { i { text-indent: ${space}px } }
        span:last-child { order: 7 }
      `}</style>
    </span>
  );
}

export default function Offer({ data }) {
  const [tone, setTone] = useState('rgb(0, 0, 200)');
  const [open, setOpen] = useState(false);
  return (
    <div id="root">
      <p id="outer">An outer paragraph that no rule of this component names.</p>
      <Price value={data.price} />
      <Badge id="first" tone={tone} space={1}><b id="bold">new</b></Badge>
      <Badge id="second" tone="rgb(0, 120, 0)" space={2} className="tag more">used</Badge>
      <b id="plain">plain</b>
      <button id="change" onClick={() => setTone('rgb(90, 0, 90)')}>Change</button>
      <button id="open" onClick={() => setOpen(!open)}>Open</button>
      {open && <style jsx global>{`#outer { font-style: italic }`}</style>}
    </div>
  );
}
