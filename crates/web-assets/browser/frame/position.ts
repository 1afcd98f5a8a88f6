import type { ErrorSource } from '../protocol/messages';

const PLACE = /\/assets\/widget\/\w+\.js:(\d+):(\d+)/;

/** The innermost position in the widget's module that a stack names: that of the error, else that of React's components. An error that
 * React throws has no frame of the module. */
export function positionOf(error: unknown, components = ''): ErrorSource {
  try {
    const [, line, column] = PLACE.exec(`${(error as Error | undefined)?.stack}\n${components}`) ?? [];
    return line ? { position: [Number(line), Number(column)] } : {};
  } catch {
    return {}; // a thrown value that cannot be read
  }
}
