// What people write with Vercel's ai and its providers, without anything that tidies up for our server.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

globalThis.AI_SDK_LOG_WARNINGS = false;

const providers = {
  anthropic: (settings) => createAnthropic(settings)('tiny-chat'),
  openai: (settings) => createOpenAI(settings).chat('tiny-chat'),
  'openai-compatible': (settings) => createOpenAICompatible({ name: 'local', includeUsage: true, ...settings })('tiny-chat'),
};

const modelOf = ({ provider, baseURL }) => providers[provider]({ baseURL, apiKey: 'any' });
const counted = ({ inputTokens, outputTokens }) => ({ input: inputTokens, output: outputTokens });

export async function text({ prompt, maxOutputTokens = 60, ...input }) {
  const answer = await generateText({ model: modelOf(input), prompt, maxOutputTokens, maxRetries: 0 });
  return { text: answer.text, reason: answer.finishReason, usage: counted(answer.usage) };
}

export async function stream({ prompt, maxOutputTokens = 60, ...input }) {
  const running = streamText({ model: modelOf(input), prompt, maxOutputTokens, maxRetries: 0 });
  const pieces = [];
  for await (const piece of running.textStream) pieces.push(piece);
  return { pieces, reason: await running.finishReason, usage: counted(await running.usage) };
}

// The library calls the tool and sends its result by itself.
export async function tools({ prompt, streamed, ...input }) {
  const called = [];
  const weather = tool({
    description: 'Get the weather of a city',
    inputSchema: z.object({ city: z.string() }),
    execute: async (args) => {
      called.push(args);
      return { ...args, temperature: 21, sky: 'sunny' };
    },
  });
  const settings = { model: modelOf(input), prompt, tools: { get_weather: weather }, stopWhen: stepCountIs(3), maxOutputTokens: 100, maxRetries: 0 };
  const answer = streamed ? streamText(settings) : await generateText(settings);
  if (streamed) {
    for await (const part of answer.fullStream) {
      if (part.type === 'error') throw part.error;
    }
  }
  return { called, text: await answer.text, reasons: (await answer.steps).map((step) => step.finishReason) };
}

export async function thinking({ prompt, budgetTokens, ...input }) {
  const providerOptions = { anthropic: { thinking: { type: 'enabled', budgetTokens } } };
  const answer = await generateText({ model: modelOf(input), prompt, providerOptions, maxOutputTokens: 200, maxRetries: 0 });
  return { reasoning: answer.reasoningText, text: answer.text };
}

export async function error({ prompt, ...input }) {
  try {
    await generateText({ model: modelOf(input), prompt, maxRetries: 0 });
    return null;
  } catch (raised) {
    return { class: raised.name, status: raised.statusCode ?? null, message: raised.message };
  }
}
