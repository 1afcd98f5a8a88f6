// What a module with scoped styles needs when it runs. `$` stands for a name that the module's source does not contain. Globals are
// properties of `globalThis`, since a component may be called `Map` or `Comment`.
import { useInsertionEffect as $Effect } from "react";

/** The style elements in the document, by the place of the style in the source and its class. */
const $Sheets = new globalThis.Map();
/** What marks the place of each style in the document, so that styles apply in the order of the source. */
const $Places = [];

/** Keeps a style in the document as long as one of the elements that render it. */
function $Style({ order, id = "", text }) {
  const key = order + id;
  $Effect(() => {
    let sheet = $Sheets.get(key);
    if (!sheet) {
      const { document } = globalThis;
      while ($Places.length <= order) document.head.append(($Places[$Places.length] = document.createComment("")));
      sheet = { element: document.createElement("style"), users: 0 };
      sheet.element.textContent = text();
      $Places[order].before(sheet.element);
      $Sheets.set(key, sheet);
    }
    sheet.users += 1;
    return () => {
      sheet.users -= 1;
      if (sheet.users === 0) {
        sheet.element.remove();
        $Sheets.delete(key);
      }
    };
  }, [key]);
  return null;
}

/** The texts of values, after a class that only the same values have. */
function $Values(name, ...values) {
  const texts = values.map((value) => (value == null || typeof value === "boolean" ? "" : `${value}`));
  let [low, high] = [1, 2];
  const { JSON, Math } = globalThis;
  for (const character of JSON.stringify(texts)) {
    const code = character.codePointAt(0);
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 15);
    high = Math.imul(high ^ code, 0xc2b2ae35) ^ (high >>> 13);
  }
  return [`${name}-${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`, ...texts];
}

/** Properties that are spread on an own element. */
const $Own = (name, props) =>
  props != null && typeof props === "object" && "className" in props
    ? { ...props, className: props.className ? `${name} ${props.className}` : name }
    : props;

/** A value of `animation` with scoped names. */
const $Names = (value, names, name) =>
  typeof value === "string" ? value.replace(/[\w-]+/g, (word) => (names.includes(word) ? `${word}-${name}` : word)) : value;
