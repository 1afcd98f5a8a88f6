// A new database for each measurement, with a key and a widget: on PostgreSQL, and as SQLite's file.

import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { CONVERSATIONS, data, message, widget } from './message.mjs';
import { serve } from './processes.mjs';

const RIGHT_ROWS = `
  SELECT count(*) FROM message
  WHERE workspace_id = 'default' AND conversation_id ~ '^conv_[0-9]{1,3}$' AND octet_length(id) = 16
    AND widget_key = :'key' AND sent_by = 'admin' AND text = :'text' AND data = :'data'`;

/** Databases on one cluster, all copies of one. */
export class Postgres {
  static async prepare(cluster, widgetd) {
    await cluster.query('postgres', 'CREATE DATABASE prepared');
    const key = await prepare(widgetd, cluster.urls('prepared').widgetd);
    return new Postgres(cluster, key);
  }

  constructor(cluster, key) {
    Object.assign(this, { cluster, key, pid: cluster.pid, urls: cluster.urls('measured') });
  }

  async make() {
    await this.cluster.query('postgres', 'DROP DATABASE IF EXISTS measured WITH (FORCE)');
    await this.cluster.query('postgres', 'CREATE DATABASE measured TEMPLATE prepared');
  }

  /** What one contender left to be written must not be another's work. */
  async checkpoint() {
    await this.cluster.query('measured', 'CHECKPOINT');
  }

  /** How many messages are stored as they should be. */
  async rows() {
    return Number(await this.cluster.query('measured', RIGHT_ROWS, { key: message.widgetKey, text: message.text, data }));
  }
}

/** SQLite's files, all copies of one. */
export class Sqlite {
  static async prepare(folder, widgetd) {
    await mkdir(folder);
    const prepared = join(folder, 'prepared.db');
    return new Sqlite(folder, prepared, await prepare(widgetd, `sqlite:${prepared}`));
  }

  constructor(folder, prepared, key) {
    const file = join(folder, 'measured.db');
    Object.assign(this, { prepared, file, key, pid: null, urls: { widgetd: `sqlite:${file}` } });
  }

  async make() {
    for (const suffix of ['', '-wal', '-shm']) await rm(`${this.file}${suffix}`, { force: true });
    await copyFile(this.prepared, this.file); // when widgetd ends, it leaves no log next to the file
  }

  async checkpoint() {}

  /** The same over HTTP: SQLite has no program that is sure to be there. */
  async rows(origin) {
    let rows = 0;
    const conversations = Array.from({ length: CONVERSATIONS }, (_, n) => `conv_${n}`);
    const readAll = async () => {
      for (let name = conversations.pop(); name; name = conversations.pop()) {
        const found = await this.#rowsOf(origin, name);
        rows += found; // not `+= await`, which adds to what `rows` was before
      }
    };
    await Promise.all(Array.from({ length: 16 }, readAll));
    return rows;
  }

  async #rowsOf(origin, conversation) {
    let rows = 0;
    for (let cursor = ''; cursor !== null; ) {
      const query = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const page = await get(`${origin}/api/v1/conversation/${conversation}/message?limit=100${query}`, this.key);
      const isRight = (row) => JSON.stringify(row.data) === data && row.text === message.text;
      rows += page.messages.filter(isRight).length;
      cursor = page.nextCursor;
    }
    return rows;
  }
}

/** Has widgetd make its tables, its first key and the widget. */
async function prepare(widgetd, url) {
  const service = await serve(widgetd, [], { WIDGETD_BIND: '127.0.0.1:0', WIDGETD_DATABASE_URL: url });
  const key = service.printed.match(/wgt_[0-9A-Za-z]+/)[0];
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const made = await fetch(`${service.origin}/api/v1/widget`, { method: 'POST', headers, body: JSON.stringify(widget) });
  if (made.status !== 201) throw new Error(`the widget was not made: ${made.status} ${await made.text()}`);
  await service.stop();
  return key;
}

async function get(url, key) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  if (response.status !== 200) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()).data;
}
