using System.Runtime.CompilerServices;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.ObjectStorage;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>Reads the lines of a batch from the object store, as a stream.</summary>
internal sealed class BatchInput(IObjectStore store, IOptions<RequestOptions> limits)
{
    public const string Name = "input";

    /// <exception cref="BatchInputGoneException">Somebody deleted the file.</exception>
    public async IAsyncEnumerable<InputLine> ReadAsync(Batch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = batch.InputFileId is { } file ? ObjectKeys.File(file) : ObjectKeys.BatchContent(batch.Id, Name);
        await using var content = new RangedStream(store, key);
        await foreach (var line in LineSplitter.ReadAsync(content, limits.Value.MaxBodyBytes, cancellationToken))
        {
            yield return line;
        }
    }
}
