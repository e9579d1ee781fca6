using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Hosting.Deltas;

/// <summary>Joins neighbouring deltas that are nothing but text; the first of them may tell the prompt's length.</summary>
internal static class DeltaMerge
{
    public static void Merge(List<GenerationDelta> pending, Action<GenerationDelta> output)
    {
        for (var i = 0; i < pending.Count;)
        {
            var end = i + 1;
            if (IsPlain(pending[i]))
            {
                while (end < pending.Count && IsPlain(pending[end]) && pending[end].Prompt is null)
                {
                    end++;
                }
            }

            output(end - i == 1 ? pending[i] : Joined(pending, i, end));
            i = end;
        }
    }

    private static bool IsPlain(GenerationDelta delta) =>
        delta is { Raw: null, Reasoning.Length: 0, ToolCalls.Count: 0, Logprobs: null, Detail: null, IsLast: false };

    private static GenerationDelta Joined(List<GenerationDelta> pending, int from, int to)
    {
        var tokens = 0;
        var texts = new string[to - from];
        for (var i = from; i < to; i++)
        {
            tokens += pending[i].Tokens;
            texts[i - from] = pending[i].Text;
        }

        return new GenerationDelta { Sequence = 0, Text = string.Concat(texts), Tokens = tokens, Prompt = pending[from].Prompt };
    }
}
