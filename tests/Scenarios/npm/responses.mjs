// What people write with npm's openai and the Responses API, without anything that tidies up for our server.
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const clientOf = ({ baseURL, apiKey = 'any', maxRetries = 0 }) => new OpenAI({ baseURL, apiKey, maxRetries });

export async function create({ body, ...input }) {
  const response = await clientOf(input).responses.create(body);
  return { text: response.output_text, response };
}

export async function stream({ body, ...input }) {
  const events = [];
  for await (const event of await clientOf(input).responses.create({ ...body, stream: true })) events.push(event);
  return { events };
}

// The helper puts the events together by itself and is strict about their order.
export async function helper({ body, ...input }) {
  const deltas = [];
  const running = clientOf(input).responses.stream(body);
  running.on('response.output_text.delta', (event) => deltas.push([event.delta, event.snapshot]));
  const response = await running.finalResponse();
  return { deltas, text: response.output_text, status: response.status };
}

export async function parse({ body, ...input }) {
  const shape = z.object({ answer: z.enum(['yes', 'no']), sure: z.boolean() });
  const response = await clientOf(input).responses.parse({ ...body, text: { format: zodTextFormat(shape, 'verdict') } });
  return { parsed: response.output_parsed };
}

export async function count({ body, ...input }) {
  return await clientOf(input).responses.inputTokens.count(body);
}
