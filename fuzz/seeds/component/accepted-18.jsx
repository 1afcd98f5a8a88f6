const o = { import: 1 }; o.import;
export default function Widget({ data }) { return <p>{data.title}</p>; }
