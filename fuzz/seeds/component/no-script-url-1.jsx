const U = `java${'script'}:x`; const A = () => <a href={U} />;
export default function Widget({ data }) { return <p>{data.title}</p>; }
