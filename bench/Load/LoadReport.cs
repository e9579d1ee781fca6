using System.Globalization;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.Load;

/// <summary>Writes medians over the rounds, and for two targets what the first is to the second.</summary>
internal static class LoadReport
{
    public static async Task WriteAsync(TextWriter output, List<IStreamTarget> targets, List<List<RoundFigures>> figures, string heading)
    {
        await output.WriteLineAsync(heading);
        await output.WriteLineAsync($"{"",-4}{"tokens/s",10}{"first ms",10}{"gap p50",10}{"gap p99",10}{"tok/part",10}{"prompt",8}  target");
        for (var index = 0; index < targets.Count; index++)
        {
            await output.WriteLineAsync(Line(Letter(index), figures[index], targets[index].Name));
        }

        if (targets.Count == 2)
        {
            await WriteComparisonAsync(output, figures[0], figures[1]);
        }

        await output.WriteLineAsync();
        await output.FlushAsync();
    }

    private static async Task WriteComparisonAsync(TextWriter output, List<RoundFigures> first, List<RoundFigures> second)
    {
        var ratio = Of(first, round => round.TokensPerSecond) / Of(second, round => round.TokensPerSecond);
        var pairs = first.Zip(second, (a, b) => a.TokensPerSecond / b.TokensPerSecond).ToList();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"A/B tokens/s {ratio:0.000} (single rounds {pairs.Min():0.000} to {pairs.Max():0.000})"));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"A-B first token {Difference(first, second, round => round.FirstTokenMs):+0.00;-0.00} ms, gap p50 {Difference(first, second, round => round.GapP50Ms):+0.00;-0.00} ms, gap p99 {Difference(first, second, round => round.GapP99Ms):+0.00;-0.00} ms"));
    }

    private static string Line(string letter, List<RoundFigures> rounds, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"{letter,-4}{Of(rounds, round => round.TokensPerSecond),10:0.0}{Of(rounds, round => round.FirstTokenMs),10:0.00}{Of(rounds, round => round.GapP50Ms),10:0.00}{Of(rounds, round => round.GapP99Ms),10:0.00}{Of(rounds, round => round.TokensPerPart),10:0.00}{Of(rounds, round => round.PromptTokens),8:0}  {name}");

    private static double Difference(List<RoundFigures> first, List<RoundFigures> second, Func<RoundFigures, double> figure) =>
        Of(first, figure) - Of(second, figure);

    private static double Of(List<RoundFigures> rounds, Func<RoundFigures, double> figure) => Statistics.Median([.. rounds.Select(figure)]);

    private static string Letter(int index) => ((char)('A' + index)).ToString();
}
