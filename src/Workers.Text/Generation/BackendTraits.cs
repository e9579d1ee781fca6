using System.Runtime.CompilerServices;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>What a loaded model tells of itself; asked once for each process.</summary>
internal sealed record BackendTraits(string ChatTemplate, bool SupportsContinuation, bool SupportsInfill, bool HoldsForm, string MediaMarker)
{
    private static readonly ConditionalWeakTable<BackendClient, BackendTraits> Known = [];

    public static async Task<BackendTraits> OfAsync(BackendClient client, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(client, out var known))
        {
            return known;
        }

        BackendTraits traits;
        try
        {
            var metadata = await client.ModelMetadataAsync(new ModelOptions(), cancellationToken);
            traits = new BackendTraits(metadata.ChatTemplate, metadata.SupportsContinuation, metadata.SupportsInfill, metadata.HoldsForm, metadata.MediaMarker);
        }
        catch (BackendCallException exception) when (exception.Status == GrpcStatus.Unimplemented)
        {
            // Older backends of LocalAI do not have the call.
            traits = new BackendTraits("", false, false, false, "");
        }

        Known.AddOrUpdate(client, traits);
        return traits;
    }
}
