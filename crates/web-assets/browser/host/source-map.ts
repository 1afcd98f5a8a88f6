const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The numbers of a segment: base 64 digits of 5 bits each with a bit that continues them, and the sign in the lowest bit. */
function decode(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}

/** The position in the source of a position in the module, by the `mappings` of a source map with one source. Both count from 1. */
export function originalPosition(mappings: string, line: number, column: number): { line?: number; column?: number } {
  let [sourceLine, sourceColumn] = [0, 0];
  let found = {};
  for (const [at, segments] of mappings.split(';').slice(0, line).entries()) {
    let generated = 0;
    for (const segment of segments.split(',')) {
      const [step = 0, , lineStep, columnStep = 0] = decode(segment);
      generated += step;
      if (lineStep === undefined) continue;
      sourceLine += lineStep;
      sourceColumn += columnStep;
      if (at === line - 1 && generated < column) found = { line: sourceLine + 1, column: sourceColumn + 1 };
    }
  }
  return found;
}
