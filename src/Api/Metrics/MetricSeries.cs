using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LocalAI.Pipeline.Api.Metrics;

/// <summary>The running totals of one instrument, one for each set of labels.</summary>
internal sealed class MetricSeries(Instrument instrument)
{
    // From a local backend's millisecond to the longest waits, three to a decade.
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100];

    // Labels are routes, statuses and models, all bounded; this only guards against a mistake here.
    private const int MaxSeries = 10_000;

    private readonly ConcurrentDictionary<string, MetricTotals> _totals = new(StringComparer.Ordinal);

    public Instrument Instrument => instrument;

    public bool IsHistogram { get; } = instrument is Histogram<double>;

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = KeyOf(tags);
        if (!_totals.TryGetValue(key, out var totals))
        {
            if (_totals.Count >= MaxSeries)
            {
                return;
            }

            totals = _totals.GetOrAdd(key, static (_, labels) => new MetricTotals(labels, Bounds), LabelsOf(tags));
        }

        totals.Add(value, IsHistogram);
    }

    public IEnumerable<MetricTotals> Totals => _totals.Values;

    // One label is the case of every token: its value is the key, and nothing is allocated.
    private static string KeyOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length switch
    {
        0 => "",
        1 => tags[0].Value as string ?? "",
        _ => LabelsOf(tags),
    };

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
        {
            labels.Add(PrometheusText.Label(name, value as string ?? ""));
        }

        return string.Join(',', labels);
    }
}
