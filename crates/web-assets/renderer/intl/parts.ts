/** A part of a formatted number or date. */
export interface Part {
  type: string;
  value: string;
}

/** The text of all parts. */
export const textOf = (parts: Part[]): string => parts.map(({ value }) => value).join('');
