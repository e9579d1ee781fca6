using System.Collections.Concurrent;
using LocalAI.Pipeline.ModelCatalogue;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting.Slots;

/// <summary>One <see cref="SlotGate"/> for each model.</summary>
public sealed class SlotGates(IOptions<SlotOptions> options)
{
    private readonly ConcurrentDictionary<string, SlotGate> _gates = new(StringComparer.Ordinal);

    /// <summary>The model's gate.</summary>
    public SlotGate Of(ModelDefinition model) => _gates.GetOrAdd(model.Name, _ => new SlotGate(model.Slots, options.Value.InteractiveReserve));
}
