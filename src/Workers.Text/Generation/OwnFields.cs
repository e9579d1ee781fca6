using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Processes;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>What only our own backends can be asked for: another one would skip the field without a word, so the request is refused by its name.</summary>
internal static class OwnFields
{
    /// <exception cref="JobFailedException">The request has such a field, and the backend is not ours.</exception>
    public static async Task CheckAsync(GenerateText command, ModelDefinition model, BackendLease lease, CancellationToken cancellationToken)
    {
        if (Asked(command) is { } field && !(await BackendTraits.OfAsync(lease.Client, cancellationToken)).SupportsContinuation)
        {
            throw new JobFailedException(new JobFailure
            {
                Code = FailureCode.CapabilityMissing,
                Message = $"The backend '{model.Backend}' of model '{model.Name}' does not know '{field}': leave it out.",
                Parameter = field,
            });
        }
    }

    private static string? Asked(GenerateText command) =>
        command.Sampling.Samplers is not null ? "samplers"
        : command.Sampling.MinKeep > 0 ? "min_keep"
        : command.Sampling.DrySequenceBreakers is not null ? "dry_sequence_breakers"
        : command.MaxTokens == 0 ? "n_predict"
        : command.Lora is not null ? "lora"
        : command.MaxGenerationMilliseconds is not null ? "t_max_predict_ms"
        : command.CachePrompt ? null : "cache_prompt";
}
