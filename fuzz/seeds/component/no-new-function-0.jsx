class A extends Function {}
export default function Widget({ data }) { return <p>{data.title}</p>; }
