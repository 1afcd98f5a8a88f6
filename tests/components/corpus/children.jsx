const list = [1, 2], ok = true;
export default function View({ data: { title = 'x' } = {} }) {
  return (
    <section>
      Text &amp; &nbsp; &copy; &#169; it's "fine" // no comment /* either */ \n 😀
      {title} {`t${title}`} {ok && <b>yes</b>} {ok ? <i /> : null} {/* none */} {}
      {list.map((n) => <li key={n}>{n}{n > 1 ? <b>{n < 2}</b> : 'x'}</li>)}
      {...list}
      <p>{{ a: 1 }.a}</p>
    </section>
  );
}
