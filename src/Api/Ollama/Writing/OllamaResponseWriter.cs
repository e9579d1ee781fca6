using System.Text;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Ollama.Writing;

/// <summary>Answers with a whole message or text.</summary>
internal static class OllamaResponseWriter
{
    /// <exception cref="Errors.ApiException">The generation failed.</exception>
    public static async Task WriteAsync(OllamaGeneration generation, TimeProvider time, HttpResponse response)
    {
        var (text, thinking, logprobs) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        var (calls, all) = (new OllamaCalls(), new List<OllamaCall>());
        GenerationFinish? finish = null;
        await WholeAnswer.ReadAsync(generation.Reader, item =>
        {
            text.Append(item.Delta.Text);
            thinking.Append(item.Delta.Reasoning);
            all.AddRange(calls.Add(item.Delta));
            var entries = item.Delta.Logprobs.AsSpan().Trim();
            if (entries.Length > 2)
            {
                logprobs.Append(logprobs.Length > 0 ? "," : "").Append(entries[1..^1]);
            }

            finish = item.Delta.Finish ?? finish;
        });
        var now = time.GetUtcNow();
        await JsonResponse.WriteAsync(response, json =>
        {
            OllamaJson.Begin(json, generation.Model, now);
            OllamaJson.Content(json, generation.Request.IsChat, text.ToString(), thinking.ToString(), all, generation.Request.Draft.Logprobs ? $"[{logprobs}]" : null);
            OllamaJson.End(json, finish!, now - generation.Begun);
        });
    }
}
