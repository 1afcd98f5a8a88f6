// Disagreements with Babel that have a reason; each has its row in docs/component-checking.md, under "Comparison with Babel".

const text = (source, { line, column }) => {
  const lines = source.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  return { before: [...lines.slice(0, line - 1), lines[line - 1].slice(0, column - 1)].join('\n').trimEnd(), at: lines[line - 1].slice(column - 1) };
};

/** `refuses`: we do and Babel does not, by our error. `accepts`: Babel does not and we do, by Babel's error. */
export const known = [
  { name: 'unsupported-syntax', refuses: ({ code }) => code === 'unsupported-syntax' },
  { name: 'typescript', refuses: ({ code }) => code === 'typescript' },
  { name: 'pattern', refuses: ({ message }) => message.startsWith('Syntax error: Invalid regular expression') },
  { name: 'jsx-text', refuses: ({ message }) => /Did you mean `\{'[>}]'\}`/.test(message) },
  { name: 'jsx-comma', refuses: ({ message }) => message.includes('JSX expressions may not use the comma operator') },
  { name: 'jsx-hyphen', refuses: ({ message }) => message.includes('Identifiers in JSX cannot contain hyphens') },
  {
    name: 'jsx-operand',
    refuses: (error, source) => {
      const { before, at } = text(source, error);
      return (before.endsWith('>') && /^\s*[.`[(]/.test(at)) || (/\b(new|extends)$/.test(before) && at.startsWith('<'));
    },
  },
  {
    name: 'async-spread',
    refuses: ({ message }, source) => message.startsWith('Syntax error: Expected `=>`') && /\basync\s*\(\s*\.\.\./.test(source),
  },
  { name: 'import-phase', accepts: ({ message }) => /sourcePhaseImports|deferredImportEvaluation/.test(message) },
  // oxc takes a reserved word as the name of a type.
  { name: 'type-name', accepts: (_, source) => /\bas (default|if)\b/.test(source) },
  { name: 'character-reference', accepts: ({ reason }) => reason === 'RangeError' },
];

/** The name of a known disagreement, otherwise undefined. */
export function named(source, ours, babel) {
  const kind = ours ? 'refuses' : 'accepts';
  return known.find((it) => it[kind]?.(ours ?? babel, source))?.name;
}
