using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Processes;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>The gap to fill, for models that were trained for it.</summary>
internal static class InfillMapping
{
    /// <exception cref="JobFailedException">The model cannot fill gaps.</exception>
    public static async Task<InfillOptions> CreateAsync(GenerateText command, string suffix, ModelDefinition model, BackendLease lease, CancellationToken cancellationToken)
    {
        var traits = await BackendTraits.OfAsync(lease.Client, cancellationToken);
        if (!traits.SupportsInfill)
        {
            throw new JobFailedException(new JobFailure
            {
                Code = FailureCode.CapabilityMissing,
                Message = $"The model '{model.Name}' cannot fill a gap in a text: it was not trained for it, or its backend does not do it. Send the text before the gap alone.",
                Parameter = "suffix",
            });
        }

        var gap = new InfillOptions { Prefix = command.Prompt ?? "", Suffix = suffix, Start = command.InfillStart ?? "" };
        gap.Files.AddRange((command.InfillFiles ?? []).Select(file => new Backends.Protocol.Messages.InfillFile { Name = file.Name, Text = file.Text }));
        return gap;
    }
}
