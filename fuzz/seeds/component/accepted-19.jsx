const text = 'import(x)'; // import(x)
export default function Widget({ data }) { return <p>{data.title}</p>; }
