import { useState } from "react";

const WORDS = {
  en: {
    title: "Shopping cart", empty: "Your cart is empty.", pieces: "Items: {count}", subtotal: "Subtotal", discount: "Discount",
    discountFor: "Discount ({label})", shipping: "Shipping", tax: "Tax", total: "Total", checkout: "Check out",
    requested: "Checkout requested", fewer: "One less: {name}", another: "One more: {name}", quantity: "Quantity: {name}",
    unchanged: "Discount, shipping and tax are those of the cart before your changes.",
    excess: "The discount is more than the amount due.",
    more: "Show {count} more", less: "Show fewer", noDate: "{date} (no such date)",
  },
  de: {
    title: "Warenkorb", empty: "Ihr Warenkorb ist leer.", pieces: "Artikel: {count}", subtotal: "Zwischensumme", discount: "Rabatt",
    discountFor: "Rabatt ({label})", shipping: "Versand", tax: "Steuer", total: "Summe", checkout: "Zur Kasse",
    requested: "An die Kasse übergeben", fewer: "Eins weniger: {name}", another: "Eins mehr: {name}", quantity: "Menge: {name}",
    unchanged: "Rabatt, Versand und Steuer gelten für den Warenkorb vor Ihren Änderungen.",
    excess: "Der Rabatt ist höher als der Betrag.",
    more: "{count} weitere anzeigen", less: "Weniger anzeigen", noDate: "{date} (kein gültiges Datum)",
  },
  es: {
    title: "Carrito", empty: "Tu carrito está vacío.", pieces: "Artículos: {count}", subtotal: "Subtotal", discount: "Descuento",
    discountFor: "Descuento ({label})", shipping: "Envío", tax: "Impuestos", total: "Total", checkout: "Tramitar pedido",
    requested: "Pedido solicitado", fewer: "Uno menos: {name}", another: "Uno más: {name}", quantity: "Cantidad: {name}",
    unchanged: "El descuento, el envío y los impuestos son los del carrito antes de tus cambios.",
    excess: "El descuento supera el importe.",
    more: "Mostrar {count} más", less: "Mostrar menos", noDate: "{date} (fecha inexistente)",
  },
  fr: {
    title: "Panier", empty: "Votre panier est vide.", pieces: "Articles : {count}", subtotal: "Sous-total", discount: "Remise",
    discountFor: "Remise ({label})", shipping: "Livraison", tax: "Taxes", total: "Total", checkout: "Commander",
    requested: "Commande demandée", fewer: "Un de moins : {name}", another: "Un de plus : {name}", quantity: "Quantité : {name}",
    unchanged: "La remise, la livraison et les taxes sont celles du panier avant vos modifications.",
    excess: "La remise dépasse le montant dû.",
    more: "Afficher {count} de plus", less: "Afficher moins", noDate: "{date} (date inexistante)",
  },
  tr: {
    title: "Sepet", empty: "Sepetiniz boş.", pieces: "Ürün: {count}", subtotal: "Ara toplam", discount: "İndirim",
    discountFor: "İndirim ({label})", shipping: "Kargo", tax: "Vergi", total: "Toplam", checkout: "Ödemeye geç",
    requested: "Ödeme istendi", fewer: "Bir azalt: {name}", another: "Bir artır: {name}", quantity: "Adet: {name}",
    unchanged: "İndirim, kargo ve vergi, değişikliklerinizden önceki sepete aittir.",
    excess: "İndirim, tutardan fazla.",
    more: "{count} tane daha göster", less: "Daha az göster", noDate: "{date} (böyle bir tarih yok)",
  },
  ar: {
    title: "سلة التسوق", empty: "سلتك فارغة.", pieces: "العناصر: {count}", subtotal: "المجموع الفرعي", discount: "الخصم",
    discountFor: "الخصم ({label})", shipping: "الشحن", tax: "الضريبة", total: "الإجمالي", checkout: "إتمام الشراء",
    requested: "طُلب إتمام الشراء", fewer: "إنقاص واحد: {name}", another: "زيادة واحد: {name}", quantity: "الكمية: {name}",
    unchanged: "الخصم والشحن والضريبة محسوبة للسلة قبل تغييراتك.",
    excess: "الخصم أكبر من المبلغ المستحق.",
    more: "عرض المزيد ({count})", less: "عرض أقل", noDate: "{date} (تاريخ غير موجود)",
  },
};

const MAX_QUANTITY = 1_000_000; // The schema's.

/** The amounts between the subtotal and the total, without absent ones. */
function adjustments({ discount, discountLabel, shipping, tax }, { say }) {
  return [
    { label: discountLabel ? say("discountFor", { label: discountLabel }) : say("discount"), amount: discount && -discount },
    { label: say("shipping"), amount: shipping },
    { label: say("tax"), amount: tax },
  ].filter((line) => line.amount !== undefined);
}

