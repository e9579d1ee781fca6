using System.Globalization;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.TextFigures;

/// <summary>Time to the first token of a long prompt that comes for the second time, against the first.</summary>
internal static class PrefixFigure
{
    // Fewer words leave nothing to keep.
    private const int ShortPrompt = 100;

    public static async Task RunAsync(HttpTarget target, LoadShape shape, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        if (shape.PromptWords < ShortPrompt)
        {
            throw new BenchException("prefix needs a long prompt: --prompt-words 700 is about a thousand tokens of tiny-chat");
        }

        shape = shape with { OutputTokens = 4 };
        List<double> cold = [], warm = [];
        var tokens = 0;
        for (var round = -1; round < rounds; round++)
        {
            var prompt = Prompts.Create(round + 7000 + (Environment.ProcessId * 100), shape.PromptWords);
            var first = await FirstAsync(target, shape, prompt, cancellationToken);
            var second = await FirstAsync(target, shape, prompt, cancellationToken);
            if (round >= 0)
            {
                cold.Add(first.FirstTokenMs);
                warm.Add(second.FirstTokenMs);
                tokens = (int)first.PromptTokens;
            }
        }

        var (cold50, warm50) = (Statistics.Median(cold), Statistics.Median(warm));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"prompt of {tokens} tokens: first token after {cold50:0.0} ms cold, {warm50:0.0} ms warm: {warm50 / cold50:0.000} ({rounds} rounds)"));
    }

    private static async Task<RoundFigures> FirstAsync(HttpTarget target, LoadShape shape, string prompt, CancellationToken cancellationToken)
    {
        var times = await target.StreamAsync(shape, prompt, cancellationToken);
        return RoundFigures.Of([times], TimeSpan.FromSeconds(1));
    }
}
