const { document: { cookie: c } } = window;
export default function Widget({ data }) { return <p>{data.title}</p>; }
