const A = (p) => <p {...p} {...{ ...p, dangerouslySetInnerHTML: { __html: p } }} />;
export default function Widget({ data }) { return <p>{data.title}</p>; }
