// Reads and changes the import and export statements that esbuild writes at the start of a line of a bundle.

const IMPORT = /^import (?:\{([^}]*)\} from )?"\.\/([\w-]+\.js)";\n/gm;
const EXPORT = /^export \{([^}]*)\};\n/m;

/** The pairs `[name, alias]` of a list such as `a, b as c`. */
const pairs = (list = '') =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [name, alias = name] = part.split(' as ');
      return [name, alias];
    });

const list = (pairs) => pairs.map(([name, alias]) => (name === alias ? name : `${name} as ${alias}`)).join(', ');

/** Splits the text of a file: imports of other files `{ file, names }`, its exports as pairs, and its other code. */
export function parse(text) {
  const imports = [...text.matchAll(IMPORT)].map(([, names, file]) => ({ file, names: pairs(names) }));
  const exports = pairs(EXPORT.exec(text)?.[1]);
  return { imports, exports, code: text.replaceAll(IMPORT, '').replace(EXPORT, '') };
}

/** The text of a file. `address` maps the name of an imported file. */
export function print({ imports, exports, code }, address) {
  const lines = imports.map(({ file, names }) => {
    const from = JSON.stringify(address(file));
    return names.length > 0 ? `import {${list(names)}} from ${from};` : `import ${from};`;
  });
  return `${lines.join('\n')}\n${code}\nexport {${list(exports)}};\n`;
}
