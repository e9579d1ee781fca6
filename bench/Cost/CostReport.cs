using System.Globalization;

namespace LocalAI.Pipeline.Cost;

/// <summary>Writes what a token cost in each process.</summary>
internal static class CostReport
{
    public static async Task WriteAsync(
        TextWriter output, int streams, int tokens, IReadOnlyList<ProcessCost> before, IReadOnlyList<ProcessCost> after)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{streams} streams, {tokens} tokens"));
        await output.WriteLineAsync($"{"us/token",12}{"engine us",12}{"bytes/token",14}  process");
        var used = after.Select(process => Difference(before.FirstOrDefault(earlier => earlier.Id == process.Id), process)).ToList();
        foreach (var process in used)
        {
            await output.WriteLineAsync(Line(process.RuntimeCpu, process.EngineCpu, process.Allocated, tokens, $"{process.Name} ({process.Id})"));
        }

        var allocated = used.All(process => process.Allocated is not null) ? used.Sum(process => process.Allocated) : null;
        await output.WriteLineAsync(Line(Sum(used, process => process.RuntimeCpu), Sum(used, process => process.EngineCpu), allocated, tokens, "all"));
        await output.WriteLineAsync();
        await output.FlushAsync();
    }

    private static ProcessCost Difference(ProcessCost? before, ProcessCost after) => before is null ? after : after with
    {
        RuntimeCpu = after.RuntimeCpu - before.RuntimeCpu,
        EngineCpu = after.EngineCpu - before.EngineCpu,
        Allocated = after.Allocated - before.Allocated,
    };

    private static TimeSpan Sum(IEnumerable<ProcessCost> processes, Func<ProcessCost, TimeSpan> part) =>
        TimeSpan.FromTicks(processes.Sum(process => part(process).Ticks));

    private static string Line(TimeSpan runtime, TimeSpan engine, long? allocated, int tokens, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"{runtime.TotalMicroseconds / tokens,12:0.0}{engine.TotalMicroseconds / tokens,12:0.0}{(allocated is null ? "-" : (allocated.Value / (double)tokens).ToString("0", CultureInfo.InvariantCulture)),14}  {name}");
}
