export const a = 1, [b, { c }] = [2, {}];
export let d; export var e;
export function f() {} export async function g() {} export function* h() {} export async function* i() {}
export class J {}
export { a as k, b as 'l', c as if, };
export {};
export * from 'react'; export * as all from 'react'; export { useState as m, default as n, 'x' as o } from 'react';
export default (d, e);
