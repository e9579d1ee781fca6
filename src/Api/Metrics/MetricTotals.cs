namespace LocalAI.Pipeline.Api.Metrics;

/// <summary>One series: a sum, and for a histogram a count in each bucket.</summary>
internal sealed class MetricTotals(string labels, double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _sum;

    public string Labels => labels;

    public void Add(double value, bool isHistogram)
    {
        lock (_gate)
        {
            _sum += value;
            if (isHistogram)
            {
                var bucket = Array.BinarySearch(bounds, value);
                _buckets[bucket < 0 ? ~bucket : bucket]++;
            }
        }
    }

    /// <summary>A picture of one moment: the sum, and (bound, count up to it) for each bucket.</summary>
    public (double Sum, IReadOnlyList<(double Bound, long Count)> Buckets) Read()
    {
        lock (_gate)
        {
            var counted = 0L;
            return (_sum, [.. _buckets.Select((count, index) => (index < bounds.Length ? bounds[index] : double.PositiveInfinity, counted += count))]);
        }
    }
}
