using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Responses.Storage;

namespace LocalAI.Pipeline.Api.Responses.Background;

/// <summary>Answers a request for a background response: with the response as it waits, or with its events.</summary>
internal sealed class BackgroundDelivery(BackgroundResponses responses, BackgroundStreamWriter streams, QueueEstimates estimates)
{
    /// <exception cref="Errors.ApiException">It is not accepted.</exception>
    public async Task CreateAsync(ResponseRequest request, JobOrigin origin, HttpContext context)
    {
        var job = await responses.AcceptAsync(request, origin, context.RequestAborted);
        await (request.Stream ? streams.WriteAsync(job, after: -1, context.Response) : StoredResponseEndpoints.WriteAsync(context, KeptResponse.Of(job), estimates));
    }
}
