using System.Text;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests;

/// <summary>All that a generation gave.</summary>
internal sealed record GeneratedText(string Text, IReadOnlyList<string> Parts, IReadOnlyList<int> Tokens, string Logprobs, int Generated, GenerationSummary Summary)
{
    internal static async Task<GeneratedText> ReadAsync(Generation generation)
    {
        CancellationToken timeout = TestTimeout.Token;
        var parts = new List<string>();
        var tokens = new List<int>();
        var logprobs = new List<string>();
        while (true)
        {
            GenerationChunk chunk = await generation.Output.TakeAsync(timeout);
            parts.Add(Encoding.UTF8.GetString(chunk.Text));
            tokens.AddRange(chunk.Tokens);
            if (chunk.Logprobs.Length > 0)
                logprobs.Add(Encoding.UTF8.GetString(chunk.Logprobs));
            if (chunk.Summary is not null)
                return new GeneratedText(string.Concat(parts), parts, tokens, $"[{string.Join(',', logprobs)}]", chunk.GeneratedTokens, chunk.Summary);
        }
    }
}
