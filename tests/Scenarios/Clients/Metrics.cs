using System.Globalization;

namespace LocalAI.Pipeline.Scenarios.Clients;

/// <summary>Reads <c>/metrics</c>.</summary>
internal static class Metrics
{
    /// <summary>Waits until every sample whose name holds the text has the value.</summary>
    public static async Task WaitForAsync(HttpClient client, string name, double value, CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var samples = (await client.GetStringAsync("/metrics", cancellationToken))
                .Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#' && line.Split('{', ' ')[0].Contains(name, StringComparison.Ordinal))
                .Select(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))
                .ToList();
            Assert.NotEmpty(samples);
            if (samples.All(sample => sample == value))
            {
                return;
            }

            await poll.WaitForNextTickAsync(cancellationToken);
        }
    }
}