/** The quantity in a text with Latin or Arabic digits; undefined if the text is no quantity. */
function quantityOf(text) {
  const digits = text.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660);
  return /^\d*$/.test(digits) && Number(digits) <= MAX_QUANTITY ? Number(digits) : undefined;
}

/** An amount with Latin letters ("89.00 US$"), which reads from left to right also in Arabic text. */
const legible = (amount, { dir }) =>
  dir === "rtl" && /[A-Za-z]/.test(amount) ? `\u2066${amount.replace(/[\u061c\u200e\u200f]/g, "")}\u2069` : amount;

function Amount({ label, value, tone, strong }) {
  return (
    <div className={strong ? "wgt-cart-sum wgt-cart-total" : "wgt-cart-sum"}>
      <dt>{label}</dt>
      <dd data-tone={tone}>{value}</dd>
    </div>
  );
}

/** The quantity with buttons that decrease and increase it. An item of quantity 0 stays, so that the reader can undo that. */
function Stepper({ item, setQuantity, language }) {
  const { say, number } = language;
  const { name, quantity } = item;
  const step = (by) => setQuantity(Math.min(MAX_QUANTITY, Math.max(0, quantity + by)));
  return (
    <div className="wgt-cart-stepper">
      <button type="button" className="wgt-button" aria-label={say("fewer", { name })} aria-disabled={quantity === 0} onClick={() => step(-1)}>
        −
      </button>
      <input
        inputMode="numeric"
        aria-label={say("quantity", { name })}
        value={number(quantity, { useGrouping: false })}
        size={Math.max(2, String(quantity).length)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setQuantity(quantityOf(event.target.value) ?? quantity)}
      />
      <button
        type="button"
        className="wgt-button"
        aria-label={say("another", { name })}
        aria-disabled={quantity === MAX_QUANTITY}
        onClick={() => step(1)}
      >
        +
      </button>
    </div>
  );
}

function ShoppingCartSummary({ data = {}, theme, locale, dir, onAction }) {
  const language = readerLanguage(locale, dir);
  const { say, number } = language;
  const { title = say("title"), currency = "USD" } = data;
  // What the reader changed holds for the data that it was changed in.
  const [changes, setChanges] = useState({ data });
  const { quantities = {}, isRequested = false } = changes.data === data ? changes : {};
  const items = (data.items ?? []).map((item, index) => ({ ...item, index, quantity: quantities[index] ?? item.quantity }));
  const [shown, moreButton] = useFirst(items, language);
  const format = { style: "currency", currency };
  const money = (amount) => legible(number(amount, format), language);
  const pieces = items.reduce((sum, item) => sum + item.quantity, 0);
  const subtotal = items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0);
  const lines = adjustments(data, language);
  const sum = lines.reduce((amount, line) => amount + line.amount, subtotal);
  const isChanged = (data.items ?? []).some((item, index) => item.quantity !== items[index].quantity);

  const checkOut = () => {
    if (isRequested || pieces === 0) return;
    const { maximumFractionDigits } = new Intl.NumberFormat("en", format).resolvedOptions();
    const bought = items.filter((item) => item.quantity > 0).map(({ index, ...item }) => item);
    onAction?.("checkout", { currency, items: bought, total: Number(Math.max(0, sum).toFixed(maximumFractionDigits)) });
    setChanges({ data, quantities, isRequested: true });
  };

  return (
    <section className="wgt" data-theme={theme} dir={language.dir} aria-label={title}>
      <style>{BASE_CSS + CSS}</style>
      <header className="wgt-head">
        <h2 className="wgt-title">
          <bdi>{title}</bdi>
        </h2>
        {items.length > 0 && <p className="wgt-note">{say("pieces", { count: number(pieces) })}</p>}
      </header>
      {items.length === 0 ? (
        <p className="wgt-empty">{say("empty")}</p>
      ) : (
        <div>
          <ul role="list">
            {shown.map((item) => (
              <li className="wgt-cart-item" key={item.index} data-none={item.quantity === 0}>
                <div className="wgt-cart-what">
                  <p className="wgt-cart-name">
                    <bdi>{item.name}</bdi>
                  </p>
                  {item.variant && (
                    <p className="wgt-note">
                      <bdi>{item.variant}</bdi>
                    </p>
                  )}
                  <p className="wgt-note">{money(item.unitPrice)}</p>
                </div>
                <Stepper
                  item={item}
                  language={language}
                  setQuantity={(quantity) => setChanges({ data, quantities: { ...quantities, [item.index]: quantity } })}
                />
                <p className="wgt-cart-price">{money(item.quantity * item.unitPrice)}</p>
              </li>
            ))}
          </ul>
          {moreButton}
          <dl className="wgt-cart-sums" aria-live="polite">
            {lines.length > 0 && <Amount label={say("subtotal")} value={money(subtotal)} />}
            {lines.map((line) => (
              <Amount key={line.label} label={line.label} value={money(line.amount)} tone={line.amount < 0 ? "good" : undefined} />
            ))}
            <Amount label={say("total")} value={money(Math.max(0, sum))} strong />
          </dl>
          {sum < 0 && <p className="wgt-flaw">{say("excess")}</p>}
          {isChanged && lines.length > 0 && <p className="wgt-note wgt-cart-foot">{say("unchanged")}</p>}
          <button
            type="button"
            className="wgt-button wgt-cart-checkout"
            data-main
            aria-disabled={isRequested || pieces === 0}
            onClick={checkOut}
          >
            {say(isRequested ? "requested" : "checkout")}
          </button>
        </div>
      )}
      {data.note && (
        <p className="wgt-note wgt-cart-foot">
          <bdi>{data.note}</bdi>
        </p>
      )}
    </section>
  );
}

