use super::{check_source, each_passes, errors, with};

#[test]
fn typescript_is_recognized() {
    for (source, place) in [
        ("interface Props { a: string }", "1:10"),
        ("type Props = { a: string };", "1:5"),
        ("declare const x;", "1:8"),
        ("abstract class X {}", "1:9"),
        ("namespace X {}", "1:10"),
        ("enum Color { Red }", "1:1"),
        ("export type A = string;", "1:8"),
        ("export interface A {}", "1:8"),
        ("export = foo;", "1:8"),
        ("import type { X } from 'y';", "1:13"),
        ("import { type X } from 'y';", "1:15"),
        ("import x = require('y');", "1:1"),
        ("function A({ data }: Props) { return null; }", "1:20"),
        ("function f(a?: string) {}", "1:13"),
        ("const x: number = 1;", "1:8"),
        ("const A: React.FC<Props> = () => null;", "1:8"),
        ("const f = (a: string) => 1;", "1:13"),
        ("const f = (a): string => 1;", "1:14"),
        ("const f = <T,>(a) => 1;", "1:11"),
        ("function f<T>(x) {}", "1:11"),
        ("class A<T> extends B {}", "1:8"),
        ("class A { x: number = 1; }", "1:12"),
        ("class A implements B {}", "1:9"),
        ("class A { private x = 1; }", "1:11"),
        ("class A { readonly x = 1; }", "1:11"),
        ("class A { override x() {} }", "1:11"),
        ("export abstract class A {}", "1:8"),
        ("try {} catch (e: any) {}", "1:16"),
        ("for (const x: string of y) {}", "1:13"),
        ("const a = b as number;", "1:11"),
        ("const a = b as const;", "1:11"),
        ("const a = b satisfies C;", "1:11"),
        ("const a = b!;", "1:12"),
        ("const a = b!.c;", "1:12"),
        ("const [a, b] = useState<string>('');", "1:16"),
        ("const [a, b] = useState<string | null>(null);", "1:16"),
        ("const r = useRef<HTMLDivElement | null>(null);", "1:11"),
        ("const [a, b] = useState<Array<string>>([]);", "1:16"),
        ("const [a, b] = useState<User[]>([]);", "1:30"),
        ("const [a, b] = useState<string>();", "1:32"),
        ("function f(): JSX.Element { return null; }", "1:13"),
        ("class A { f(): void {} }", "1:14"),
        ("function f(a): a is string { return a; }", "1:14"),
        ("const f = (n, currency?: string) => n;", "1:24"),
        ("const f = (a?, b?) => a;", "1:13"),
        ("const f = (a = 1, b?: { c: string }[]) => a;", "1:21"),
        ("class A { x?: number; }", "1:13"),
        ("class A { x!: number; }", "1:13"),
        ("const f = <T extends object>(x: T): T => x;", "1:40"),
        ("const f = async <T extends { id: string }>(x: T[]) => x;", "1:17"),
        ("const a = b! as C;", "1:12"),
        ("const f = (b) => b! + 1;", "1:19"),
    ] {
        let report = check_source(&with(source));
        assert_eq!(errors(&report), [format!("{place} typescript")], "{source}\n{report:#?}");
        assert!(report.errors[0].message.starts_with("TypeScript is not supported"));
    }
}

#[test]
fn other_syntax_errors_are_not_reported_as_typescript() {
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
        "const a = b < c > ;",
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

#[test]
fn comparisons_and_names_that_resemble_types_are_accepted() {
    each_passes(&[
        "const type = 1, interface_ = 2, declare = 3; const o = { type, as: 1, private: 2, readonly: 3 };",
        "const f = (a, b, c) => a < b && c > (1);",
        "const f = (a, b, c) => a<b||c>(1);",
        "const f = (a, b, c) => [a < b, c > (1)];",
        "for (let i = 0; i<9; i++) { if (i>(2)) break; }",
        "const A = ({ a, b }) => <p>{a<b ? 'less' : 'more'}</p>;",
        "class A { static x = 1; #y = 2; get z() { return this.#y; } }",
        "label: for (;;) { break label; }",
    ]);
}
