using System.Globalization;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.TextFigures;

/// <summary>Tokens for each second under a schema's grammar, against free text; in turns.</summary>
internal static class ConstrainedFigure
{
    // An answer that cannot end before its tokens are used up: objects as people ask for them, again and again.
    private const string Schema = """
        {"type":"array","minItems":500,"items":{"type":"object","properties":{"name":{"type":"string","minLength":3,"maxLength":30},"age":{"type":"integer","minimum":0,"maximum":120},
         "color":{"enum":["red","green","blue"]},"tags":{"type":"array","items":{"type":"string","maxLength":12},"minItems":1,"maxItems":3}},"required":["name","age","color","tags"],"additionalProperties":false}}
        """;

    public static async Task RunAsync(HttpTarget target, LoadShape shape, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        var held = shape with { Further = $$"""{"json_schema":{{Schema}},"temperature":0.7,"seed":1}""" };
        var free = shape with { Further = """{"temperature":0.7,"seed":1}""" };
        List<double> constrained = [], unconstrained = [];
        for (var round = -1; round < rounds; round++)
        {
            var first = round % 2 == 0;
            var a = await SpeedAsync(target, first ? held : free, round, cancellationToken);
            var b = await SpeedAsync(target, first ? free : held, round, cancellationToken);
            if (round >= 0)
            {
                constrained.Add(first ? a : b);
                unconstrained.Add(first ? b : a);
            }
        }

        var (held50, free50) = (Statistics.Median(constrained), Statistics.Median(unconstrained));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"constrained {held50:0.0} tokens/s, free {free50:0.0} tokens/s: {held50 / free50:0.000} ({rounds} rounds of {shape.OutputTokens} tokens)"));
    }

    // Between the first token and the last: the grammar is compiled before.
    private static async Task<double> SpeedAsync(HttpTarget target, LoadShape shape, int round, CancellationToken cancellationToken)
    {
        var times = await target.StreamAsync(shape, Prompts.Create(round + 1000, shape.PromptWords), cancellationToken);
        var figures = RoundFigures.Of([times], System.Diagnostics.Stopwatch.GetElapsedTime(times.Arrivals[0], times.Arrivals[^1]));
        return figures.TokensPerSecond;
    }
}
