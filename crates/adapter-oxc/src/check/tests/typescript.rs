use domain::component::Language;

use super::{Report, check_source, each_breaks, each_passes, errors, with};

/// The report on TSX without errors and warnings.
const ACCEPTED_TSX: Report = Report { errors: Vec::new(), warnings: Vec::new(), language: Some(Language::Tsx) };

#[test]
fn types_are_accepted() {
    for statement in [
        "interface Props { a: string }",
        "type Props = { a: string };",
        "declare const x: number;",
        "declare function f(): void;",
        "declare class A { b: string }",
        "declare enum A { B }",
        "declare global { interface Window { a: string } var b: number; }",
        "declare module 'x' { enum A { B } export = a; }",
        "declare namespace X { const a = 1; enum B { C } }",
        "namespace X { export type A = string; }",
        "abstract class X { abstract a(): void; abstract b: string; }",
        "export type A = string;",
        "export interface A {}",
        "export type { A } from './types';",
        "export type * from './types';",
        "type A = 1; export { A };",
        "type A = 1; const b = 1; export { type A, b };",
        "export abstract class A {}",
        "import type { X } from './types';",
        "import type X from './types';",
        "import type * as X from './types';",
        "import { type X, type Y as Z } from './types';",
        "import { X } from './types'; const a: X = 1;",
        "import X from './types'; const a: X.Y = 1;",
        "import * as X from './types'; type A = typeof X.y;",
        "import type data from './data.json' with { type: 'json' };",
        "import type X = require('x');",
        "import { FC, type ReactNode, useState } from 'react'; const A: FC = () => useState()[0];",
        "const f = (a: JSX.Element) => a;",
        "const A: React.FC<Props> = () => null;",
        "function A({ data }: Props) { return null; }",
        "function f(a?: string) {}",
        "function f(this: Window) {}",
        "function f(a: string): void; function f(a: number): void; function f(a) {}",
        "class A { f(): void; f() {} }",
        "const x: number = 1;",
        "let x!: number; x = 1;",
        "const f = (a): string => 1;",
        "const f = <T,>(a) => 1;",
        "const f = <T extends object>(x: T): T => x;",
        "const f = async <T extends { id: string }>(x: T[]) => x;",
        "function f<T>(x) {}",
        "class B {} class A<T> extends B implements C<T>, D {}",
        "class A { x: number = 1; [key: string]: number; declare y: string; }",
        "class A { private x = 1; protected y() {} public static z; }",
        "class A { readonly w = 1; x?; y!: number; }",
        "class B {} class A extends B { override x() {} }",
        "try {} catch (e: unknown) {}",
        "for (const x of [] as string[]) {}",
        "const b = 1, a = b as number;",
        "const a = [1] as const;",
        "const b = 1, a = b satisfies C;",
        "const b = {}, a = b!.c!.d!();",
        "const b = {}; b.c! += 1; (b as any).c = 1; (b.c as number)++;",
        "const f = (n) => n! + 1;",
        "import { useState } from 'react'; const f = useState<string>;",
        "const f = (a): a is string => a;",
        "const f = (a): asserts a => a;",
        "const tag = String.raw<string>`a`;",
        "const A = (p) => p.a, b = <A<string> a='b' />;",
        "type A = { [K in keyof B]?: B[K] extends infer U ? U : never };",
        "type A = `${B}px`; type C = new () => D; type E = [a: string, ...b: number[]];",
        "/// <reference types='react' />\nconst x: number = 1;",
        "enum_; let enum_: number;",
        "accessor; let accessor: number;",
    ] {
        assert_eq!(check_source(&with(statement)), ACCEPTED_TSX, "{statement}");
    }
}

#[test]
fn type_arguments_that_are_valid_javascript_are_types() {
    for statement in [
        "import { useState } from 'react'; const f = () => useState<string>('');",
        "import { useState } from 'react'; const f = () => useState<string | null>(null);",
        "import { useState } from 'react'; const t = ['a'], f = () => useState<(typeof t)[number]>(t[0]);",
        "import { useRef } from 'react'; const f = () => useRef<HTMLDivElement | null>(null);",
        "const a = [], b = new Map<string, A>(a);",
        "const f = String, a = [f<string, A>(1), f(1)];",
    ] {
        assert_eq!(check_source(&with(statement)), ACCEPTED_TSX, "{statement}");
    }
}

#[test]
fn comparisons_and_names_that_resemble_types_are_javascript() {
    each_passes(&[
        "const type = 1, interface_ = 2, declare = 3; const o = { type, as: 1, private: 2, readonly: 3 };",
        "const f = (a, b, c) => a < b && c > (1);",
        "const f = (a, b, c) => a<b||c>(1);",
        "const f = (a, b, c) => [a < b, c > (1)];",
        "const f = (a, b, c) => [a<10,b>(c)];",
        "const f = (a, b, c) => [a<-1,b>(c)];",
        "for (let i = 0; i<9; i++) { if (i>(2)) break; }",
        "const A = ({ a, b }) => <p>{a<b ? 'less' : 'more'}</p>;",
        "class A { static x = 1; #y = 2; get z() { return this.#y; } }",
        "label: for (;;) { break label; }",
        "const f = (a, b, c, d) => a ? (b) : c => d;",
        "let type;\ntype\n= 1;",
        "const f = () => { function a() {} function a() {} return a; };",
        "class A { x = 1; x = 2; }",
    ]);
}

