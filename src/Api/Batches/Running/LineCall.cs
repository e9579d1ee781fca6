using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Api.Batches.Rows;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>Runs one line until it has an answer that would be the same the next time.</summary>
internal sealed class LineCall(EndpointCaller caller, IOptions<BatchesOptions> options, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    // A worker that loads a model, a server that restarts: within that it is looked again.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // Too many requests, a broken gateway, unavailable, a gateway's time-out.
    private static readonly int[] Passing = [429, 502, 503, 504];

    // Nothing of the line was tried: it waits as long as its batch may.
    private static readonly string[] NotBegun = ["queue_full", "queue_timeout", "rate_limit_exceeded", "broker_unavailable", "database_unavailable"];

    public async Task<BatchResult> RunAsync(Batch batch, BatchLine line, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var attempt = 1; ;)
        {
            var requestId = $"req_{Guid.NewGuid():N}";
            var answer = await caller.PostAsync(batch.Endpoint, line.Body, batch.Owner, requestId, cancellationToken);
            var hasBegun = !NotBegun.Contains(answer.Error?.Code, StringComparer.Ordinal);
            if (!Passing.Contains(answer.Status) || (hasBegun && attempt >= options.Value.Tries))
            {
                return new BatchResult { BatchId = batch.Id, Line = line.Number, CustomId = line.CustomId, Status = answer.Status, RequestId = requestId, Body = answer.Body };
            }

            // Whoever has too much to do says when it may help to come again.
            var asked = TimeSpan.FromSeconds(Math.Min(answer.Error?.RetryAfterSeconds ?? 0, LongestPause.TotalSeconds));
            await Task.Delay(answer.Status == StatusCodes.Status429TooManyRequests && asked > pause ? asked : pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            attempt += hasBegun ? 1 : 0;
        }
    }
}
