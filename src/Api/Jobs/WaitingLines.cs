using System.Collections.Concurrent;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Messages;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>All waiting lines; as many as models and lanes were asked for, which the catalogue bounds.</summary>
internal sealed class WaitingLines(IOptions<DispatchOptions> options, WorkerFleet fleet)
{
    private readonly ConcurrentDictionary<(string Model, Lane Lane), WaitingLine> _lines = new();

    public WaitingLine Of(string model, Lane lane) =>
        _lines.GetOrAdd((model, lane), key => new WaitingLine(key.Model, key.Lane, options.Value, fleet, this));

    /// <summary>Sends what may go by now, in all lines.</summary>
    public void Admit()
    {
        foreach (var line in _lines.Values)
        {
            line.Admit();
        }
    }
}
