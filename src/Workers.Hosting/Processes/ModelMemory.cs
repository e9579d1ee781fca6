using System.Collections.Concurrent;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>How much memory each model takes: what its backend says once it is loaded, before that the size of its file.</summary>
internal sealed class ModelMemory
{
    // A loaded backend answers from what it knows; a job waits meanwhile.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, long> _bytes = new(StringComparer.Ordinal);

    public long Of(ModelDefinition model) => _bytes.GetOrAdd(model.Name, static (_, model) => SizeOf(model.ModelFile), model);

    /// <summary>Asks the backend that has just loaded the model. Many of LocalAI's do not tell: the estimate stays.</summary>
    public async Task MeasureAsync(ModelDefinition model, BackendClient client, CancellationToken cancellationToken)
    {
        try
        {
            var status = await client.StatusAsync(cancellationToken, AnswerTime);
            if (status.Memory?.Total is { } total and > 0)
            {
                _bytes[model.Name] = (long)Math.Min(total, long.MaxValue);
            }
        }
        catch (BackendCallException exception) when (exception.Status is GrpcStatus.Unimplemented or GrpcStatus.DeadlineExceeded or GrpcStatus.Unavailable)
        {
            // What the model is needed for will show whether the backend is well.
        }
    }

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
