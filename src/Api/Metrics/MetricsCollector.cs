using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LocalAI.Pipeline.Api.Metrics;

/// <summary>Adds up what the instruments of this instance report, for <c>/metrics</c>.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, MetricSeries> _series = new();
    private readonly MeterListener _listener = new();

    public MetricsCollector(ApiMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter))
            {
                listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(instrument, static known => new MetricSeries(known)));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((MetricSeries)state!).Add(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((MetricSeries)state!).Add(value, tags));
        _listener.Start();
    }

    public IEnumerable<MetricSeries> Series => _series.Values.OrderBy(series => series.Instrument.Name, StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();
}
