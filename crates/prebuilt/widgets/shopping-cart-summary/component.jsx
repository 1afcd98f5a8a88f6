/** The amounts between the subtotal and the total; an amount that is absent is not shown. */
function adjustments({ discount, discountLabel, shipping, tax }) {
  return [
    { label: discountLabel ? `Discount (${discountLabel})` : "Discount", amount: discount && -discount },
    { label: "Shipping", amount: shipping },
    { label: "Tax", amount: tax },
  ].filter((line) => line.amount !== undefined);
}

function Amount({ label, value, tone, strong }) {
  return (
    <div className={strong ? "wgt-cart-sum wgt-cart-total" : "wgt-cart-sum"}>
      <dt>{label}</dt>
      <dd data-tone={tone}>{value}</dd>
    </div>
  );
}

function ShoppingCartSummary({ data = {}, theme }) {
  const { title = "Shopping cart", currency = "USD", items = [] } = data;
  const money = (amount) => amount.toLocaleString(undefined, { style: "currency", currency });
  const pieces = items.reduce((sum, item) => sum + item.quantity, 0);
  const subtotal = items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0);
  const lines = adjustments(data);
  const total = Math.max(0, lines.reduce((sum, line) => sum + line.amount, subtotal));

  return (
    <section className="wgt" data-theme={theme} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">{title}</h2>
        {items.length > 0 && (
          <p className="wgt-note">
            {pieces.toLocaleString()} {pieces === 1 ? "item" : "items"}
          </p>
        )}
      </header>
      {items.length === 0 ? (
        <p className="wgt-empty">Your cart is empty.</p>
      ) : (
        <div>
          <ul role="list">
            {items.map((item, index) => (
              <li className="wgt-cart-item" key={index}>
                <div className="wgt-cart-what">
                  <p className="wgt-cart-name">{item.name}</p>
                  {item.variant && <p className="wgt-note">{item.variant}</p>}
                  <p className="wgt-note">
                    {item.quantity.toLocaleString()} × {money(item.unitPrice)}
                  </p>
                </div>
                <p className="wgt-cart-price">{money(item.quantity * item.unitPrice)}</p>
              </li>
            ))}
          </ul>
          <dl className="wgt-cart-sums">
            {lines.length > 0 && <Amount label="Subtotal" value={money(subtotal)} />}
            {lines.map((line) => (
              <Amount key={line.label} label={line.label} value={money(line.amount)} tone={line.amount < 0 ? "good" : undefined} />
            ))}
            <Amount label="Total" value={money(total)} strong />
          </dl>
        </div>
      )}
      {data.note && <p className="wgt-note wgt-cart-foot">{data.note}</p>}
    </section>
  );
}

const CSS = `
.wgt-cart-item { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.625rem 0; border-top: 1px solid var(--wgt-border); }
.wgt-cart-what { flex: 1 1 6rem; }
.wgt-cart-name { font-weight: 600; }
.wgt-cart-price { margin-left: auto; font-weight: 600; text-align: right; }
.wgt-cart-sums { padding: 0.75rem; border-radius: 0.5rem; background: var(--wgt-surface); }
.wgt-cart-sum { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.125rem 0; color: var(--wgt-muted); }
.wgt-cart-sum dd { margin-left: auto; text-align: right; }
.wgt-cart-sum dd:not([data-tone]) { color: var(--wgt-fg); }
.wgt-cart-total { margin-top: 0.375rem; padding-top: 0.5rem; border-top: 1px solid var(--wgt-border); color: var(--wgt-fg);
  font-size: 1.125rem; font-weight: 700; }
.wgt-cart-total:first-child { margin: 0; padding: 0; border: 0; }
.wgt-cart-foot { margin-top: 0.75rem; }
`;

// The look of the system widgets, the same words in each of them. A --widget-* variable set on any ancestor wins over these values.
const LIGHT = {
  bg: "#ffffff", surface: "#f3f5f9", fg: "#1a2030", muted: "#525c6e", border: "#d7dde7", accent: "#3355d1",
  "accent-2": "#b0480a", "accent-3": "#0a736e", good: "#0a6e43", warn: "#865100", bad: "#b82436",
};
const DARK = {
  bg: "#14171f", surface: "#1f2430", fg: "#eef1f6", muted: "#a9b2c3", border: "#363e4f", accent: "#8ea8ff",
  "accent-2": "#f5a467", "accent-3": "#5ad0c5", good: "#62d39f", warn: "#f0bd5c", bad: "#ff9096",
};
const tokens = (palette) =>
  Object.entries(palette).map(([token, value]) => `--wgt-${token}: var(--widget-${token}, ${value});`).join(" ");
const BASE_CSS = `
.wgt { ${tokens(LIGHT)} color-scheme: light; }
@media (prefers-color-scheme: dark) { .wgt:not([data-theme=light]) { ${tokens(DARK)} color-scheme: dark; } }
.wgt[data-theme=dark] { ${tokens(DARK)} color-scheme: dark; }
.wgt, .wgt * { box-sizing: border-box; min-width: 0; margin: 0; padding: 0; }
.wgt { padding: 1rem; border: 1px solid var(--wgt-border); border-radius: var(--widget-radius, 0.75rem);
  background: var(--wgt-bg); color: var(--wgt-fg); font: 0.875rem/1.45 var(--widget-font, system-ui, sans-serif);
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.wgt ul, .wgt ol { list-style: none; }
.wgt-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.125rem 1rem;
  margin-bottom: 0.875rem; }
.wgt-title { font-size: 1rem; font-weight: 650; line-height: 1.3; }
.wgt-note { color: var(--wgt-muted); font-size: 0.8125rem; }
.wgt-empty { padding: 1.5rem 1rem; border: 1px dashed var(--wgt-border); border-radius: 0.5rem; color: var(--wgt-muted);
  text-align: center; }
.wgt-tiles { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.wgt-tile { flex: 1 1 6.5rem; padding: 0.5rem; border-radius: 0.5rem; background: var(--wgt-surface); }
.wgt-tile dt { color: var(--wgt-muted); font-size: 0.75rem; }
.wgt-tile dd { font-weight: 650; }
.wgt-pill { display: inline-block; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 1em; font-size: 0.75rem;
  font-weight: 600; }
.wgt [data-tone=muted] { color: var(--wgt-muted); }
.wgt [data-tone=accent] { color: var(--wgt-accent); }
.wgt [data-tone=good] { color: var(--wgt-good); }
.wgt [data-tone=warn] { color: var(--wgt-warn); }
.wgt [data-tone=bad] { color: var(--wgt-bad); }
`;

export default ShoppingCartSummary;
