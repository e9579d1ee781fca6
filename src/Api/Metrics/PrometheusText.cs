using System.Globalization;
using System.Text;

namespace LocalAI.Pipeline.Api.Metrics;

/// <summary>Writes Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>A label with its value escaped.</summary>
    public static string Label(string name, string value) =>
        $"{name}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    public void Family(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    public void Gauges(string name, string help, IEnumerable<(string Labels, double Value)> samples, string type = "gauge")
    {
        Family(name, type, help);
        foreach (var (labels, value) in samples)
        {
            Sample(name, labels, value);
        }
    }

    public void Series(MetricSeries series)
    {
        var name = series.Instrument.Name;
        var help = series.Instrument.Description ?? "";
        if (!series.IsHistogram)
        {
            Gauges($"{name}_total", help, series.Totals.Select(totals => (totals.Labels, totals.Read().Sum)), "counter");
            return;
        }

        Family(name, "histogram", help);
        foreach (var totals in series.Totals)
        {
            var (sum, buckets) = totals.Read();
            foreach (var (bound, count) in buckets)
            {
                Sample($"{name}_bucket", $"{totals.Labels},{Label("le", Number(bound))}".TrimStart(','), count);
            }

            Sample($"{name}_sum", totals.Labels, sum);
            Sample($"{name}_count", totals.Labels, buckets[^1].Count);
        }
    }

    public override string ToString() => _text.ToString();

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
