@a class B {}
export default function Widget({ data }) { return <p>{data.title}</p>; }
