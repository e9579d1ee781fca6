// Runs npm's llmprobe as it comes against one of our hosts and returns what it found of our conformance.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./node_modules/llmprobe/bin/dist/llmprobe.mjs', import.meta.url));

export async function probe({ url, model, options }) {
  // It keeps a library of its runs at home.
  const home = await mkdtemp(join(tmpdir(), 'llmprobe-'));
  try {
    const report = await new Promise((resolve, reject) => {
      const settings = { env: { ...process.env, HOME: home }, maxBuffer: 32 * 1024 * 1024 };
      // Its exit code tells of failed checks; the report has them, too.
      execFile(process.execPath, [program, url, '-m', model, '--no-bench', '--no-save', '--json', ...options], settings, (error, output, errors) =>
        output ? resolve(output) : reject(error ?? new Error(errors)));
    });
    return JSON.parse(report).conformance;
  } finally {
    await rm(home, { recursive: true });
  }
}