const CSS = `
.wgt-cart-item { display: flex; flex-wrap: wrap; gap: 0.375rem 0.75rem; align-items: center; padding: 0.625rem 0;
  border-top: 1px solid var(--widget-border); }
.wgt-cart-item[data-none=true] .wgt-cart-name { color: var(--widget-muted); text-decoration: line-through; }
.wgt-cart-what { flex: 1 1 10rem; }
@container (max-width: 22rem) { .wgt-cart-what { flex-basis: 100%; } }
.wgt-cart-name { font-weight: 600; }
.wgt-cart-stepper { display: flex; gap: 0.25rem; }
.wgt-cart-stepper button { width: 1.75rem; padding: 0; font-size: 1rem; line-height: 1; }
.wgt-cart-stepper input { box-sizing: content-box; width: auto; min-width: 1.5rem; padding: 0 0.25rem;
  border: 1px solid var(--widget-border); border-radius: 0.5rem; background: var(--widget-bg); color: var(--widget-fg); font: inherit;
  text-align: center; }
.wgt-cart-price { min-width: 6rem; margin-inline-start: auto; font-weight: 600; text-align: end; }
.wgt-cart-sums { margin-top: 0.625rem; padding: 0.75rem; border-radius: 0.5rem; background: var(--widget-surface); }
.wgt-cart-sum { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.125rem 0; color: var(--widget-muted); }
.wgt-cart-sum dd { margin-inline-start: auto; text-align: end; }
.wgt-cart-sum dd:not([data-tone]) { color: var(--widget-fg); }
.wgt-cart-total { margin-top: 0.375rem; padding-top: 0.5rem; border-top: 1px solid var(--widget-border); color: var(--widget-fg);
  font-size: 1.125rem; font-weight: 700; }
.wgt-cart-total:first-child { margin: 0; padding: 0; border: 0; }
.wgt-cart-checkout { width: 100%; min-height: 2.25rem; margin-top: 0.75rem; font-size: 0.875rem; }
.wgt-cart-foot { margin-top: 0.75rem; }
`;

// Shared by the pre-built widgets, with the same text in each: language, "show more", styles.

const MAX_SHOWN = 20;
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** The time of an ISO 8601 date; undefined for a date that does not exist, such as "2025-02-30". */
function timeOf(iso) {
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso.slice(0, 10)) ? time : undefined;
}

/** Words, numbers and dates in the reader's language; in the browser's if the locale is unusable. */
function readerLanguage(locale, dir) {
  let tag;
  try {
    [tag] = Intl.getCanonicalLocales(locale);
  } catch {
    // Not a language tag.
  }
  tag ??= new Intl.NumberFormat().resolvedOptions().locale;
  const words = WORDS[tag.split("-")[0]] ?? WORDS.en;
  const isRightToLeft = dir === "rtl" || RIGHT_TO_LEFT.test(tag);
  // Isolates prevent a Latin name from reordering the Arabic words around it.
  const isolate = (value) => (isRightToLeft ? `\u2068${value}\u2069` : value);
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => isolate(values[name]));
  const number = (value, options) => value.toLocaleString(tag, options);
  const date = (iso, options = { dateStyle: "medium" }) => {
    const time = timeOf(iso);
    if (time === undefined) return say("noDate", { date: iso });
    return new Date(time).toLocaleDateString(tag, { timeZone: "UTC", ...options });
  };
  const percent = (ratio) => number(ratio, { style: "percent", maximumFractionDigits: 1 });
  const list = (items) => new Intl.ListFormat(tag).format(items.map(isolate));
  return { tag, say, number, date, percent, list, dir: isRightToLeft ? "rtl" : dir };
}

