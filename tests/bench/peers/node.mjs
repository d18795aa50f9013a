// The four workloads as one would write them in JavaScript for speed: blocks of whole
// lines, JSON.parse, one write per block. node node.mjs integers|filter|edit|count < FILE
import { readSync, writeSync } from 'node:fs';

// Calls take(text) with whole lines.
function eachBlock(take) {
  let bytes = Buffer.allocUnsafe(1 << 20);
  let filled = 0;
  for (let count; (count = readSync(0, bytes, filled, bytes.length - filled, null)) > 0; ) {
    filled += count;
    const end = bytes.lastIndexOf(10, filled - 1) + 1;
    if (end > 0) take(bytes.utf8Slice(0, end));
    bytes.copyWithin(0, end, filled);
    filled -= end;
    if (filled === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(bytes.length)]);
  }
}

function write(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

// Writes what change(line) gives for each line; undefined is nothing.
function eachLine(change) {
  eachBlock((text) => {
    let out = '';
    for (let from = 0, to; (to = text.indexOf('\n', from)) >= 0; from = to + 1) {
      const changed = change(text.slice(from, to));
      if (changed !== undefined) out += changed + '\n';
    }
    write(out);
  });
}

const workloads = {
  integers: () => eachLine((line) => JSON.parse(line) * 2 + 1),
  filter: () => eachLine((line) => (JSON.parse(line).level === 'error' ? line : undefined)),
  edit: () =>
    eachLine((line) => {
      const event = JSON.parse(line);
      event.latency_s = event.latency_ms / 1000;
      delete event.msg;
      return JSON.stringify(event);
    }),
  count: () => {
    const counts = new Map();
    eachLine((line) => {
      const { service, level } = JSON.parse(line);
      let levels = counts.get(service);
      if (levels === undefined) counts.set(service, (levels = new Map()));
      levels.set(level, (levels.get(level) ?? 0) + 1);
    });
    for (const [service, levels] of counts)
      for (const [level, count] of levels) write(JSON.stringify({ service, level, count }) + '\n');
  },
};

workloads[process.argv[2]]();
