import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TYPES = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
};

/** Writes a file plain, as .gz and as .br. */
export async function writeCompressed(file, plain) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } };
  await Promise.all([
    writeFile(file, plain),
    writeFile(`${file}.gz`, gzipSync(plain, { level: 9 })),
    writeFile(`${file}.br`, brotliCompressSync(plain, quality)),
  ]);
}

/** Writes an asset plain and compressed; resolves with its description. */
export async function writeAsset(folder, { path, contents, type, immutable = false, policy = [] }) {
  const plain = Buffer.from(contents);
  const file = join(folder, path.slice(1).replaceAll('/', '_'));
  await writeCompressed(file, plain);
  const sha256 = createHash('sha256').update(plain).digest('hex');
  return { path, file, sha256, type: type ?? TYPES[path.slice(path.lastIndexOf('.'))], immutable, policy };
}
