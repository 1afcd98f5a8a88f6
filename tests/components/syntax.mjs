// The syntax errors that the two parsers report for a source.

import { spawn } from 'node:child_process';
import { parse } from '@babel/parser';

/** Rules that speak of syntax. The others are policy, of which Babel knows nothing. */
const OF_SYNTAX = new Set(['wrapped-source', 'syntax', 'typescript', 'multiple-default-exports', 'unsupported-syntax']);

export const isOfSyntax = ({ code }) => OF_SYNTAX.has(code);

const JSX = ['jsx'];
const TSX = ['jsx', 'typescript'];

/** Babel's first error, with the column counted from 1; undefined when the source is JSX, or TSX with types. If it is neither, the later error of the two. */
export function ofBabel(source) {
  const jsx = ofBabelAs(JSX, source);
  if (!jsx.error) return undefined;
  const tsx = ofBabelAs(TSX, source);
  // JavaScript with a mistake that is none in TypeScript, such as a name exported twice.
  if (!tsx.error) return hasTypes(tsx.tree) ? undefined : jsx.error;
  const isLater = tsx.error.line > jsx.error.line || (tsx.error.line === jsx.error.line && tsx.error.column >= jsx.error.column);
  return isLater ? tsx.error : jsx.error;
}

/** Whether Babel accepts a source for its types alone. */
export const isTyped = (source) => Boolean(ofBabelAs(JSX, source).error) && !ofBabelAs(TSX, source).error;

/** Babel's plugins for a valid source. */
export const pluginsOf = (source) => (isTyped(source) ? TSX : JSX);

function ofBabelAs(plugins, source) {
  try {
    // An editor shows no byte order mark, so it takes no column; for Babel it is a space.
    return { tree: parse(source.replace(/^\ufeff/, ''), { sourceType: 'module', plugins }).program };
  } catch (error) {
    // A few mistakes make it throw errors of other kinds, which have no place.
    if (!error.loc) return { error: { message: String(error), reason: error.name } };
    return { error: { line: error.loc.line, column: error.loc.column + 1, message: error.message, reason: error.reasonCode } };
  }
}

/** Whether a tree has a node of TypeScript. */
function hasTypes(node) {
  if (node === null || typeof node !== 'object') return false;
  if (Array.isArray(node)) return node.some(hasTypes);
  const isTyped = node.type?.startsWith('TS') || (node.type === 'Identifier' && node.name === 'this') || node.importKind === 'type' || node.exportKind === 'type' || node.declare
    || node.abstract || node.accessibility || node.readonly || node.override || node.definite
    || (node.optional && !node.type.startsWith('Optional'));
  return Boolean(isTyped) || Object.values(node).some(hasTypes);
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
