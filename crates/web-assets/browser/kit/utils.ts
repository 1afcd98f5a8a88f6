import { type ClassValue, clsx } from 'clsx';
import { twMerge } from 'tailwind-merge';

/** Joins class names. Of Tailwind classes that conflict the last one stays. */
export const cn = (...classes: ClassValue[]): string => twMerge(clsx(classes));
