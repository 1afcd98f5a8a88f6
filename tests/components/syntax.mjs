// The syntax errors that the two parsers report for a source.

import { spawn } from 'node:child_process';
import { parse } from '@babel/parser';

/** Rules that speak of syntax. The others are policy, of which Babel knows nothing. */
const OF_SYNTAX = new Set(['wrapped-source', 'syntax', 'typescript', 'multiple-default-exports', 'unsupported-syntax']);

export const isOfSyntax = ({ code }) => OF_SYNTAX.has(code);

/** Babel's first error, with the column counted from 1, as JSX or else as TSX; undefined when one of them has none. Of the two errors it is the later. */
export function ofBabel(source) {
  const asJsx = ofBabelAs(['jsx'], source);
  const asTsx = asJsx && ofBabelAs(['jsx', 'typescript'], source);
  if (!asJsx || !asTsx) return undefined;
  const isLater = asTsx.line > asJsx.line || (asTsx.line === asJsx.line && asTsx.column >= asJsx.column);
  return isLater ? asTsx : asJsx;
}

/** Babel's first error with these plugins. */
export function ofBabelAs(plugins, source) {
  try {
    // An editor shows no byte order mark, so it takes no column; for Babel it is a space.
    parse(source.replace(/^\ufeff/, ''), { sourceType: 'module', plugins });
    return undefined;
  } catch (error) {
    // A few mistakes make it throw errors of other kinds, which have no place.
    if (!error.loc) return { message: String(error), reason: error.name };
    return { line: error.loc.line, column: error.loc.column + 1, message: error.message, reason: error.reasonCode };
  }
}

/** Our modules of many sources; null of one that is refused: by any rule or, of what was `kept`, by the language alone. */
export async function modulesOf(program, sources, mode = 'modules') {
  return (await reportsOn(program, [mode], sources)).map(({ module }) => module);
}

/** Our reports on many sources, with those errors alone that are of syntax. `program` is the example review_components. */
export async function ofOurs(program, sources) {
  const reports = await reportsOn(program, [], sources);
  return reports.map(({ errors }) => errors.filter(isOfSyntax));
}

async function reportsOn(program, args, sources) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stdin.end(sources.map((source) => `${JSON.stringify(source)}\n`).join(''));
  const status = await ended;
  const lines = Buffer.concat(chunks).toString().split('\n').slice(0, -1);
  if (status !== 0 || lines.length !== sources.length) throw new Error(`the checker ended with ${status} after ${lines.length} reports`);
  return lines.map((line) => JSON.parse(line));
}
