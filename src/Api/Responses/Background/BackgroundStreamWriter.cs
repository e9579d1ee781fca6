using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Writing;
using LocalAI.Pipeline.Api.Sse;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses.Background;

/// <summary>Streams the events of a background response, from the first or behind one that the caller has: the same on every instance, while it is made and after.</summary>
internal sealed class BackgroundStreamWriter(DurableJobs.DurableJobs jobs, IOptions<SseOptions> options)
{
    /// <param name="after">The number of the last event that the caller has; -1 is none.</param>
    public async Task WriteAsync(DurableJob job, long after, HttpResponse response)
    {
        var aborted = response.HttpContext.RequestAborted;
        using var stream = new SseStream(response);
        var projection = new ResponseProjection(BackgroundResponse.Of(job).Head, new SseEvents(stream, after));
        var follower = jobs.Follow(job);
        // There may be no event for now, and the caller shall see that it is connected.
        stream.WritePing();
        projection.WriteStart();
        await stream.FlushAsync(aborted);
        var isOver = false;
        while (!isOver)
        {
            var steps = await follower.NextAsync(options.Value.PingInterval, aborted);
            if (steps.Count == 0)
            {
                stream.WritePing();
            }

            isOver = await WriteAsync(projection, job, steps, aborted);
            if (!isOver && follower.IsComplete)
            {
                // It was deleted.
                projection.WriteFailure(projection.Failed(ResponseIds.NotFound(ResponseIds.Of(job.Id)).Error));
                isOver = true;
            }

            if (isOver)
            {
                stream.WriteDone();
            }

            await stream.FlushAsync(aborted);
        }
    }

    /// <returns>Whether the last event was written.</returns>
    private async Task<bool> WriteAsync(ResponseProjection projection, DurableJob job, IReadOnlyList<DurableJobStep> steps, CancellationToken aborted)
    {
        try
        {
            foreach (var step in steps)
            {
                if (step.Delta is not { } delta)
                {
                    projection.WriteProgress();
                }
                else if (delta.Failure is { } failure)
                {
                    WriteFailure(projection, failure);
                    return true;
                }
                else
                {
                    projection.Write(delta);
                    if (delta.Finish is { } finish)
                    {
                        // The row tells when it began, which it did not when the stream did.
                        var ended = await jobs.FindAsync(job.Id, job.Owner, aborted) ?? job;
                        projection.WriteEnd(projection.Ended(ResponseJobKind.EndOf(ended, finish)));
                        return true;
                    }
                }
            }
        }
        catch (ApiException e)
        {
            projection.WriteFailure(projection.Failed(e.Error));
            return true;
        }

        return false;
    }

    private static void WriteFailure(ResponseProjection projection, JobFailure failure)
    {
        if (failure.Code == FailureCode.Cancelled)
        {
            projection.WriteCancellation();
        }
        else
        {
            projection.WriteFailure(projection.Failed(FailureHttpTable.ToError(failure)));
        }
    }
}
