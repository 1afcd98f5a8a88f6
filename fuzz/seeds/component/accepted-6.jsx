class A { b = 1; static #c; }
export default function Widget({ data }) { return <p>{data.title}</p>; }
