using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Storage;
using LocalAI.Pipeline.Api.Responses.Writing;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses.Background;

/// <summary>Responses that are made whether or not anybody waits for them.</summary>
internal sealed class BackgroundResponses(ResponseDrafts drafts, DurableJobs.DurableJobs jobs, ResponseStore store, IOptions<ResponsesOptions> options, TimeProvider time)
{
    /// <summary>Accepts one: it is kept when this returns, and made even if this process is killed now.</summary>
    /// <exception cref="ApiException">There is no such model, what it goes on from is not there, or there is no room.</exception>
    public async Task<DurableJob> AcceptAsync(ResponseRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var prepared = await drafts.PrepareAsync(request, origin, aborted);
        var head = ResponseHead.Of(request, prepared.Draft.JobId, time.GetUtcNow(), prepared.Model, options.Value.ReasoningEvents);
        var kept = new BackgroundResponse
        {
            Head = head,
            Input = JsonText.Of(json => ItemJson.WriteAll(json, prepared.Input)),
            PreviousId = request.Prompt.PreviousId,
            Streams = request.Stream,
        };
        return await jobs.AcceptAsync(
            new DurableJobOrder { Id = head.JobId, Kind = ResponseJobKind.KindName, Model = prepared.Model.Name, Origin = origin, Draft = prepared.Draft, Request = kept.ToJson() },
            aborted);
    }

    /// <summary>Cancels one; again it changes nothing.</summary>
    /// <exception cref="ApiException">It is not there, is none of these, or has ended otherwise.</exception>
    public async Task<KeptResponse> CancelAsync(string id, string owner, CancellationToken aborted)
    {
        var kept = (ResponseIds.TryRead(id, out var job) ? await store.FindAsync(job, owner, aborted) : null) ?? throw ResponseIds.NotFound(id);
        if (kept.Job is null)
        {
            throw Refused("Only responses that were made with 'background' can be cancelled.");
        }

        if (!kept.Job.HasEnded)
        {
            var after = await jobs.CancelAsync(job, owner, aborted) ?? throw ResponseIds.NotFound(id);
            kept = KeptResponse.Of(after);
        }

        return kept.Job!.State == DurableJobState.Cancelled ? kept : throw Refused($"Cannot cancel a response that is {ResponseStatus.Of(kept.Job.State)}.");
    }

    private static ApiException Refused(string message) => RequestErrors.Create("response_not_cancellable", message);
}