/** The first 20 items until the reader shows the rest, and the button for that. */
function useFirst(items, { say, number }) {
  const [isOpen, setOpen] = useState(false);
  const rest = items.length - MAX_SHOWN;
  const button = rest > 0 && (
    <button type="button" className="wgt-button wgt-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
      {isOpen ? say("less") : say("more", { count: number(rest) })}
    </button>
  );
  return [isOpen ? items : items.slice(0, MAX_SHOWN), button];
}

/** The number of columns, about `most`, that leaves no single cell in the last row. */
function columnsFor(count, most) {
  const columns = Math.ceil(count / Math.ceil(count / most)) || 1;
  return columns > 1 && count % columns === 1 ? columns + 1 : columns;
}

/** The columns at a widget width of less than 22, less than 44, and 44 rem or more, for elements of class wgt-cells. */
const cells = (count, narrow, medium, wide) => ({
  "--wgt-narrow": columnsFor(count, narrow), "--wgt-medium": columnsFor(count, medium), "--wgt-wide": columnsFor(count, wide),
});

const BASE_CSS = `
.wgt[data-theme=light] { color-scheme: light; }
.wgt[data-theme=dark] { color-scheme: dark; }
.wgt, .wgt * { box-sizing: border-box; min-width: 0; margin: 0; padding: 0; }
.wgt { container-type: inline-size; padding: 1rem; border: 1px solid var(--widget-border);
  border-radius: var(--widget-radius); background: var(--widget-bg); color: var(--widget-fg);
  font: 0.875rem/1.45 var(--widget-font); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.wgt ul, .wgt ol { list-style: none; }
.wgt :focus-visible { outline: 2px solid var(--widget-accent); outline-offset: 2px; }
.wgt-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.125rem 1rem;
  margin-bottom: 0.875rem; }
.wgt-title { font-size: 1rem; font-weight: 650; line-height: 1.3; }
.wgt-note { color: var(--widget-muted); font-size: 0.8125rem; }
.wgt-empty { padding: 1.5rem 1rem; border: 1px dashed var(--widget-border); border-radius: 0.5rem; color: var(--widget-muted);
  text-align: center; }
.wgt-flaw { margin-top: 0.5rem; color: var(--widget-warn); font-size: 0.8125rem; }
.wgt-flaw::before { content: "⚠\\FE0E  "; }
.wgt-button { min-height: 1.75rem; padding: 0.1875rem 0.75rem; border: 1px solid var(--widget-border); border-radius: 0.5rem;
  background: var(--widget-bg); color: var(--widget-fg); font: inherit; font-size: 0.8125rem; font-weight: 600; cursor: pointer; }
.wgt-button:hover { background: var(--widget-surface); }
.wgt-button[data-main] { border-color: var(--widget-accent); background: var(--widget-accent); color: var(--widget-bg); }
.wgt-button[data-main]:hover { filter: brightness(1.08); }
.wgt-button[aria-disabled=true] { border: 1px dashed var(--widget-border); background: none; color: var(--widget-muted); filter: none;
  cursor: default; }
.wgt-more { display: block; width: 100%; margin-top: 0.625rem; }
.wgt-cells { --wgt-columns: var(--wgt-wide); display: flex; flex-wrap: wrap; gap: var(--wgt-gap, 0.5rem); }
.wgt-cells > * { flex: 1 1 calc((100% + var(--wgt-gap, 0.5rem)) / var(--wgt-columns) - var(--wgt-gap, 0.5rem) - 0.01px); }
@container (max-width: 44rem) { .wgt-cells { --wgt-columns: var(--wgt-medium); } }
@container (max-width: 22rem) { .wgt-cells { --wgt-columns: var(--wgt-narrow); } }
.wgt-tile { padding: 0.5rem; border-radius: 0.5rem; background: var(--widget-surface); }
.wgt-tile dt { color: var(--widget-muted); font-size: 0.75rem; }
.wgt-tile dd { font-weight: 650; }
.wgt-tip { position: absolute; z-index: 1; padding: 0.375rem 0.625rem; border: 1px solid var(--widget-border); border-radius: 0.5rem;
  background: var(--widget-bg); box-shadow: 0 2px 8px rgb(0 0 0 / 0.18); color: var(--widget-fg); font-size: 0.75rem; pointer-events: none; }
.wgt-pill { display: inline-block; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 1em; font-size: 0.75rem;
  font-weight: 600; }
.wgt-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wgt [data-tone=muted] { color: var(--widget-muted); }
.wgt [data-tone=accent] { color: var(--widget-accent); }
.wgt [data-tone=good] { color: var(--widget-good); }
.wgt [data-tone=warn] { color: var(--widget-warn); }
.wgt [data-tone=bad] { color: var(--widget-bad); }
`;

export default ShoppingCartSummary;
