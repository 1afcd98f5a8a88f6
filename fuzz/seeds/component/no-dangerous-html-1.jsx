const A = (p) => <p {...{ ['dangerouslySet' + 'InnerHTML']: p }} />;
export default function Widget({ data }) { return <p>{data.title}</p>; }
