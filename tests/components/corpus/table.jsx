const columns = [['name', 'Name'], ['share', 'Share', (v) => `${(v * 100).toFixed(1)} %`]];
const by = (key, down) => (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0) * (down ? -1 : 1);
export default class Table extends React.Component {
  state = { key: 'name', down: false };
  sort = (key) => this.setState(({ key: was, down }) => ({ key, down: was === key && !down }));
  render() {
    const { data: { rows = [] }, ...rest } = this.props, { key, down } = this.state;
    return (
      <table {...rest}>
        <thead><tr>{columns.map(([k, title]) => <th key={k} onClick={() => this.sort(k)}>{title}{k === key && (down ? ' ↓' : ' ↑')}</th>)}</tr></thead>
        <tbody>{[...rows].sort(by(key, down)).map((row, i) => <tr key={row.id ?? i}>
          {columns.map(([k, , show = String]) => <td key={k} title={`${k}=${row[k]}`}>{show(row[k])}</td>)}
        </tr>)}</tbody>
      </table>
    );
  }
}
