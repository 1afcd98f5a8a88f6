/** A Rust string literal. Paths, hashes and headers contain no character that JSON and Rust escape differently. */
const literal = (text) => JSON.stringify(text);

/** The assets as a Rust array for src/lib.rs. */
export function rustList(assets) {
  const entries = assets.map(({ path, file, sha256, type, immutable, policy }) => {
    const headers = policy.map(([name, value]) => `(${literal(name)}, ${literal(value)})`).join(', ');
    return `    Asset {
        path: ${literal(path)},
        content_type: ${literal(type)},
        sha256: ${literal(sha256)},
        immutable: ${immutable},
        policy: &[${headers}],
        identity: include_bytes!(${literal(file)}),
        gzip: include_bytes!(${literal(`${file}.gz`)}),
        brotli: include_bytes!(${literal(`${file}.br`)}),
    },
`;
  });
  return `&[\n${entries.join('')}]\n`;
}