#[test]
fn what_is_not_only_a_type_is_refused_by_name() {
    each_breaks(
        "typescript",
        &[
            ("enum Color { Red }", 1),
            ("const enum Color { Red }", 1),
            ("export enum Color { Red }", 8),
            ("namespace X { export const a = 1; }", 1),
            ("export namespace X { export function f() {} enum Y { Z } }", 8),
            ("namespace X.Y { export const a = 1; }", 1),
            ("class A { constructor(private x: string) {} }", 23),
            ("class A { constructor(a: string, public readonly x = 1) {} }", 34),
            ("import x = require('y');", 1),
            ("import x = React.y;", 1),
        ],
    );
    for (statement, remedy) in [
        ("enum Color { Red }", "write an object instead"),
        ("namespace X { export const a = 1; }", "at the top of the source"),
        ("class A { constructor(private x: string) {} }", "write `this.x = x` into the constructor"),
        ("import x = require('y');", "write `import x from"),
        ("const a = 1; export = a;", "write `export default"),
    ] {
        let report = check_source(&with(statement));
        assert!(report.errors[0].message.contains(remedy), "{statement}\n{report:#?}");
        assert_eq!((report.errors[0].code.as_str(), report.language), ("typescript", Some(Language::Tsx)));
    }
}

#[test]
fn each_enum_is_reported() {
    let report = check_source(&with("enum A { B }\nenum C { D }"));
    assert_eq!(errors(&report), ["1:1 typescript", "2:1 typescript"]);
}

#[test]
fn the_rules_see_through_types() {
    for (statement, expected) in [
        ("(window as any).parent.postMessage('a');", "1:17 no-parent-window"),
        ("(window as unknown as { top: Window })!.top;", "1:41 no-parent-window"),
        ("const w: any = window; w.eval('1');", "1:26 no-eval"),
        ("(globalThis as any)['fet' + 'ch']('/x');", "1:21 no-network"),
        ("const f = (el: Element) => { (el as any).innerHTML = 'a'; };", "1:42 no-raw-html"),
        ("const A = (p: P) => <p {...({ dangerouslySetInnerHTML: p } as any)} />;", "1:31 no-dangerous-html"),
        ("interface A {}\nconst A = () => <iframe src={'x' as string} />;", "2:17 forbidden-element"),
        ("const A = () => <a href={'javascript:f()' as string}>x</a>;", "1:26 no-script-url"),
        ("import x from './x'; const y: number = x;", "1:15 no-import"),
        ("import './x'; const y: number = 1;", "1:8 no-import"),
        ("import { useStat } from 'react'; const y: number = useStat();", "1:10 missing-export"),
        ("const y: number = Foo;", "1:19 undeclared-name"),
        ("type Foo = 1; const y = Foo;", "1:25 undeclared-name"),
        ("const a = 1; @(a) class B { x: number = 1 }", "1:14 unsupported-syntax"),
        ("class B { accessor x: number = 1 }", "1:11 unsupported-syntax"),
        ("type A = 1; @a export {};", "1:13 unsupported-syntax"),
        ("class B { f(@Object b: string) {} }", "1:13 unsupported-syntax"),
    ] {
        let report = check_source(&with(statement));
        assert_eq!(errors(&report), [expected], "{statement}\n{report:#?}");
    }
}

#[test]
fn a_default_export_may_have_types_around_it() {
    for source in [
        "export default function Card({ data }): JSX.Element {\n  return <p>{data.n}</p>;\n}",
        "const money = (n, currency?: string) => n + (currency ?? 'EUR');\nexport default function Card({ data }) { return <p>{money(data.n)}</p>; }",
        "interface Props { data: { a: string } }\nexport default function A({ data }: Props): JSX.Element { return <p>{data.a}</p>; }",
        "const A: React.FC<Props> = ({ data }) => <p>{data.a}</p>;\nexport default A as any;",
        "import { memo } from 'react';\nexport default memo<Props>((p) => <p>{p.data.a}</p>) satisfies unknown;",
        "export default <T,>({ data }: { data: T }) => <p>{String(data)}</p>;",
        "function A(): string;\nfunction A() { return ''; }\nexport { A as default, type B };\ntype B = 1;",
        "export default (A as any);\nfunction A() { return null; }",
    ] {
        assert_eq!(check_source(source), ACCEPTED_TSX, "{source}");
    }
    let report = check_source("export default interface A {}");
    assert_eq!(errors(&report), ["1:1 no-default-export"]);
    let report = check_source("export default { a: 1 } as any;");
    assert_eq!(errors(&report), ["1:16 invalid-default-export"]);
}

#[test]
fn syntax_errors_are_those_of_the_parser_that_got_further() {
    for (source, place, language) in [
        ("const x: number = 1;\nconst y = ;", "2:11 syntax", None),
        ("const x = a ? b;", "1:16 syntax", None),
        ("const x: number = 1;\nconst x = 1;", "2:7 syntax", Some(Language::Tsx)),
    ] {
        let report = check_source(source);
        assert_eq!((errors(&report), report.language), (vec![place.to_owned()], language), "{source}\n{report:#?}");
    }
}

#[test]
fn mistakes_are_not_taken_for_types() {
    for source in [
        "const o = { a: 1, b: c: 2 };",
        "const x: 1;",
        "foo(1: 2);",
        "let x = 1 let y = 2;",
        "const a = !;",
        "const A = () => <p>;",
        "if (a < b { }",
        "x = a ? b;",
        "[1, 2",
        "function (a, b) { return a; }",
        "const a = b ? : c;",
        "const A = () => <p extends b>a > b</p>;",
    ] {
        let report = check_source(source);
        assert!(
            report.errors.iter().all(|error| error.code == "syntax") && !report.errors.is_empty(),
            "{source}\n{report:#?}"
        );
    }
}
