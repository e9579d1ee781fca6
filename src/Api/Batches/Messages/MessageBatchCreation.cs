using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Api.Batches.Output;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Batches.Running;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.ObjectStorage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Messages;

/// <summary>Makes a message batch: its requests become the lines of an input of its own, and from there it is a batch as any other.</summary>
internal sealed class MessageBatchCreation(BatchStore batches, IObjectStore store, BatchRunner runner, IOptions<BatchesOptions> options, IOptions<RequestOptions> limits, TimeProvider time)
{
    public async Task<Batch> RunAsync(HttpRequest request, string owner, CancellationToken aborted)
    {
        var lines = await ReadAsync(request, aborted);
        var now = time.GetUtcNow();
        var batch = new Batch
        {
            Id = BatchIds.New(BatchKind.Messages, now),
            Owner = owner,
            Kind = BatchKind.Messages,
            Endpoint = BatchTargets.Messages,
            CompletionWindow = CompletionWindow.Default,
            CreatedAt = now,
            ExpiresAt = now + CompletionWindow.Read(CompletionWindow.Default),
            // The lines were checked as they were read.
            State = BatchState.InProgress,
            InProgressAt = now,
            Total = lines.Count,
        };
        await using (var content = new LinesStream(lines.ToAsyncEnumerable(), aborted))
        {
            await store.WriteAsync(ObjectKeys.BatchContent(batch.Id, BatchInput.Name), content, "application/jsonl", aborted);
        }

        await batches.AddAsync(batch, aborted);
        runner.Wake();
        return batch;
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, CancellationToken aborted)
    {
        var largest = new RequestOptions { MaxBodyBytes = options.Value.MaxMessageBatchBytes, MaxJsonDepth = limits.Value.MaxJsonDepth };
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = largest.MaxBodyBytes;
        }

        using var body = await JsonBody.ReadAsync(request, largest, aborted);
        return MessageBatchReader.Read(new FieldReader(body.Root), options.Value);
    }
}
