// What people write with npm's ollama, without anything that tidies up for our server.
import { Ollama } from 'ollama';

export async function chat({ host, body }) {
  return await new Ollama({ host }).chat(body);
}

export async function stream({ host, body }) {
  const pieces = [];
  let last = null;
  for await (const part of await new Ollama({ host }).chat({ ...body, stream: true })) {
    pieces.push(part.message.content);
    last = part;
  }
  return { pieces, last };
}

export async function generate({ host, body }) {
  return await new Ollama({ host }).generate(body);
}

export async function models({ host, model }) {
  const client = new Ollama({ host });
  const { models } = await client.list();
  const shown = await client.show({ model });
  const running = await client.ps();
  const { version } = await client.version();
  return { listed: models.map((entry) => entry.name), capabilities: shown.capabilities, template: shown.template, running: running.models.map((entry) => entry.name), version };
}

export async function leave({ host, body, after }) {
  const client = new Ollama({ host });
  let seen = 0;
  try {
    for await (const part of await client.generate({ ...body, stream: true })) {
      if (part.response) seen++;
      if (seen === after) client.abort();
    }
  } catch (error) {
    return { aborted: error.name === 'AbortError', seen };
  }
  return { aborted: false, seen };
}

export async function errors({ host, requests }) {
  const raised = [];
  for (const request of requests) {
    try {
      await new Ollama({ host }).chat(request);
      raised.push(null);
    } catch (error) {
      raised.push({ status: error.status_code, message: error.message });
    }
  }
  return raised;
}
