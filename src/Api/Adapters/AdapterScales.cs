using System.Collections.Concurrent;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Adapters;

/// <summary>
/// The LoRA scales that callers set at run time, by model: they go into the commands of every request that has none of its own, so
/// no worker and no answer under way need hear of them. They hold until the process ends, as in llama.cpp's server.
/// </summary>
internal sealed class AdapterScales
{
    private readonly ConcurrentDictionary<string, AdapterScalesChanged> _changed = new(StringComparer.Ordinal);

    /// <summary>Null: those of the model's file.</summary>
    public IReadOnlyList<AdapterScale>? Of(string model) => _changed.TryGetValue(model, out var changed) ? changed.Scales : null;

    public void Change(AdapterScalesChanged change) =>
        _changed.AddOrUpdate(change.Model, change, (_, known) => change.At >= known.At ? change : known);
}
