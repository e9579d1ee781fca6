using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Background;
using LocalAI.Pipeline.Api.Responses.Writing;

namespace LocalAI.Pipeline.Api.Responses.Storage;

/// <summary>A response that can be found by its id, wherever it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PreviousId">The response that it goes on from.</param>
/// <param name="Input">The items of its own request as a JSON array.</param>
/// <param name="Output">The items of its answer as a JSON array; empty until it has ended.</param>
/// <param name="Body">The response object: JSON.</param>
/// <param name="Job">The durable job that makes it or made it; null where a client waited for it.</param>
internal sealed record KeptResponse(Guid Id, Guid? PreviousId, string Input, string Output, string Body, DurableJob? Job)
{
    private const string Nothing = "[]";

    public bool HasEnded => Job is not { HasEnded: false };

    public static KeptResponse Of(StoredResponse stored) => new(stored.Id, stored.PreviousId, stored.Input, stored.Output, stored.Body, null);

    public static KeptResponse Of(DurableJob job)
    {
        var response = BackgroundResponse.Of(job);
        var result = BackgroundResult.Read(job.Result);
        return new KeptResponse(job.Id, response.PreviousId, response.Input, result?.Output ?? Nothing, result?.Body ?? BodyOf(response.Head, job), job);
    }

    /// <summary>Without a result it has not ended, or a defect ended it.</summary>
    private static string BodyOf(ResponseHead head, DurableJob job)
    {
        var state = new ResponseState
        {
            Status = ResponseStatus.Of(job.State),
            Error = job.HasEnded ? new ApiError(500, ApiErrorTypes.Server, "internal_error", $"Something unforeseen went wrong here. The server's log has it under the job {job.Id}.") : null,
        };
        return JsonText.Of(json => ResponseJson.Write(json, head, state));
    }
}
